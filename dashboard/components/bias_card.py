"""A result of a bias measure as a person should meet it.

The figure on its axis with the neutral value, its chance, what it says and does not say, what was left out, the rows
behind it, how it was made, and the same measure on other model versions. No colour and no word says "good" or "bad".
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import bias_card_elsewhere, bias_card_made, bias_card_rows, blurred
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry.records import BiasResult

if TYPE_CHECKING:
    from core.bias.found import Figure, Found
    from core.bias.measure import Measure

FEW = 4  # warnings shown open; more are folded


def show(result: BiasResult) -> None:
    """Draw one result, its tables read from the store."""
    from core.bias import found as found_files
    from core.bias.measures import MEASURES

    found = kept(f"bias-{result.id}", result.id, lambda: found_files.read(registry().artifacts.local(result.artifact)))
    measure = MEASURES[result.measure]
    headline(result, found, measure)
    hidden = (found.offends or measure.offends) and not blurred.asked(f"card-{result.id}")
    bias_card_rows.charts(result, found, hidden=hidden)
    figures(found.figures, result.id)
    left_out(found, result.id, hidden=hidden)
    reading(measure)
    bias_card_rows.tables(result, found, hidden=hidden)
    bias_card_made.show(result, measure, hidden=hidden)
    bias_card_elsewhere.show(result, measure, found)
    download(result)


def headline(result: BiasResult, found: Found, measure: Measure) -> None:
    """The figure in numbers, on its axis, and in sentences."""
    from core.bias import told

    head = found.headline
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"card-{result.id}"):
        st.metric(escape(head.title), "–" if head.value is None else f"{head.value:.3f}", width=260)
        if head.neutral is not None:
            st.metric("Neutral", f"{head.neutral:g}", width=110)
        if head.n:
            st.metric("Measured on", escape(told.measured_on(head)), width=320)
    if head.value is not None:
        axis(head, measure, f"axis-{result.id}")
    st.markdown("  \n".join(escape(sentence, 2_000) for sentence in sentences(result, found, measure)))


def sentences(result: BiasResult, found: Found, measure: Measure) -> list[str]:
    """Direction, interval, note, chance, sample; each a sentence or more."""
    from core.bias import told

    head = found.headline
    way = told.direction(measure, head.value, result.inputs)
    bounds = told.interval(head)
    said = [f"{way[:1].upper()}{way[1:]}." if way else "", head.note, f"Interval: {bounds}." if bounds else ""]
    if head.value is not None and not bounds:
        said.append("It has no interval: how far it would move with other words or rows is not known.")
    if head.chance is not None:
        said += [f"{told.chance(head.chance)}.", told.blunt(head.chance)]
    said.append(f"Measured with: {found.sample}" if found.sample else "")
    return [sentence for sentence in said if sentence]


def axis(head: Figure, measure: Measure, key: str) -> None:
    """The figure with its interval between its bounds, the neutral value marked."""
    from core.bias.charts import on_axis

    table = on_axis.frame([(head.title, head)])
    drawn = on_axis.chart(table, bounded(head, measure), head.neutral)
    st.altair_chart(drawn, key=key, alt=on_axis.described(table, head.neutral), width="stretch")


def bounded(head: Figure, measure: Measure) -> Figure:
    """The headline with the bounds of its measure where it names none of its own."""
    least = measure.low if head.least is None else head.least
    return replace(head, least=least, most=measure.high if head.most is None else head.most)


def figures(found: tuple[Figure, ...], key: str) -> None:
    """The further figures as one table; a figure without a value shows why."""
    if not found:
        return
    from core.bias import told

    rows = [
        {
            "figure": one.title,
            "value": "–" if one.value is None else f"{one.value:.3f}",
            "interval": told.interval(one),
            "neutral": "" if one.neutral is None else f"{one.neutral:g}",
            "measured on": told.measured_on(one),
            "p": "" if one.chance is None else told.p_value(one.chance.p),
            "note": one.note,
        }
        for one in found
    ]
    table = pd.DataFrame(rows)
    empty = [name for name in table if name not in ("figure", "value") and not table[name].astype(bool).any()]
    st.dataframe(
        table.drop(columns=empty), key=f"figures-{key}", hide_index=True, width="stretch",
        height=min(38 + 35 * len(table), 420), alt="Further figures",
    )  # fmt: skip


def left_out(found: Found, key: str, *, hidden: bool) -> None:
    """Warnings and words without a vector, folded where there are many."""
    lost = {name: f"{len(words):,} lost ({name}): {', '.join(words)}" for name, words in found.lost.items()}
    if hidden:
        lost = {name: f"{len(found.lost[name]):,} lost ({name}), their names covered" for name in lost}
    notes = [*found.warnings, *(f"{one}." for one in lost.values())]
    if not notes:
        return
    if len(notes) <= FEW and sum(map(len, notes)) < 900:
        for note in notes:
            st.warning(escape(note, 900), icon=":material/info:")
        return
    count = sum(len(words) for words in found.lost.values())
    with st.expander(f"{len(notes)} notes, {count:,} lost", key=f"notes-{key}", icon=":material/info:"):
        st.markdown("\n".join(f"- {escape(note, 20_000)}" for note in notes))


def reading(measure: Measure) -> None:
    """What the measure says and does not say, with the source of each sentence."""
    st.markdown(f"**It says:** {escape(measure.says)} ({escape(measure.source)})")
    for one in measure.criticisms:
        st.markdown(f"**It does not say:** {escape(one.sentence)} ({escape(one.source)})")


def download(result: BiasResult) -> None:
    """The result as JSON: figures, settings, lists; no rows."""
    st.download_button(
        "Result as JSON", lambda: as_json(result), file_name=f"{result.measure}-{result.id}.json",
        mime="application/json", key=f"json-{result.id}", type="tertiary", icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip


def as_json(result: BiasResult) -> bytes:
    """Everything that the registry keeps of a result, without its tables."""
    from core.commands.answer import plain

    kept = {name: value for name, value in plain(result).items() if name not in ("artifact", "number")}
    return json.dumps(kept, indent=2, ensure_ascii=False, allow_nan=False).encode()
