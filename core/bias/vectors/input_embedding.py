"""The input embedding: the table's row of a word that is one piece, before position and context are added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from core.bias.vectors.kinds import VectorConfig, Vectors
    from core.progress import Report, ShouldStop


def look_up(
    audited: Audited,
    words: tuple[str, ...],
    settings: VectorConfig,
    contexts: Sequence[str] | None,
    report: Report,
    should_stop: ShouldStop,
) -> Vectors:
    """Rows (n, E); a word of several pieces or of unknown ones is lost, because it has no row of its own."""
    from core.bias.vectors.kinds import Vectors
    from core.inspection.reading import read_all

    subject = audited.subject
    readings = read_all(subject.tokenizer, words, max_length=subject.max_length)
    lost, ids = {}, []
    for word, reading in zip(words, readings, strict=True):
        pieces = [piece for piece in reading.pieces if not piece.special]
        if len(pieces) == 1 and not pieces[0].unknown:
            ids.append(pieces[0].id)
        else:
            lost[word] = _why([piece.piece for piece in pieces], any(piece.unknown for piece in pieces))
    kept = tuple(word for word in words if word not in lost)
    rows = subject.static(np.array(ids, dtype=np.int64)).astype(np.float64)
    return Vectors(kept, rows, lost, "input embedding, words of one piece only")


def _why(pieces: list[str], unknown: bool) -> str:
    if unknown:
        return "unknown to the tokenizer"
    return f"{len(pieces)} pieces ({' '.join(pieces)})" if pieces else "dropped by the tokenizer"
