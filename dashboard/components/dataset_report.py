"""The third step of an upload: the pre-flight report, with the choices that shape it.

Repairs are chosen here; each choice checks anew, so the account of rows, the findings and the charts always tell of the
dataset that saving would make.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core.data.draft import CheckOptions
from dashboard.components import bases, charts, desk, findings, problems, split_form, told_progress

if TYPE_CHECKING:
    from core.data.report import Preflight

CHECKING = "Checking every row in a process of its own …"


def show(main: desk.File, test: desk.File | None, key: str) -> Preflight | None:
    """Draw the report of `main` (and `test`); None while there is none."""
    st.subheader("3 · The report", anchor=False)
    tokenizer, options = _choices(key, test)
    report = None
    with problems.told():
        with told_progress.told(CHECKING) as tell:
            report = desk.of(main.staged.id).check(main, test, options, tokenizer, tell)
        _account(report, main, key)
        _findings(report, key)
        _charts(report, key)
    return report


def _choices(key: str, test: desk.File | None) -> tuple[Path | None, CheckOptions]:
    left, right = st.columns(2)
    with left:
        tokenizer = bases.tokenizer(f"{key}-base")
    length = right.number_input(
        "Tokens seen of each text",
        min_value=8,
        max_value=512,
        value=128,
        step=8,
        key=f"{key}-length",
        help="What a text has beyond this many tokens the model does not see. The report counts such texts.",
    )
    validation, held_out, seed = split_form.choose(key, test_file=test is not None)
    return tokenizer, CheckOptions(tuple(chosen(key)), seed, validation, held_out, int(length))


def chosen(key: str) -> list[str]:
    """The repairs that were chosen, in the order in which they were."""
    repairs: list[str] = st.session_state.setdefault(f"{key}-repairs", [])
    return repairs


def choose(key: str) -> findings.Choose:
    """What choosing a repair does: the one chosen takes the place of those it excludes."""

    def change(exclusive: tuple[str, ...], one: str | None) -> None:
        rest = [name for name in chosen(key) if name not in exclusive]
        st.session_state[f"{key}-repairs"] = rest if one is None else [*rest, one]

    return change


def _account(report: Preflight, main: desk.File, key: str) -> None:
    findings.account(report)
    findings.blockers(report)
    with st.container(horizontal=True, key=f"{key}-account"):
        suggested = findings.suggested(report)
        if suggested and st.button(
            f"Make the suggested repairs ({len(suggested)})", icon=":material/build:", key=f"{key}-suggested"
        ):
            st.session_state[f"{key}-repairs"] = [*chosen(key), *suggested]
            st.rerun()
        if report.rejected:
            rejected(main.staged.checked / "rejected.csv", report.rejected, key)


def rejected(path: Path, number: int, key: str) -> None:
    """The rejected rows as a file, with line numbers and reasons."""
    st.download_button(
        f"Rejected rows ({number:,})",
        data=path.read_bytes,
        file_name="rejected.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"{key}-rejected",
    )


def _findings(report: Preflight, key: str) -> None:
    findings.show(report, f"{key}-finding", choose(key))


def _charts(report: Preflight, key: str) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**Rows of each label**")
        charts.balance(report.class_counts, key)
    with right:
        st.markdown("**Length of the texts**")
        charts.lengths(report.lengths, key)
