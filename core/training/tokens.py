"""Word pieces of a whole split, in portions, so that progress shows and a stop is heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.data.examples import Examples
from core.encoding.tokenizing import Pieces, tokenize
from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop

PORTION = 2_000


def pieces_of(
    tokenizer: Any, examples: Examples, max_length: int, *, types: bool, report: Report, should_stop: ShouldStop
) -> Pieces:
    """Tokenize every row of a split, at most `max_length` pieces each; `types` keeps segment types of pairs.

    Raises Stopped when asked to stop, since nothing is learnt yet.
    """
    portions = []
    for start in range(0, max(1, len(examples)), PORTION):
        if should_stop() is not None:
            raise Stopped("training was stopped while it read the texts")
        part = slice(start, start + PORTION)
        pairs = None if examples.pairs is None else examples.pairs[part]
        portions.append(tokenize(tokenizer, examples.texts[part], pairs, max_length))
        report(Progress("tokenise", min(start + PORTION, len(examples)), len(examples)))
    whole = _joined(portions)
    return whole if types else whole.without_types()


def _joined(portions: list[Pieces]) -> Pieces:
    first = portions[0]
    return Pieces(
        ids=_flat(portions, lambda part: part.ids),
        types=None if first.types is None else _flat(portions, lambda part: part.types or []),
        lengths=np.concatenate([part.lengths for part in portions]),
        truncated=np.concatenate([part.truncated for part in portions]),
        pad_id=first.pad_id,
    )


def _flat(portions: list[Pieces], of: Callable[[Pieces], list[np.ndarray]]) -> list[np.ndarray]:
    return [row for part in portions for row in of(part)]
