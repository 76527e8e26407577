"""Rows that were rejected because there is nothing to learn from: no text, no label, or a cell that cannot be read."""

from __future__ import annotations

from collections import Counter

from core.data.draft import Draft, Rejected
from core.data.findings.contract import SAMPLES, Check, Finding
from core.data.findings.showing import counted
from core.data.intake import EMPTY_LABEL, EMPTY_TEXT


def _finding(key: str, title: str, words: str, found: list[Rejected]) -> Finding | None:
    samples = tuple(
        {"file": r.file, "line": r.line, "reason": r.reason, "text": r.text or r.raw[:300]} for r in found[:SAMPLES]
    )
    return Finding(key, title, "warning", len(found), words, samples) if found else None


def _unreadable_rows(draft: Draft) -> Finding | None:
    found = [r for r in draft.rejected if r.position is None]
    reason, times = Counter(r.reason for r in found).most_common(1)[0] if found else ("", 0)
    words = (
        f"The file holds records that are no rows of the table; the commonest reason ({times:,}): {reason}. They are "
        "left out and listed with their line numbers. If there are many, look at the delimiter and the quoting."
    )
    return _finding("unreadable_rows", "Rows that could not be read", words, found)


def _empty_texts(draft: Draft) -> Finding | None:
    found = [r for r in draft.rejected if r.reason == EMPTY_TEXT]
    words = f"{counted(len(found), 'row')} without any visible text cannot teach a model anything and are left out."
    return _finding("empty_texts", "Empty texts", words, found)


def _empty_labels(draft: Draft) -> Finding | None:
    found = [r for r in draft.rejected if r.reason == EMPTY_LABEL]
    words = f"{counted(len(found), 'row')} without a label are left out. Words such as NA, None or null are labels."
    return _finding("empty_labels", "Empty labels", words, found)


def _unreadable_cells(draft: Draft) -> Finding | None:
    known = (EMPTY_TEXT, EMPTY_LABEL)
    found = [r for r in draft.rejected if r.position is not None and r.reason not in known]
    words = (
        f"{counted(len(found), 'row')} with a label or weight that cannot be read are left out; the reason tells more."
    )
    return _finding("unreadable_cells", "Cells that could not be read", words, found)


CHECKS = (
    Check("unreadable_rows", _unreadable_rows),
    Check("empty_texts", _empty_texts),
    Check("empty_labels", _empty_labels),
    Check("unreadable_cells", _unreadable_cells),
)
