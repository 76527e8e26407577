"""Each distinct text once: the work on repeated texts is not done twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Key = tuple[str, str | None]


def distinct(texts: Sequence[str], pairs: Sequence[str] | None) -> tuple[list[str], list[str] | None, np.ndarray]:
    """Distinct texts (with pairs) in order of first appearance, and for each row its place among them (n,) int64."""
    if pairs is not None and len(pairs) != len(texts):
        raise ValueError(f"{len(texts)} texts but {len(pairs)} second texts")
    keys: list[Key] = [(text, None) for text in texts] if pairs is None else list(zip(texts, pairs, strict=True))
    places: dict[Key, int] = {}
    inverse = np.fromiter((places.setdefault(key, len(places)) for key in keys), np.int64, len(keys))
    firsts = [text for text, _ in places]
    seconds = None if pairs is None else [pair or "" for _, pair in places]
    return firsts, seconds, inverse
