"""Gradient norm against differences taken by hand."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspection.attribution import attribute, look
from core.inspection.attribution.target import Target


def test_it_is_the_length_of_the_slope(bundled) -> None:
    """The slope along the gradient itself, by a small step, is the gradient's length."""
    import torch

    found = attribute(bundled, "I hate pizza", label="good", method="gradient_norm")
    sight = look(bundled, "I hate pizza")
    function, x = sight.function(Target(1)), sight.embeddings()[None].requires_grad_(True)
    gradient = torch.autograd.grad(function(x).sum(), x)[0]
    place = found.units[1].pieces[0]
    step = torch.zeros_like(x)
    step[0, place] = 1e-3 * gradient[0, place] / gradient[0, place].norm()
    with torch.no_grad():
        slope = float(function(x + step) - function(x - step)) / 2e-3
    assert found.scores[1] == pytest.approx(slope, rel=0.02)


def test_it_has_no_sign_and_adds_up_over_pieces(tiny) -> None:
    found = attribute(tiny, "good bdz soup", method="gradient_norm")
    assert not found.signed and (found.scores > 0).all()
    assert found.piece_scores is not None
    assert found.total == pytest.approx(found.piece_scores.sum(), abs=1e-9)
    assert np.isfinite([score for _, score in found.specials]).all()
