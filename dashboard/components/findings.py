"""The pre-flight report on the page: the account of rows, then every finding with its samples and its repair."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components.plain import escape, visible

if TYPE_CHECKING:
    from core.data.findings.contract import Finding
    from core.data.report import Preflight

ICONS = {"error": ":red[:material/error:]", "warning": ":orange[:material/warning:]", "info": ":gray[:material/info:]"}
ORDER = ("error", "warning", "info")
Choose = Callable[[tuple[str, ...], str | None], None]  # (repairs that exclude each other, the one chosen or None)


def account(report: Preflight) -> None:
    """The headline: every row is either kept or rejected; then by file, and how the kept rows are split."""
    st.subheader(f"{report.rows_in:,} rows in = {report.kept:,} kept + {report.rejected:,} rejected", anchor=False)
    if len(report.files) > 1:
        for file, rows in report.files.items():
            st.caption(f"{file} file: {rows['rows_in']:,} in = {rows['kept']:,} kept + {rows['rejected']:,} rejected")
    split = " · ".join(f"{rows:,} {name}" for name, rows in report.splits.items() if rows)
    st.caption(f"The rows kept are split into {split}.")


def suggested(report: Preflight) -> list[str]:
    """The repairs that most people want and that were not made, one a finding at most."""
    open_ = [found for found in report.findings if not any(repair.applied for repair in found.repairs)]
    first = [next((repair.key for repair in found.repairs if repair.suggested), None) for found in open_]
    return [key for key in first if key is not None]


def blockers(report: Preflight) -> None:
    """What stands in the way of saving, first and in full."""
    for sentence in report.blockers:
        st.error(escape(sentence))


def show(report: Preflight, key: str, choose: Choose | None = None) -> None:
    """Draw every finding, gravest first; with `choose`, repairs can be chosen and it is told of every change."""
    ranked = sorted(report.findings, key=lambda finding: ORDER.index(finding.severity))
    if not ranked:
        st.success("Nothing to mend: no empty, double or contradicting rows were found.")
    for finding in ranked:
        with st.expander(title(finding), expanded=bool(finding.blocker), key=f"{key}-{finding.key}"):
            st.text(finding.explanation, width="stretch")
            if choose is not None and finding.repairs:
                repairs(finding, f"{key}-repairs-{finding.key}", choose)
            if finding.samples:
                samples(finding, f"{key}-samples-{finding.key}")


def title(finding: Finding) -> str:
    """The finding's name, how many rows (or labels) it is about, and whether it was repaired."""
    done = next((f" · :green[{escape(repair.title)}]" for repair in finding.repairs if repair.applied), "")
    return f"{ICONS[finding.severity]} **{escape(finding.title)}** · {finding.count:,}{done}"


def repairs(finding: Finding, key: str, choose: Choose) -> None:
    """The repairs of a finding, of which one may be chosen; they exclude each other."""
    titles = {repair.key: repair.title for repair in finding.repairs}

    def changed() -> None:
        choose(tuple(titles), st.session_state[key])

    st.pills(
        "Repair",
        list(titles),
        default=next((repair.key for repair in finding.repairs if repair.applied), None),
        format_func=lambda name: escape(titles[name]),
        key=key,
        on_change=changed,
    )


def told(name: str, value: object) -> str:
    """A cell of a sample; labels show the blanks at their ends."""
    return visible(str(value)) if name.startswith("label") else str(value)


def samples(finding: Finding, key: str) -> None:
    """Some of the rows that a finding is about."""
    frame = pd.DataFrame(
        [{name.replace("_", " "): told(name, value) for name, value in row.items()} for row in finding.samples]
    )
    if "file" in frame and set(frame["file"]) == {"train"}:
        frame = frame.drop(columns="file")
    frame = frame.loc[:, (frame.fillna("") != "").any()]
    config = {"text": st.column_config.TextColumn(width="large"), "line": st.column_config.TextColumn(width="small")}
    st.dataframe(frame.fillna(""), key=key, hide_index=True, column_config=config)
    if len(finding.samples) < finding.count:
        st.caption(f"{len(finding.samples)} of {finding.count:,} are shown.")
