"""The vocabulary beside another model's: what they share, and the pieces both make of the same texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import (
    choose_model,
    exports,
    inspect_tokens_source,
    inspected,
    navigation,
    problems,
    quantities,
    told_progress,
)
from dashboard.components.inspect_tokens_source import Source
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.pieces_per_word import Fertility
    from core.inspection.subject import Subject
    from core.inspection.vocabulary import Measured, Shared

FOUND = "tokens-vocabulary-found"


def show(version: ModelVersion, subject: Subject) -> None:
    """Draw the other model, the entries, and the texts that both read."""
    found = [*choose_model.versions("pretrained"), *choose_model.versions("fine_tuned")]
    others = [each for each in found if each.id != version.id]
    if not others:
        st.info("There is no other model to compare with.", icon=":material/compare_arrows:")
        navigation.link(navigation.PRETRAIN, "Pre-train one", icon=":material/menu_book:")
        return
    other = st.selectbox("Compare with", others, format_func=choose_model.label, key="tokens-other", width=400)
    second = inspected.subject(other.id)
    _entries((version.spec, other.spec), _shared(version.id, other.id, subject, second))
    source = inspect_tokens_source.choose("tokens-vocabulary")
    if source is not None:
        _texts(version, other, subject, second, source)


@st.cache_data(max_entries=4, show_spinner="Comparing vocabularies …")
def _shared(first_id: str, second_id: str, _first: Subject, _second: Subject) -> Shared:
    from core.inspection.vocabulary import shared

    return shared(_first.tokenizer, _second.tokenizer)


def _entries(names: tuple[str, str], found: Shared) -> None:
    from core.inspection.vocabulary import examples

    table = pd.DataFrame(
        {
            "": ["entries", "special", "unused", "in both", "only here"],
            names[0]: [found.size[0], found.special[0], found.unused[0], len(found.both), len(found.only_first)],
            names[1]: [
                found.size[1], found.special[1], found.unused[1], len(found.both), len(found.only_second),
            ],
        }
    )  # fmt: skip
    st.dataframe(table, key="tokens-entries", hide_index=True, alt="Entries of both vocabularies")
    st.caption(
        f"{quantities.share(found.jaccard)} of all ordinary pieces are in both. The same characters count as one piece "
        "where both begin a word with them, or both go on with them, however they are spelled."
    )
    sides = {names[0]: found.only_first, names[1]: found.only_second}
    for name, pieces in sides.items():
        if pieces:
            st.markdown(f"**Only in {escape(name)}**, such as")
            st.text("  ".join(examples(pieces)))
    rows = [("both", piece) for piece in found.both]
    rows += [(name, piece) for name, pieces in sides.items() for piece in pieces]
    exports.exports("vocabularies", "tokens-entries-out", pd.DataFrame(rows, columns=["in", "piece"]))


def _texts(version: ModelVersion, other: ModelVersion, subject: Subject, second: Subject, source: Source) -> None:
    asked = (version.id, other.id, source.key)
    if st.button("Count pieces of both", type="primary", icon=":material/calculate:", key="tokens-vocabulary-go"):
        with problems.told():
            st.session_state[FOUND] = (asked, _measure(subject, second, source))
    held = st.session_state.get(FOUND)
    if held is None or held[0] != asked:
        st.info("Both tokenizers can read the same texts: press the button.")
        return
    _measured((version.spec, other.spec), held[1])


def _measure(first: Subject, second: Subject, source: Source) -> Measured:
    from core.inspection.pieces_per_word import sampled
    from core.inspection.vocabulary import measured

    with told_progress.told("Counting pieces …") as report, inspected.TURN:
        texts, found = sampled(source.texts(), most=source.most, report=report)
        return measured(first.tokenizer, second.tokenizer, texts, found=found, report=report)


def _measured(names: tuple[str, str], both: Measured) -> None:
    from core.inspection.charts import tokens as charts

    sides = {names[0]: both.first, names[1]: both.second}
    st.dataframe(_table(sides), key="tokens-both", hide_index=True, alt="Pieces of both tokenizers on the same texts")
    change = both.difference
    bounds = f" (95 % interval {change.interval.low:+.3f} to {change.interval.high:+.3f})"
    words = "" if both.same_words else " They do not agree on what a word is, so characters are compared."
    sample = "" if both.first.texts == both.first.found else f" A random sample of {both.first.found:,} texts."
    said = f"{change.what.capitalize()}, {names[1]} minus {names[0]}: {change.difference:+.3f}"
    st.caption(escape(f"{said}{bounds if change.n > 1 else ''}, {change.n:,} texts.{words}{sample}"))
    table = charts.distribution_frame(sides)
    chart = charts.distribution_chart(table)
    st.altair_chart(chart.properties(width="container"), key="tokens-both-chart", alt=charts.distribution_words(sides))
    exports.exports("pieces-of-both", "tokens-both-out", table, chart)


def _table(sides: dict[str, Fertility]) -> pd.DataFrame:
    """The measures of both, side by side, as they are read."""
    names = [
        "pieces",
        "words",
        "pieces a word",
        "pieces per 100 characters",
        "split words",
        "unknown words",
        "too long",
    ]
    columns = {
        name: [
            f"{found.pieces:,}", f"{found.words:,}", quantities.interval(found.value.to_json()),
            quantities.interval(found.per_100_characters.to_json()), quantities.share(found.split.value or 0),
            quantities.share(found.unknown.value or 0), quantities.share(found.longer),
        ]
        for name, found in sides.items()
    }  # fmt: skip
    return pd.DataFrame({"": names, **columns})
