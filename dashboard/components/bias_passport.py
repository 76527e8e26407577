"""The bias passport of one model version: everything that was measured, on one page that can be printed.

No overall score and no badge: a sentence at the top says why. What was not measured stands there too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import bias_made_from, navigation, quantities, url
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import bias_results
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.bias.passport.document import Line, Passport


def show(version: ModelVersion) -> None:
    """Draw the whole passport."""
    found = of(version)
    heading(found)
    downloads(found, version)
    bias_made_from.show(found.mitigation)
    from core.bias.passport.document import FAMILIES

    for family, lines in found.by_family().items():
        st.subheader(FAMILIES.get(family, "Others"), anchor=False)
        section(family, lines)
    missing(found, version)


def of(version: ModelVersion) -> Passport:
    """The passport, read anew when a result was added anywhere in its line."""
    from core.jobs import passports

    with registry().read() as session:
        lines = (version, *passports.compared(session, version).values())
        known = tuple(one.id for each in lines for one in bias_results.newest(session, each.id))
    return kept("bias-passport", (version.id, known), lambda: passports.passport(registry(), version.id))


def heading(found: Passport) -> None:
    """What this is, why there is no score, and what the version was made from."""
    from core.bias.passport.document import STATEMENT

    st.subheader(escape(f"Bias passport of {found.model}"), anchor=False)
    st.markdown(escape(STATEMENT, 900))
    if found.made:
        st.markdown(escape(found.made))
    for role, spec in found.compared.items():
        count = sum(one.role == role for line in found.lines for one in line.changes)
        st.caption(f"{quantities.count(count, 'line')} also measured on {escape(spec)}, its {escape(role)}.")
    if not found.lines:
        st.info("Nothing has been measured on this version yet.", icon=":material/assignment:")


def downloads(found: Passport, version: ModelVersion) -> None:
    """The document as JSON, as rows for a spreadsheet, as a section of a model card."""
    from core.bias.passport import document, markdown, rows

    files: dict[str, tuple[Callable[[], str | bytes], str, str]] = {
        "JSON": (partial(document.written, found), "json", "application/json"),
        "CSV": (partial(rows.written, found), "csv", "text/csv"),
        "Markdown": (partial(markdown.section, found), "md", "text/markdown"),
    }
    with st.container(horizontal=True, key="passport-exports"):
        for title, (make, ending, mime) in files.items():
            st.download_button(
                title, make, file_name=f"bias-{version.name}-{version.version}.{ending}", mime=mime,
                key=f"passport-{ending}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def section(family: str, lines: tuple[Line, ...]) -> None:
    """One family: its chart, its lines in a table, then each measure's reading once."""
    from core.bias.charts import beside

    names = labels(lines)
    drawn = beside.frame(
        [(name, line.headline, line.least, line.most) for name, line in zip(names, lines, strict=True)]
    )
    if len(drawn):
        st.altair_chart(
            beside.chart(drawn), key=f"passport-chart-{family}", alt=beside.described(drawn), width="stretch"
        )
        st.caption(
            "Each row has its own scale, from the number at its left to the one at its right; the tick is neutral."
        )
    rows = [row(name, line) for name, line in zip(names, lines, strict=True)]
    st.table(table(rows), border="horizontal", hide_index=True, alt="Results")
    for title in dict.fromkeys(line.title for line in lines):
        reading([line for line in lines if line.title == title])


def labels(lines: tuple[Line, ...]) -> list[str]:
    """A name for every line that no other has: settings that differ are added where measure and inputs are the same."""
    found: list[str] = []
    for line in lines:
        twins = [one for one in lines if one.name == line.name and one is not line]
        keys = [key for key in line.settings if any(one.settings.get(key) != line.settings[key] for one in twins)]
        name = " · ".join([line.name, *(f"{key} {line.settings[key]}" for key in keys)])
        found.append(f"{name} ({found.count(name) + 1})" if name in found else name)
    return found


