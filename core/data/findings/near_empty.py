"""Texts with hardly anything in them: at most one letter or digit."""

from __future__ import annotations

import numpy as np

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend


def _mask(draft: Draft) -> np.ndarray:
    return np.array([_is_near_empty(text) for text in draft.frame["text"]], dtype=bool)


def _is_near_empty(text: str) -> bool:
    seen = 0
    for character in text:
        seen += character.isalnum()
        if seen > 1:
            return False
    return True


def _find(draft: Draft) -> Finding | None:
    mask = _mask(draft)
    words = "Texts with at most one letter or digit carry little to learn from. Signs and emoji alone may still mean something."
    count = int(mask.sum())
    return (
        Finding("near_empty", "Nearly empty texts", "info", count, words, showing.rows(draft, mask)) if count else None
    )


def _drop(draft: Draft) -> Draft:
    return draft.drop(_mask(draft), "nearly empty text")


CHECKS = (Check("near_empty", _find, (Mend("drop_near_empty", "Leave these rows out", _drop),)),)
