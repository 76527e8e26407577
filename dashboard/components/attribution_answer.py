"""What the methods found, all on one screen: the coloured text of each, bars, table, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import attribution_text, quantities
from dashboard.components.exports import exports
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.inspection.attribution import Attribution

TERMS = 200  # of a word count are shown
GOOD = 0.01


def show(found: Sequence[Attribution], key: str) -> None:
    """Draw the label, then every method's text, the bars of all, and the numbers."""
    first = found[0]
    against = f" rather than {escape(first.against)}" if first.against else ""
    st.subheader(f"Why {escape(first.label)}{against}?", anchor=False)
    st.caption(
        f"Probability {quantities.share(first.probability)}, logit{' difference' if first.against else ''} "
        f'{first.value:+.3f}. Scores are logits: :color[orange]{{background="rgba(200,116,43,.6)"}} speaks for the '
        'label, :color[blue]{background="rgba(62,134,160,.6)"} against it; each method has its own scale.'
    )
    for note in dict.fromkeys(note for one in found for note in one.notes):
        st.caption(f":material/info: {escape(note)}")
    for one in found:
        method(one, key)
    bars(found, key)
    numbers(found, key)


def method(one: Attribution, key: str) -> None:
    """One method: its name, how far its numbers add up, the coloured text."""
    from core.inspection.attribution.methods import METHODS

    declared = METHODS[one.method]
    with st.container(border=True, key=f"{key}-{one.method}"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-{one.method}-facts"):
            st.markdown(f"**{declared.title}**", width="content")
            facts(one, declared.explains, declared.sums_to)
        attribution_text.show(one, f"{key}-{one.method}")
        if one.terms:
            terms(one, key)


def facts(one: Attribution, explains: bool, sums_to: str) -> None:
    """Badges: what the scores add up to, how exactly, and whether they explain anything."""
    if not explains:
        st.badge("no explanation", color="orange", help="It shows where the model reads, whatever the label is.")
    if one.error is not None:
        st.badge(
            f"completeness error {one.error:.2%}".replace("%", " %"), color="green" if one.error < GOOD else "orange",
            help=f"How far the scores miss {sums_to}. Points are doubled until this is below 1 %.",
        )  # fmt: skip
        st.badge(f"{one.points} points", color="gray")
    if one.adds_up:
        st.badge(f"sum {one.total:+.3f}", color="gray", help=escape(one.adds_up))
    if any(score for _, score in one.specials):
        outside = "; ".join(f"{name} {score:+.3f}" for name, score in one.specials)
        st.badge(f"outside of words {sum(score for _, score in one.specials):+.3f}", color="gray", help=escape(outside))


def terms(one: Attribution, key: str) -> None:
    """The terms of a word count with their weights."""
    with st.expander(f"Its {len(one.terms):,} terms", key=f"{key}-terms"):
        rows = [(term.term, term.count, term.value, term.weight, term.contribution) for term in one.terms[:TERMS]]
        st.dataframe(
            pd.DataFrame(rows, columns=["term", "count", "tf-idf", "weight", "contribution"]),
            key=f"{key}-terms-table", hide_index=True, width="stretch", alt="Terms with their weights",
            column_config={
                name: st.column_config.NumberColumn(name, format="%.4f")
                for name in ("tf-idf", "weight", "contribution")
            },
        )  # fmt: skip
        st.caption(
            "contribution = weight × tf-idf value. A letter group or a pair is shared by the words it stands on."
        )


def bars(found: Sequence[Attribution], key: str) -> None:
    """A panel of bars a method, side by side."""
    from core.inspection.charts import attribution as charts

    table = charts.frame(found, titles())
    order = list(dict.fromkeys(table["word"]))
    if len(found[0].units) > charts.MOST:
        st.caption(f"Bars: the {charts.MOST} strongest of {len(found[0].units):,}; the table has all.")
    for column, one in zip(st.columns(len(found)), found, strict=True):
        part = table[table["method"] == titles()[one.method]]
        with column:
            st.altair_chart(
                charts.panel(part, order, titles()[one.method], legend=False), key=f"{key}-bars-{one.method}",
                width="stretch", alt=charts.described([one], titles()),
            )  # fmt: skip


def numbers(found: Sequence[Attribution], key: str) -> None:
    """Every unit as a row, and the files."""
    from core.inspection.attribution import table as tables
    from core.inspection.charts import attribution as charts

    frame = pd.DataFrame(tables.rows(found), columns=tables.headers(found))
    shown = frame.drop(columns=["start", "end", *(["part"] if len(found[0].texts) == 1 else [])])
    with st.expander("As a table", key=f"{key}-table"):
        st.dataframe(
            shown.rename(columns=titles()), key=f"{key}-rows", hide_index=True, width="stretch", lazy=False,
            alt="Score of every word by every method",
            column_config={
                titles()[one.method]: st.column_config.NumberColumn(titles()[one.method], format="%+.4f")
                for one in found
            },
        )  # fmt: skip
    exports("attribution", key, frame, charts.bars(charts.frame(found, titles()), f"Why {found[0].label}?"))


def titles() -> dict[str, str]:
    """Titles of the methods by name."""
    from core.inspection.attribution.methods import METHODS

    return {name: one.title for name, one in METHODS.items()}
