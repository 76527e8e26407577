"""Rows that were rejected because there is nothing to learn from: no text, no label, or a cell that cannot be read."""

from __future__ import annotations

from collections import Counter

from core.data.draft import Draft, Rejected
from core.data.findings.contract import SAMPLES, Check, Finding
from core.data.findings.showing import counted
from core.data.intake import EMPTY_LABEL, EMPTY_TEXT


def _told(rejected: list[Rejected]) -> tuple[dict[str, object], ...]:
    return tuple({"file": r.file, "line": r.line, "reason": r.reason, "raw": r.raw[:300]} for r in rejected[:SAMPLES])


def _unreadable(draft: Draft) -> Finding | None:
    found = [r for r in draft.rejected if r.position is None]
    if not found:
        return None
    commonest, times = Counter(r.reason for r in found).most_common(1)[0]
    text = f"The file holds records that are not rows of the table; the commonest reason ({times:,}): {commonest}."
    advice = (
        " They are left out and listed with their line numbers. If there are many, look at the delimiter and quoting."
    )
    return Finding("unreadable_rows", "Rows that could not be read", "warning", len(found), text + advice, _told(found))


def _empty_texts(draft: Draft) -> Finding | None:
    found = [r for r in draft.rejected if r.reason == EMPTY_TEXT]
    text = f"{counted(len(found), 'row')} without any visible text cannot teach a model anything and are left out."
    return Finding("empty_texts", "Empty texts", "warning", len(found), text, _told(found)) if found else None


def _empty_labels(draft: Draft) -> Finding | None:
    found = [r for r in draft.rejected if r.reason == EMPTY_LABEL]
    text = f"{counted(len(found), 'row')} without a label are left out. Words such as NA, None or null count as labels."
    return Finding("empty_labels", "Empty labels", "warning", len(found), text, _told(found)) if found else None


def _unreadable_cells(draft: Draft) -> Finding | None:
    known = (EMPTY_TEXT, EMPTY_LABEL)
    found = [r for r in draft.rejected if r.position is not None and r.reason not in known]
    text = f"{counted(len(found), 'row')} with a label or weight that cannot be read are left out; the reason names the cell."
    return (
        Finding("unreadable_cells", "Cells that could not be read", "warning", len(found), text, _told(found))
        if found
        else None
    )


CHECKS = (
    Check("unreadable_rows", _unreadable),
    Check("empty_texts", _empty_texts),
    Check("empty_labels", _empty_labels),
    Check("unreadable_cells", _unreadable_cells),
)
