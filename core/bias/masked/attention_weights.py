"""How much attention each piece receives: the mean over layers, heads and the pieces that attend (AULA's weights)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop, never, silent


def received(
    model: Any, sentences: Sequence[tuple[int, ...]], *, report: Report = silent, should_stop: ShouldStop = never
) -> list[np.ndarray]:
    """Weights (T,) float64 of each sentence's pieces, special ones among them; those of a sentence sum to 1."""
    from core.encoding.batched import token_budget
    from core.encoding.batching import token_batches
    from core.inspection.eager import eager
    from core.pretraining.proof.queries import asking

    distinct = list(dict.fromkeys(sentences))
    found: dict[tuple[int, ...], np.ndarray] = {}
    with asking(model):
        twin = eager(model.bert)
        for rows in token_batches(np.array([len(ids) for ids in distinct]), token_budget()):
            if should_stop():
                raise Stopped
            chosen = [distinct[row] for row in rows]
            found.update(zip(chosen, _batch(twin, chosen), strict=True))
            report(Progress("Reading attention", len(found), len(distinct)))
    return [found[ids] for ids in sentences]


def _batch(twin: Any, sentences: Sequence[tuple[int, ...]]) -> list[np.ndarray]:
    """Weights of one batch; padding neither attends nor is attended to."""
    from core.pretraining.proof.queries import padded

    layers = twin(**padded([np.array(ids) for ids in sentences]), output_attentions=True).attentions
    mean = sum(layer.double().mean(dim=1) for layer in layers) / len(layers)  # (B, T, T): from, to
    rows = mean.cpu().numpy()
    return [row[: len(ids), : len(ids)].mean(axis=0) for row, ids in zip(rows, sentences, strict=True)]
