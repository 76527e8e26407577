"""The jackknife of a mean by hand, whole sentences stay together, and where there is no interval it is said."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspection.before_after.doubt import grouped, jackknife, left_out_means


def test_sentences_stay_whole_and_there_are_at_most_twenty_groups() -> None:
    rows = np.repeat(np.arange(50), 3)
    member = grouped(rows)
    assert member.shape == (150, 20) and (member.sum(axis=1) == 1).all()
    groups = member.argmax(axis=1).reshape(50, 3)
    assert (groups == groups[:, :1]).all() and len(np.unique(groups)) == 20


def test_the_jackknife_of_a_mean_is_its_standard_error() -> None:
    values = np.array([[0.1], [0.4], [0.5], [0.8]])
    (found,) = jackknife(values.mean(axis=0), left_out_means(values, grouped(np.arange(4))))
    error = values.std(ddof=1) / 2
    assert found.value == pytest.approx(0.45)
    assert (found.low, found.high) == pytest.approx((0.45 - 1.96 * error, 0.45 + 1.96 * error))


def test_one_sentence_and_undefined_figures_have_no_bounds_but_a_reason() -> None:
    values = np.array([[0.1], [0.4]])
    (one,) = jackknife(values.mean(axis=0), left_out_means(values, grouped(np.zeros(2, np.int64))))
    assert one.value == pytest.approx(0.25) and one.low is None and "One sentence" in one.reason
    (none,) = jackknife(np.array([np.nan]), np.array([[0.5], [np.nan]]))
    assert none.value is None and none.reason
