"""Duplicate texts with the same label. Copies always go to one split together, but weigh a text several times."""

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
    count = int(mask.sum())
    if not count:
        return None
    words = (
        f"{showing.counted(count, 'row')} repeat an earlier text (case and blanks aside) with the same label. Repeats "
        "never stand in two splits, but count several times in training and in scores."
    )
    return Finding("duplicate_texts", "Duplicate texts", "warning", count, words, showing.rows(draft, mask))


def _keep_first(draft: Draft) -> Draft:
    return draft.drop(_mask(draft), "duplicate of an earlier row with the same label")


KEEP_FIRST = Mend("keep_first_duplicate", "Keep the first of each", _keep_first, suggested=True)
CHECKS = (Check("duplicate_texts", _find, (KEEP_FIRST,)),)
