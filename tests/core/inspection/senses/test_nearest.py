"""Nearest centroid, 1-NN and 5-NN: values worked by hand, ties, and leave-one-out against doing it the long way."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspection.senses import nearest
from core.inspection.senses.nearest import CENTROID, FIVE, ONE, RULES, TIED, decide, leave_one_out, predict


def test_the_nearer_sense_wins_and_the_middle_is_a_tie() -> None:
    found = predict(np.array([[1.0, 0.0], [0.0, 1.0]]), ["a", "b"], np.array([[2.0, 0.1], [0.0, 3.0], [1.0, 1.0]]))
    assert {rule: answers.tolist() for rule, answers in found.items()} == dict.fromkeys(RULES, ["a", "b", None])


def test_a_centroid_is_the_mean_of_raw_vectors() -> None:
    train = np.array([[10.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 1.0]])  # raw means: (5, 0.5) and (1, 1)
    found = decide(train, np.array([0, 0, 1, 1]), np.array([[1.0, 0.5]]))  # cosines .935 and .949
    assert found[CENTROID].tolist() == [1]


def test_five_neighbours_vote_with_their_cosine_and_not_by_number() -> None:
    sixty = [0.5, 3**0.5 / 2]
    train = np.array([[1.0, 0.0], [1.0, 0.0], sixty, sixty, sixty, [-1.0, 0.0]])
    found = decide(train, np.array([0, 0, 1, 1, 1, 1]), np.array([[1.0, 0.0]]))  # 2 against 1.5
    assert found[FIVE].tolist() == [0]


def test_a_neighbour_on_the_other_side_votes_nothing() -> None:
    train = np.array([[0.1, 1.0], [-1.0, 0.0], [-1.0, 0.1], [-1.0, 0.2]])
    assert decide(train, np.array([0, 1, 1, 1]), np.array([[1.0, 0.0]]))[FIVE].tolist() == [0]


def test_a_vote_that_hangs_on_equally_near_vectors_is_a_tie() -> None:
    near, edge = [1.0, 0.0], [0.8, 0.6]
    train = np.array([near, near, near, near, edge, edge])
    test = np.array([[1.0, 0.0]])
    assert decide(train, np.array([0, 0, 1, 1, 0, 1]), test)[FIVE].tolist() == [TIED]
    assert decide(train, np.array([0, 0, 0, 1, 1, 1]), test)[FIVE].tolist() == [0]  # 3 against 1 + .8 at the most


@pytest.mark.parametrize("counts", [(4, 4), (2, 6), (2, 2)])
def test_equal_vectors_tie_under_every_rule_however_many_a_sense_has(counts: tuple[int, int]) -> None:
    same, codes = np.ones((sum(counts), 3)), np.repeat([0, 1], counts)
    assert all((found == TIED).all() for found in decide(same, codes, np.ones((2, 3))).values())
    assert all((found == TIED).all() for found in leave_one_out(same, codes).values())


def test_differences_of_float32_are_no_differences() -> None:
    noise = np.random.default_rng(0).normal(scale=1e-7, size=(6, 8))
    found = leave_one_out(np.ones((6, 8)) + noise, np.array([0, 0, 0, 1, 1, 1]))
    assert all((answers == TIED).all() for answers in found.values())


def test_leave_one_out_is_predicting_each_from_all_others() -> None:
    random = np.random.default_rng(1)
    codes = random.permutation(np.repeat([0, 1, 2], [7, 9, 4]))
    vectors = random.normal(size=(20, 5)) + codes[:, None] * 0.4
    found = leave_one_out(vectors, codes)
    for row in range(20):
        rest = np.arange(20) != row
        expected = decide(vectors[rest], codes[rest], vectors[row : row + 1])
        assert {rule: int(found[rule][row]) for rule in RULES} == {rule: int(expected[rule][0]) for rule in RULES}
    assert (found[ONE] != codes).any()  # not so easy that everything would pass


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(2)
    train, test, codes = random.normal(size=(30, 4)), random.normal(size=(17, 4)), random.integers(0, 3, 30)
    whole, alone = decide(train, codes, test), leave_one_out(train, codes)
    monkeypatch.setattr(nearest, "_BLOCK", 90)
    for rule in RULES:
        assert np.array_equal(decide(train, codes, test)[rule], whole[rule])
        assert np.array_equal(leave_one_out(train, codes)[rule], alone[rule])


def test_no_test_vector_has_no_answer() -> None:
    assert all(len(found) == 0 for found in predict(np.eye(2), ["a", "b"], np.zeros((0, 2))).values())