def row(name: str, line: Line) -> dict[str, str]:
    """One line as cells; differences to other versions among them."""
    from core.bias import told

    head = line.headline
    return {
        "Measure": name,
        "Value": told.figure(head),
        "Neutral": "" if head.neutral is None else f"{head.neutral:g}",
        "p": _p(line),
        "Measured on": told.measured_on(head),
        **{f"Since {one.against}": _change(line, one.role) for one in line.changes},
    }


def table(rows: list[dict[str, str]]) -> pd.DataFrame:
    """Rows as a table that prints; columns without a word left out, every cell safe."""
    found = pd.DataFrame(rows).fillna("")
    found = found[[name for name in found if name == "Measure" or found[name].astype(bool).any()]]
    return found.map(escape).rename(columns=escape)


def reading(lines: list[Line]) -> None:
    """What the measure says and does not say; then each line's notes, what all lines share said once."""
    first = lines[0]
    st.markdown(f"**{escape(first.title)} says:** {escape(first.says, 900)} {escape(f'({first.source})')}"
                + (f"  \n{escape(first.side, 900)}" if first.side else ""))  # fmt: skip
    if first.criticisms:
        said = [f"- {escape(one.sentence, 900)} ({escape(one.source)})" for one in first.criticisms]
        st.markdown("**It does not say:**\n\n" + "\n".join(said))
    shared = [note for note in notes(first) if len(lines) > 1 and all(note in notes(one) for one in lines)]
    said = [f"- **{escape(line.inputs)}:** {escape(_joined(line, shared), 4_000)}" for line in lines]
    if shared:
        said.append(f"- For all of them: {escape(' '.join(shared), 4_000)}")
    st.markdown("\n".join(said))


def _joined(line: Line, shared: list[str]) -> str:
    way = f"{line.direction[:1].upper()}{line.direction[1:]}." if line.direction else "Nothing is said of a direction."
    return " ".join([way, *(note for note in notes(line) if note not in shared)])


def notes(line: Line) -> list[str]:
    """What a reader of this line must know beside its numbers, each as a sentence."""
    head = line.headline
    lost = [f"{len(words):,} lost ({name})" + ("" if line.offends else f": {', '.join(words)}") + "."
            for name, words in line.lost.items()]  # fmt: skip
    settings = ", ".join(f"{key} {json.dumps(value)}" for key, value in line.settings.items())
    kind = f"The interval is {head.interval}." if head.interval and head.low is not None else ""
    sample = f"Measured with: {line.sample}." if line.sample else ""
    made = f"Measured {line.measured_at[:10]} by {line.measured_by}."
    changes = [one.said for one in line.changes]
    said = (
        *changes,
        head.note,
        *line.warnings,
        *lost,
        kind,
        sample,
        f"Settings: {settings}." if settings else "",
        made,
    )
    return [note for note in said if note]


def missing(found: Passport, version: ModelVersion) -> None:
    """Measures that nobody has taken, with a way to them; and those that do not fit this kind of model."""
    from core.bias.passport.document import FAMILIES

    if not found.missing:
        return
    st.subheader("Not measured", anchor=False)
    for family, title in FAMILIES.items():
        names = [one.title for one in found.missing if one.family == family and not one.why]
        if names:
            st.markdown(f"**{title}:** {escape(', '.join(names))}")
            params = url.model(version.name, version.version) | {"view": family}
            navigation.link(navigation.BIAS, f"Measure: {title.lower()}", icon=":material/straighten:", params=params)
    closed = {one.title: one.why for one in found.missing if one.why}
    if closed:
        lines = [f"- {escape(title)}: {escape(why)}" for title, why in closed.items()]
        st.markdown("Cannot be measured on this kind of model:\n\n" + "\n".join(lines))


def _p(line: Line) -> str:
    from core.bias import told

    chance = line.headline.chance
    if chance is None:
        return ""
    return told.p_value(chance.p) + ("" if chance.adjusted is None else f" ({told.p_value(chance.adjusted)} Holm)")


def _change(line: Line, role: str) -> str:
    one = next(each.difference for each in line.changes if each.role == role)
    if one.value is None:
        return "no value"
    return f"{one.value:+.3f}" + ("" if one.low is None or one.high is None else f" [{one.low:+.3f}, {one.high:+.3f}]")
