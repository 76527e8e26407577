"""The word alone between [CLS] and [SEP]: the states of its pieces at one layer, pooled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.errors import UserProblem
from core.inspection.word_vectors import Occurrence, word_vectors

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
    """Rows (n, H); a word that the tokenizer drops is lost."""
    from core.bias.vectors.kinds import Vectors

    subject = audited.subject
    layer = layer_of(audited, settings.layer)
    pooling = "mean" if settings.pooling == "cls" else settings.pooling
    found = word_vectors(
        subject, [Occurrence(word, 0, len(word)) for word in words], pooling=pooling, cache=audited.cache,
        report=report, should_stop=should_stop,
    )  # fmt: skip
    lost = {word: why for word, why in zip(words, found.problems, strict=True) if why}
    kept = tuple(word for word in words if word not in lost)
    rows = found.layers[found.usable, layer].astype(np.float64)
    return Vectors(kept, rows, lost, f"word alone, {pooling} of its pieces at layer {layer} of {subject.layers}")


def layer_of(audited: Audited, layer: int | None) -> int:
    """The layer's number, the last where none is named; UserProblem beyond it."""
    last = audited.subject.layers
    if layer is not None and layer > last:
        raise UserProblem(f"There is no layer {layer}.", f"{audited.spec} has layers 0 (embeddings) to {last}.")
    return last if layer is None else layer
