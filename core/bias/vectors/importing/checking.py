"""Rows of any format, checked one by one and written: text that is UTF-8, each word once, finite numbers, limits."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from core.bias.vectors.importing.limits import Limits
from core.bias.vectors.importing.table_writer import TableWriter
from core.bias.vectors.importing.tally import DUPLICATES, NOT_FINITE, Tally
from core.bias.vectors.importing.text_rows import Row
from core.errors import UserProblem


def write_checked(rows: Iterable[Row], folder: Path, tally: Tally, limits: Limits) -> int:
    """Write what may be written; the first of doubled words stays. The number of numbers a row, 0 without rows."""
    seen: set[str] = set()
    with TableWriter(folder) as writer:
        for where, raw, vector in rows:
            word = _word(raw, where, tally, limits)
            if word is None:
                continue
            if word in seen:
                tally.leave_out(DUPLICATES, where, f"{word!r} stood there before")
            elif not np.isfinite(vector).all():
                tally.leave_out(NOT_FINITE, where, f"{word!r} has a number that is not finite")
            else:
                seen.add(word)
                _within(len(seen), len(vector), limits)
                writer.add(word, vector)
                tally.read, tally.zero = len(seen), tally.zero + (not vector.any())
        return writer.width


def _word(raw: bytes, where: str, tally: Tally, limits: Limits) -> str | None:
    """The word, or None after counting why it is none."""
    try:
        word = raw.decode("utf-8")
    except UnicodeDecodeError:
        tally.leave_out("unreadable", where, f"{raw[:40].decode('utf-8', 'replace')!r} is no UTF-8")
        return None
    if not word or len(raw) > limits.word:
        tally.leave_out("unreadable", where, f"a word of {len(raw)} bytes")
        return None
    return word


def _within(words: int, width: int, limits: Limits) -> None:
    if words > limits.words:
        raise UserProblem(
            f"The table has more than {limits.words:,} words.", "That is the limit.", "Keep its most frequent words."
        )
    if width > limits.width:
        raise UserProblem(f"A vector has {width:,} numbers or more.", f"At most {limits.width:,} are taken.")
