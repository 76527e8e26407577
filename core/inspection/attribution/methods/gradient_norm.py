"""Gradient norm: how strongly F reacts to a small move of a piece's embedding (Li et al. 2016; Simonyan et al. 2014).

It says how sensitive the logit is to a piece here, not which way the piece pushes it, nor how much it made.
"""

from __future__ import annotations

from typing import Any

from core.inspection.attribution.method import Method, Options, Raw
from core.inspection.attribution.target import Target
from core.progress import Progress, Report, ShouldStop


def compute(sight: Any, wanted: Target, options: Options, report: Report, should_stop: ShouldStop) -> Raw:
    """Euclidean length of dF/dx_i, for every piece."""
    import torch

    x = sight.embeddings()[None].requires_grad_(True)
    gradient = torch.autograd.grad(sight.function(wanted)(x).sum(), x)[0][0]
    report(Progress("gradient norm", 1, 1))
    return Raw(pieces=gradient.double().norm(dim=-1).cpu().numpy())


METHOD = Method(
    name="gradient_norm",
    title="Gradient norm",
    summary="How strongly the logit reacts to a small move of the word. It has no direction, and much weaker evidence.",
    sums_to="nothing: it is a sensitivity",
    source="Simonyan et al. 2014; Li et al. 2016",
    compute=compute,
    signed=False,
)
