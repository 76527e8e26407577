"""The bias passport of one model version: everything that was measured, on one page that can be printed.

No overall score and no badge: a sentence at the top says why. What was not measured stands there too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import bias_made_from, bias_passport_reading, navigation, quantities, url
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
        bias_passport_reading.show([line for line in lines if line.title == title])


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
