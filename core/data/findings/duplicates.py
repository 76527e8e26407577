"""Duplicate texts with the same label. Copies always go to one split together; they still weigh a text several times."""

from __future__ import annotations

import numpy as np

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend


def _mask(draft: Draft) -> np.ndarray:
    """All rows but the first of each (file, split, text, label)."""
    return draft.frame.duplicated(["source", "given", "key", "label"], keep="first").to_numpy(dtype=bool)


def _find(draft: Draft) -> Finding | None:
    mask = _mask(draft)
    if not mask.any():
        return None
    words = (
        f"{showing.counted(int(mask.sum()), 'row')} repeat an earlier text (blanks and case aside) with the same label. "
        "Repeats never stand in two splits, but count several times in training and in scores."
    )
    return Finding("duplicate_texts", "Duplicate texts", "warning", int(mask.sum()), words, showing.rows(draft, mask))


def _keep_first(draft: Draft) -> Draft:
    return draft.drop(_mask(draft), "duplicate of an earlier row with the same label")


CHECKS = (
    Check(
        "duplicate_texts", _find, (Mend("keep_first_duplicate", "Keep the first of each", _keep_first, suggested=True),)
    ),
)
