"""Statistics of matrices made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.inspection.attention.heads import HeadStatistics, described, head_statistics

SIZE = 4
CLS = np.array([True, False, False, False])
SEP = np.array([False, False, False, True])
ONE_TEXT = np.array([-1, 0, 0, -1])
TWO_TEXTS = np.array([-1, 0, 1, -1])


def of(matrix: np.ndarray, parts: np.ndarray = ONE_TEXT) -> HeadStatistics:
    return head_statistics(np.asarray(matrix, dtype=np.float16)[None, None], CLS, SEP, parts)


def test_an_even_head_has_the_largest_entropy() -> None:
    found = of(np.full((SIZE, SIZE), 0.25))
    assert found.entropy[0, 0] == pytest.approx(math.log(4))
    assert found.entropy_share[0, 0] == pytest.approx(1)
    assert [found.of(name)[0, 0] for name in ("cls", "sep", "itself", "previous", "next")] == [0.25] * 5
    assert described(found, 1, 1).startswith("broad")


def test_a_head_that_looks_at_itself() -> None:
    found = of(np.eye(SIZE))
    assert found.itself[0, 0] == 1 and found.entropy[0, 0] == 0 and found.previous[0, 0] == 0 == found.next[0, 0]
    assert found.cls[0, 0] == found.sep[0, 0] == 0.25
    assert described(found, 1, 1) == "mostly to the piece itself (100 %)"


def test_heads_that_look_one_back_and_one_on() -> None:
    back = np.roll(np.eye(SIZE), -1, axis=1)  # row i looks at i - 1, row 0 at the last
    assert of(back).previous[0, 0] == 1 and of(back).itself[0, 0] == 0
    assert of(back.T).next[0, 0] == 1 and of(back.T).previous[0, 0] == 0


def test_a_head_that_does_nothing() -> None:
    matrix = np.zeros((SIZE, SIZE))
    matrix[:, 3] = 1
    assert of(matrix).sep[0, 0] == 1 and of(matrix).cls[0, 0] == 0
    assert "[SEP]" in described(of(matrix), 1, 1)


def test_a_mean_worked_by_hand() -> None:
    rows = np.array([[0.5, 0.5, 0, 0], [0, 1, 0, 0], [0, 0.25, 0.75, 0], [1, 0, 0, 0]])
    found = of(rows)
    assert found.entropy[0, 0] == pytest.approx((math.log(2) + 0.25 * math.log(4) + 0.75 * math.log(4 / 3)) / 4)
    assert found.itself[0, 0] == pytest.approx((0.5 + 1 + 0.75 + 0) / 4)
    assert found.previous[0, 0] == pytest.approx((0 + 0.25 + 0) / 3)
    assert found.next[0, 0] == pytest.approx((0.5 + 0 + 0) / 3)
    assert found.cls[0, 0] == pytest.approx(1.5 / 4)


def test_the_share_to_the_other_text_counts_words_alone() -> None:
    rows = np.array([[0, 1, 0, 0], [0.25, 0, 0.75, 0], [0, 0.25, 0.25, 0.5], [0, 0, 1, 0]])
    assert of(rows, TWO_TEXTS).other[0, 0] == pytest.approx((0.75 + 0.25) / 2)
    assert "other" in of(rows, TWO_TEXTS).names and "other" not in of(rows).names


def test_rows_name_every_head_once() -> None:
    weights = np.full((3, 2, SIZE, SIZE), 0.25, dtype=np.float16)
    rows = head_statistics(weights, CLS, SEP, ONE_TEXT).rows()
    assert [(row["layer"], row["head"]) for row in rows] == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2)]


def test_one_piece_alone_has_no_entropy() -> None:
    found = head_statistics(np.ones((1, 1, 1, 1), np.float16), np.array([True]), np.array([False]), np.array([-1]))
    assert found.entropy_share[0, 0] == 0 and found.previous[0, 0] == 0
