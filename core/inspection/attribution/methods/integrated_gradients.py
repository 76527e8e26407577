"""Integrated gradients (Sundararajan et al. 2017): gradients summed on the way from an empty text to this one.

a_i = sum_d (x_id - b_id) * mean over points of dF/dx_id. Only word embeddings move; positions, segments and special
pieces stay. The scores add up to F(x) - F(b) (completeness); how far they miss it is the error that is shown. Points
lie in the middle of equal steps, which converges best here; they are doubled until the error is small.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import Stopped, UserProblem
from core.inspection.attribution.method import BASELINES, Method, Options, Raw
from core.inspection.attribution.target import Target
from core.progress import Progress, Report, ShouldStop, never, silent

if TYPE_CHECKING:
    import torch

    Function = Callable[[torch.Tensor], torch.Tensor]

START, TOLERANCE = 20, 0.01
CHUNK = 8  # points a batch
SMALLEST = 0.2  # logits: a smaller difference would make any error look large
AGREES = 1e-4  # logits


@dataclass(frozen=True)
class Integrated:
    """Scores (T,) float64, points used, F(x), F(b), and the completeness error (a share)."""

    scores: np.ndarray
    points: int
    value: float
    baseline: float
    error: float


def integrate(
    function: Function,
    x: torch.Tensor,
    b: torch.Tensor,
    *,
    start: int = START,
    most: int = 640,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Integrated:
    """Attribution of function (B, T, E) -> (B,) at x (T, E) against b (T, E), points doubled up to `most`."""
    import torch

    with torch.no_grad():
        value, baseline = (float(found) for found in function(torch.stack([x, b])))
    points = min(start, most)
    while True:
        gradient = mean_gradient(function, x, b, points, report=report, should_stop=should_stop)
        scores = ((x - b).double() * gradient).sum(dim=-1).cpu().numpy()
        error = abs(scores.sum() - (value - baseline)) / max(abs(value - baseline), SMALLEST)
        if error < TOLERANCE or points >= most:
            return Integrated(scores, points, value, baseline, float(error))
        points = min(2 * points, most)


def mean_gradient(
    function: Function,
    x: torch.Tensor,
    b: torch.Tensor,
    points: int,
    *,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> torch.Tensor:
    """Mean (T, E) float64 of the gradients at the middles of `points` equal steps from b to x."""
    import torch

    shares = (torch.arange(points, device=x.device, dtype=x.dtype) + 0.5) / points
    total = torch.zeros(x.shape, dtype=torch.float64, device=x.device)
    for first in range(0, points, CHUNK):
        if should_stop() is not None:
            raise Stopped(f"integrated gradients were stopped after {first} of {points} points")
        batch = (b + shares[first : first + CHUNK, None, None] * (x - b)).requires_grad_(True)
        total += torch.autograd.grad(function(batch).sum(), batch)[0].double().sum(dim=0)
        report(Progress(f"integrated gradients, {points} points", min(first + CHUNK, points), points))
    return total / points


def compute(sight: Any, wanted: Target, options: Options, report: Report, should_stop: ShouldStop) -> Raw:
    """Scores by piece of a text that a BERT classifier sees."""
    if options.baseline not in BASELINES:
        raise UserProblem(f"There is no baseline {options.baseline!r}.", f"Baselines are: {', '.join(BASELINES)}.")
    x, b = sight.embeddings(), sight.embeddings(options.baseline)
    found = integrate(sight.function(wanted), x, b, most=options.most_points, report=report, should_stop=should_stop)
    check_value(found.value, float(wanted.of(sight.logits)))
    notes: tuple[str, ...] = ()
    if found.error >= TOLERANCE:
        notes = (
            f"After {found.points} points the scores still miss their sum by {found.error:.1%}: read them with care.",
        )
    return Raw(pieces=found.scores, baseline=found.baseline, points=found.points, error=found.error, notes=notes)


def check_value(value: float, wanted: float) -> None:
    """UserProblem where the network of embeddings does not answer what the classifier answers."""
    if abs(value - wanted) > AGREES * max(1.0, abs(wanted)):
        raise UserProblem(
            f"The gradients' network answers {value:.5f} where the classifier answers {wanted:.5f}.",
            "Both must agree, or the gradients belong to another model.",
            "Use occlusion for this classifier.",
        )


METHOD = Method(
    name="integrated_gradients",
    title="Integrated gradients",
    summary="Gradients summed on the way from an empty text to this one. Every word's share, exact in sum.",
    sums_to="F(text) - F(baseline)",
    source="Sundararajan et al. 2017",
    compute=compute,
)
