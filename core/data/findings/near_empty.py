"""Texts with hardly anything in them: at most one letter or digit."""

from __future__ import annotations

import re

import numpy as np

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend

_TWO_SIGNS = re.compile(r"[^\W_].*?[^\W_]", re.DOTALL)


def _mask(draft: Draft) -> np.ndarray:
    return np.array([_TWO_SIGNS.search(text) is None for text in draft.frame["text"].tolist()], dtype=bool)


def _find(draft: Draft) -> Finding | None:
    mask = _mask(draft)
    words = (
        "Texts with at most one letter or digit carry little to learn from. Emoji and signs alone may still mean "
        "something: look before you leave them out."
    )
    count = int(mask.sum())
    return (
        Finding("near_empty", "Nearly empty texts", "info", count, words, showing.rows(draft, mask)) if count else None
    )


def _drop(draft: Draft) -> Draft:
    return draft.drop(_mask(draft), "nearly empty text")


CHECKS = (Check("near_empty", _find, (Mend("drop_near_empty", "Leave these rows out", _drop),)),)
