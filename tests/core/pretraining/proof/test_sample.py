from __future__ import annotations

import numpy as np
import pytest

from core.errors import UserProblem
from core.pretraining.proof.sample import reservoir, sampled_sentences


def test_all_when_there_are_few_and_the_same_for_a_seed() -> None:
    assert sorted(reservoir(range(5), 9, 0)) == [0, 1, 2, 3, 4]
    assert reservoir(range(1000), 9, 1) == reservoir(iter(range(1000)), 9, 1) != reservoir(range(1000), 9, 2)


def test_every_item_has_the_same_chance() -> None:
    drawn = np.bincount(np.concatenate([reservoir(range(20), 5, seed) for seed in range(2000)]), minlength=20)
    assert drawn.min() > 430 and drawn.max() < 570  # 500 expected, standard deviation 19


def test_blank_sentences_are_no_sentences() -> None:
    assert sampled_sentences(["", " ", "a b"], 5, 0) == ["a b"]
    with pytest.raises(UserProblem, match="no sentences"):
        sampled_sentences(["", " \n"], 5, 0)
