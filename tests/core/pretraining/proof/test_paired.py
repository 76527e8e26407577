from __future__ import annotations

import numpy as np
import pytest

from core.errors import UserProblem
from core.pretraining.proof.paired import Sums, compare_sums, ratio_interval, share_interval


def sums(totals: list[float], units: list[float] | None = None, rows: list[int] | None = None) -> Sums:
    n = len(totals)
    return Sums(np.array(rows or range(n)), np.array(totals, float), np.array(units or [1] * n, float))


def test_values_by_hand() -> None:
    """(1 + 6) / (1 + 3) = 1.75 and (2 + 9) / 4 = 2.75."""
    paired = compare_sums(sums([1, 6], [1, 3]), sums([2, 9], [1, 3]), what="loss", lower_is_better=True)
    assert (paired.before, paired.after, paired.difference, paired.n) == (1.75, 2.75, 1.0, 2)
    assert paired.interval.low == paired.interval.high == 1.0
    assert paired.change == "cannot tell"  # two sentences: the sign test says 0.5
    assert paired.verdict.endswith("2 sentences, but too few differ for an exact sign test to agree).")


def test_a_clear_fall_of_the_loss_is_better_and_a_rise_is_worse() -> None:
    rng = np.random.default_rng(0)
    before = rng.normal(5, 1, 60)
    after = before - rng.normal(1, 0.3, 60)
    down = compare_sums(sums(before.tolist()), sums(after.tolist()), what="loss", lower_is_better=True)
    up = compare_sums(sums(after.tolist()), sums(before.tolist()), what="loss", lower_is_better=True)
    assert (down.change, up.change) == ("better", "worse")
    assert down.verdict.startswith("Better than before: loss was") and "60 sentences" in down.verdict
    assert down.interval.high is not None and down.interval.high < 0
    higher = compare_sums(sums(after.tolist()), sums(before.tolist()), what="ln p", lower_is_better=False)
    assert higher.change == "better"


def test_noise_is_never_crowned() -> None:
    rng = np.random.default_rng(1)
    crowned = 0
    for seed in range(100):
        before, after = rng.normal(5, 1, (2, 50))
        paired = compare_sums(sums(before.tolist()), sums(after.tolist()), what="x", lower_is_better=True, seed=seed)
        crowned += paired.change != "cannot tell"
    assert crowned <= 12  # 5 % is what a 95 % interval allows; the bootstrap on 50 rows has a little more


def test_equal_sides_differ_by_nothing() -> None:
    side = sums([0.1, 0.7, 0.3], [3, 1, 7])
    paired = compare_sums(side, side, what="loss", lower_is_better=True)
    assert paired.difference == 0 and (paired.interval.low, paired.interval.high) == (0, 0)
    assert paired.change == "same" and paired.verdict.startswith("Before and after are the same")


def test_only_common_sentences_count() -> None:
    paired = compare_sums(sums([1, 2, 3], rows=[0, 1, 2]), sums([5, 9], rows=[2, 7]), what="x", lower_is_better=True)
    assert (paired.before, paired.after, paired.n) == (3, 5, 1)
    assert paired.change == "cannot tell"
    with pytest.raises(UserProblem, match="no sentence in common"):
        compare_sums(sums([1], rows=[0]), sums([1], rows=[1]), what="x", lower_is_better=True)


def test_one_sentence_has_no_interval() -> None:
    interval = ratio_interval(sums([3], [2]), seed=0)
    assert interval.value == 1.5 and interval.low is None and interval.reason


def test_a_share_of_nothing_or_all_leaves_doubt() -> None:
    none, every = share_interval(sums([0] * 10), seed=0), share_interval(sums([1] * 10), seed=0)
    assert (none.low, none.high) == (0, pytest.approx(1 - 0.025 ** (1 / 10)))
    assert (every.low, every.high) == (pytest.approx(0.025 ** (1 / 10)), 1)
    assert share_interval(sums([0, 1]), seed=0) == ratio_interval(sums([0, 1]), seed=0)


def test_a_seed_gives_the_same_interval() -> None:
    side = sums([1, 2, 3, 4, 9])
    assert ratio_interval(side, seed=3) == ratio_interval(side, seed=3) != ratio_interval(side, seed=4)


def test_it_becomes_json() -> None:
    found = compare_sums(sums([1, 2]), sums([1, 2]), what="x", lower_is_better=True).to_json()
    assert found["interval"]["low"] == 0 and found["change"] == "same"
