"""Areas by group equal their definitions, counted pair by pair, on hand-worked and on 1,000 random cases."""

from __future__ import annotations

import numpy as np
import pytest

from core.bias.subgroups.areas import KINDS, areas, auc, generalised_mean


def over(first: list[float], second: list[float]) -> float:
    """Share of pairs in which the first is above, ties half: Mann and Whitney's U by its definition."""
    won = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a in first for b in second)
    return won / (len(first) * len(second))


def by_definition(scores: np.ndarray, target: np.ndarray, member: np.ndarray, least: int) -> list[float]:
    """The five of Borkan et al. 2019, each written out."""

    def cell(inside: bool, positive: bool) -> list[float]:
        return [s for s, t, m in zip(scores, target, member, strict=True) if t == positive and m == inside]

    in_pos, in_neg, bg_pos, bg_neg = cell(True, True), cell(True, False), cell(False, True), cell(False, False)
    enough = max(least, 1)

    def known(first: list[float], second: list[float], sign: bool = False) -> float:
        if min(len(first), len(second)) < enough:
            return float("nan")
        return 0.5 - over(first, second) if sign else over(first, second)

    return [
        known(in_pos, in_neg), known(bg_pos, in_neg), known(in_pos, bg_neg), known(bg_pos, in_pos, True),
        known(bg_neg, in_neg, True),
    ]  # fmt: skip


def test_by_hand() -> None:
    scores = np.array([0.9, 0.4, 0.6, 0.4, 0.8, 0.1])
    target = np.array([1, 1, 0, 0, 1, 0], dtype=bool)
    member = np.array([1, 1, 1, 1, 0, 0], dtype=bool)
    found = areas(scores, target, member, np.ones((1, 6)), 1)[0]
    # group: positives 0.9 0.4, negatives 0.6 0.4; background: positive 0.8, negative 0.1
    assert dict(zip(KINDS, found, strict=True)) == pytest.approx(
        {"subgroup AUC": 2.5 / 4, "BPSN AUC": 1.0, "BNSP AUC": 1.0, "AEG+": 0.5 - 0.5, "AEG-": 0.5 - 0.0}
    )


def test_a_thousand_random_cases_with_empty_and_one_class_groups() -> None:
    rng = np.random.default_rng(1)
    undefined = 0
    for _ in range(1_000):
        n = int(rng.integers(1, 14))
        scores = rng.integers(0, 4, n) / 4 if rng.random() < 0.6 else rng.random(n)
        target, member = rng.random(n) < rng.random(), rng.random(n) < rng.choice([0.0, 0.3, 0.7, 1.0])
        least = int(rng.integers(1, 4))
        found = areas(scores, target, member, np.ones((1, n)), least)[0]
        wanted = by_definition(scores, target, member, least)
        assert found == pytest.approx(wanted, abs=1e-12, nan_ok=True)
        undefined += int(np.isnan(found).any())
    assert undefined > 100


def test_weights_are_repeated_rows() -> None:
    rng = np.random.default_rng(2)
    scores, target, member = rng.integers(0, 5, 40) / 5, rng.random(40) < 0.5, rng.random(40) < 0.5
    weights = rng.integers(0, 3, (4, 40))
    found = areas(scores, target, member, weights.astype(np.float32), 1)
    for row, drawn in zip(found, weights, strict=True):
        again = np.repeat(np.arange(40), drawn)
        assert row == pytest.approx(by_definition(scores[again], target[again], member[again], 1))


def test_auc_equals_scikit_learn() -> None:
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(3)
    for _ in range(50):
        target, scores = np.r_[True, False, rng.random(60) < 0.4], rng.integers(0, 9, 62) / 9
        assert auc(scores, target, ~target, np.ones((1, 62)))[0] == pytest.approx(roc_auc_score(target, scores))


def test_generalised_mean_leans_to_the_worst_group_and_leaves_the_unknown_out() -> None:
    assert generalised_mean(np.array([0.5, 1.0])) == pytest.approx(((0.5**-5 + 1) / 2) ** -0.2)
    assert generalised_mean(np.array([0.8, 0.8, np.nan])) == pytest.approx(0.8)
    assert generalised_mean(np.array([0.0, 1.0])) == 0.0
    assert np.isnan(generalised_mean(np.array([np.nan])))
