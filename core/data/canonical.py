"""When two texts count as the same: Unicode NFKC, case folded, runs of white space made one blank.

The firewall between splits compares this form, so "I hate pizza" and " i HATE  pizza " never stand in two splits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import pandas as pd

PAIR_JOINT = "\x1f"
_INVISIBLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u115f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufe0f]*")


def canonical(text: str) -> str:
    """The form in which texts are compared; idempotent for all but exotic foldings."""
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen: only white space, control and zero-width characters."""
    return _INVISIBLE.fullmatch(text) is not None


def codes(texts: Sequence[str], pairs: Sequence[str] | None = None) -> np.ndarray:
    """Equal numbers (n,) int64 for texts (or pairs of texts) that count as the same."""
    found, distinct = pd.factorize(joined(texts, pairs))
    compare = canonical if pairs is None else _canonical_pair
    same, _ = pd.factorize(np.array([compare(text) for text in distinct], dtype=object))
    return same[found].astype(np.int64) if len(distinct) else np.zeros(0, dtype=np.int64)


def joined(texts: Sequence[str], pairs: Sequence[str] | None = None) -> np.ndarray:
    """Each text, or each text and its pair in one string with one PAIR_JOINT between them, (n,) object."""
    values = np.empty(len(texts), dtype=object)
    values[:] = list(texts) if pairs is None else [_pair(a, b) for a, b in zip(texts, pairs, strict=True)]
    return values


def _pair(first: str, second: str) -> str:
    """PAIR_JOINT inside a text is white space to Unicode, and becomes a blank."""
    return f"{first.replace(PAIR_JOINT, ' ')}{PAIR_JOINT}{second.replace(PAIR_JOINT, ' ')}"


def _canonical_pair(text: str) -> str:
    return PAIR_JOINT.join(canonical(part) for part in text.split(PAIR_JOINT))
