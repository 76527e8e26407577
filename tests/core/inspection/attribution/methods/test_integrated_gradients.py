"""Integrated gradients: exact on a line, completeness on the bundled model, sums over words."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.errors import Stopped, UserProblem
from core.inspection.attribution import attribute, look
from core.inspection.attribution.method import Options
from core.inspection.attribution.methods.integrated_gradients import check_value, integrate

X, B = torch.tensor([[1.0, 2.0], [3.0, -1.0]]), torch.tensor([[0.0, 1.0], [1.0, 1.0]])
WEIGHT = torch.tensor([[2.0, -1.0], [0.5, 3.0]])


@pytest.mark.parametrize("points", [1, 3, 20])
def test_a_linear_function_is_exact_with_any_number_of_points(points: int) -> None:
    """w (x - b): 2*1 - 1*1 = 1 for the first piece, 0.5*2 + 3*(-2) = -5 for the second."""
    found = integrate(lambda batch: (batch * WEIGHT).sum(dim=(1, 2)) + 7, X, B, start=points, most=points)
    assert found.scores == pytest.approx([1.0, -5.0], abs=1e-6)
    assert (found.points, found.error) == (points, pytest.approx(0, abs=1e-6))
    assert found.value - found.baseline == pytest.approx(-4)


def test_a_square_needs_the_middle_of_each_step() -> None:
    """F = x^2 from 0 to 2: the midpoint rule gives 4 exactly with one point, the left end would give 0."""
    found = integrate(lambda batch: (batch**2).sum(dim=(1, 2)), torch.tensor([[2.0]]), torch.tensor([[0.0]]), start=1)
    assert found.scores == pytest.approx([4.0])


def test_points_are_doubled_until_the_error_is_small_or_the_most_are_used() -> None:
    def steep(batch: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(200 * (batch - 0.503)).sum(dim=(1, 2))

    ends = torch.tensor([[1.0]]), torch.tensor([[0.0]])
    few, enough = integrate(steep, *ends, start=2, most=4), integrate(steep, *ends, start=2)
    assert (few.points, few.error > 0.01) == (4, True)
    assert enough.points > 4 and enough.error < 0.01


def test_a_stop_is_obeyed() -> None:
    with pytest.raises(Stopped, match="0 of 20"):
        integrate(lambda batch: batch.sum(dim=(1, 2)), X, B, should_stop=lambda: "discard")


@pytest.mark.parametrize("baseline", ["pad", "mask", "zero"])
@pytest.mark.parametrize("contrast", [False, True])
def test_completeness_and_exact_sums_on_the_bundled_model(bundled, baseline: str, contrast: bool) -> None:
    for text in ("I hate pizza.", "The unbelievably slow waiter forgot us, twice!", "Lovely soup"):
        found = attribute(
            bundled, text, method="integrated_gradients", contrast=contrast, options=Options(baseline=baseline)
        )
        assert found.error is not None and found.error < 0.01
        assert found.piece_scores is not None and found.baseline is not None
        assert found.total == pytest.approx(found.piece_scores.sum(), abs=1e-5)
        wanted = found.value - found.baseline
        assert found.total == pytest.approx(wanted, abs=0.01 * max(abs(wanted), 0.2))
        assert dict(found.specials) == {"[CLS]": 0.0, "[SEP]": 0.0}


def test_a_word_of_several_pieces_gets_their_sum(bundled) -> None:
    found = attribute(bundled, "unbelievably slow", method="integrated_gradients")
    assert found.piece_scores is not None
    first = found.units[0]
    assert len(first.pieces) > 1
    assert found.scores[0] == pytest.approx(found.piece_scores[list(first.pieces)].sum(), abs=1e-12)


def test_too_few_points_are_told(tiny) -> None:
    found = attribute(tiny, "good soup", method="integrated_gradients", options=Options(most_points=1))
    assert found.points == 1
    assert (found.error is not None and found.error >= 0.01) == any("read them with care" in n for n in found.notes)


def test_another_baseline_is_refused(tiny) -> None:
    with pytest.raises(UserProblem, match="no baseline 'noise'"):
        attribute(tiny, "good soup", method="integrated_gradients", options=Options(baseline="noise"))


def test_a_network_that_answers_otherwise_is_refused() -> None:
    check_value(2.00001, 2.0)
    with pytest.raises(UserProblem, match="another model"):
        check_value(2.01, 2.0)


def test_the_baseline_keeps_special_pieces(bundled) -> None:
    sight = look(bundled, "I hate pizza")
    x, b = sight.embeddings(), sight.embeddings("zero")
    assert torch.equal(x[[0, -1]], b[[0, -1]])
    assert np.count_nonzero(b[1:-1]) == 0
