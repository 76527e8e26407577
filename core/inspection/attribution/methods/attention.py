"""Attention of the last layer: where it reads, which is no explanation of what the classifier made of it.

Weights are averaged over heads, and taken from [CLS] where the classifier reads that piece only, else over all pieces.
It knows no label: the same numbers come out whatever is explained (Jain and Wallace 2019; Bastings and Filippova 2020).
A layer that reads every piece equally, such as one that only averages, says nothing; the layer below is shown then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import UserProblem
from core.inspection.attribution.method import Method, Options, Raw
from core.inspection.attribution.target import Target
from core.progress import Progress, Report, ShouldStop

if TYPE_CHECKING:
    import torch

EQUAL = 1e-6  # weights that differ by less are rounding


def compute(sight: Any, wanted: Target, options: Options, report: Report, should_stop: ShouldStop) -> Raw:
    """Share of the attention that each piece gets; shares add up to 1."""
    body, count, from_first = sight.network.attended()
    if not count:
        raise UserProblem(
            "This classifier reads the embeddings below the first layer.", "There is no attention in them.",
            "Choose another method.",
        )  # fmt: skip
    layers = _weights(sight, body)
    last, rows = count - 1, layers[count - 1]
    if np.ptp(rows, axis=-1).max() < EQUAL and last > 0:
        last, from_first, rows = last - 1, False, layers[last - 1]
    report(Progress("attention", 1, 1))
    scores = rows[0] if from_first else rows.mean(axis=0)
    source = "[CLS]" if from_first else "all pieces"
    return Raw(pieces=scores, notes=(f"Attention of layer {last + 1}, mean over heads, from {source}.",))


def _weights(sight: Any, body: Any) -> list[np.ndarray]:
    """Mean over heads (T, T) float64 of every layer's attention."""
    import torch

    from core.encoding.device import device

    inputs: dict[str, torch.Tensor] = {"input_ids": torch.from_numpy(sight.reading.ids.astype(np.int64))[None]}
    if sight.network.segments and len(sight.texts) > 1:
        inputs["token_type_ids"] = torch.from_numpy(sight.reading.types.astype(np.int64))[None]
    with torch.inference_mode():
        found = body(**{name: values.to(device()) for name, values in inputs.items()}, output_attentions=True)
        return [weights[0].double().mean(dim=0).cpu().numpy() for weights in found.attentions]


METHOD = Method(
    name="attention",
    title="Attention (no explanation)",
    summary="Where the last layer reads. Shown for comparison only: it is the same whatever label is explained.",
    sums_to="1",
    source="Jain and Wallace 2019; Bastings and Filippova 2020",
    compute=compute,
    explains=False,
    signed=False,
)
