"""Decisions by group equal fairlearn's on 1,000 random cases, and cells with too few rows have no value."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from core.bias.subgroups.membership import NO_GROUP
from core.bias.subgroups.rates import EQUALISED, at_threshold, differences


def scores(target: list[int], score: list[float], group: list[str], label: str = "yes") -> pd.DataFrame:
    table = pd.DataFrame({"label": label, "group": group, "target": target, "score": score})
    return table.assign(target=table["target"].astype(bool), decided=table["score"] >= 0.5)


def test_by_hand() -> None:
    given = scores([1, 1, 0, 0, 1, 0, 0], [0.9, 0.2, 0.7, 0.1, 0.6, 0.6, 0.3], list("aaaabbb"))
    rates = at_threshold(given, None, 1).set_index("group")
    assert rates.loc["a", ["rows", "positives", "negatives"]].tolist() == [4, 2, 2]
    assert rates.loc["a", ["selection rate", "TPR", "FPR", "accuracy"]].tolist() == [0.5, 0.5, 0.5, 0.5]
    assert rates.loc["b", ["selection rate", "TPR", "FPR"]].tolist() == pytest.approx([2 / 3, 1.0, 0.5])
    apart = differences(at_threshold(given, None, 1)).set_index("rate")
    assert apart.loc["TPR", ["difference", "ratio", "highest", "lowest"]].tolist() == [0.5, 0.5, "b", "a"]
    assert apart.loc[EQUALISED, "difference"] == 0.5 and apart.loc["FPR", "difference"] == 0


def test_another_threshold_needs_no_model() -> None:
    given = scores([1, 1, 0, 0], [0.9, 0.2, 0.7, 0.1], list("aaaa"))
    assert at_threshold(given, 0.8, 1)["selection rate"].tolist() == [0.25]
    assert at_threshold(given, 0.0, 1)["FPR"].tolist() == [1.0]
    assert at_threshold(given, 0.5, 1).equals(at_threshold(given, None, 1))


def test_small_and_one_class_cells_have_no_value_and_say_why() -> None:
    given = scores([1] * 25 + [1, 0], [0.9] * 27, ["big"] * 25 + ["small"] * 2)
    rates = at_threshold(given).set_index("group")
    assert rates.loc["big", "TPR"] == 1 and np.isnan(rates.loc["big", "FPR"])
    assert rates.loc["big", "note"] == "n too small: FPR (0)"
    assert rates.loc["small", ["selection rate", "TPR", "FPR", "accuracy"]].isna().all()
    apart = differences(at_threshold(given)).set_index("rate")
    assert np.isnan(apart.loc[EQUALISED, "difference"]) and apart.loc["TPR", "groups"] == 1


def test_rows_of_no_group_are_shown_but_no_group() -> None:
    given = scores([1, 1, 1, 1], [0.9, 0.1, 0.1, 0.1], ["a", "b", NO_GROUP, NO_GROUP])
    apart = differences(at_threshold(given, None, 1)).set_index("rate")
    assert apart.loc["TPR", "groups"] == 2 and apart.loc["TPR", "difference"] == 1


def test_a_thousand_random_cases_equal_fairlearn() -> None:
    from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate

    rng, cases = np.random.default_rng(4), []
    for number in range(1_000):
        n = int(rng.integers(1, 30))
        target, group = rng.random(n) < rng.choice([0.0, 0.3, 0.6, 1.0]), rng.choice(["a", "b"], n)
        cases.append(scores(target.astype(int).tolist(), rng.random(n).tolist(), group.tolist(), f"case {number}"))
    every = pd.concat(cases, ignore_index=True)
    rates = at_threshold(every, None, 1).set_index(["label", "group"])
    known = {"selection rate": selection_rate, "TPR": true_positive_rate, "FPR": false_positive_rate,
             "accuracy": lambda y_true, y_pred: np.mean(y_true == y_pred)}  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = MetricFrame(
            metrics=known, y_true=every["target"].astype(int), y_pred=every["decided"].astype(int),
            sensitive_features=every["group"], control_features=every["label"],
        )  # fmt: skip
    theirs = frame.by_group.loc[rates.index]
    for name, of in (("selection rate", "rows"), ("TPR", "positives"), ("FPR", "negatives"), ("accuracy", "rows")):
        full = (rates[of] > 0).to_numpy()
        assert rates.loc[full, name].to_numpy(float) == pytest.approx(theirs.loc[full, name].to_numpy(float))
        assert rates.loc[~full, name].isna().all() and (~full).any() == (of != "rows")


def test_the_equalised_odds_difference_equals_fairlearn() -> None:
    from fairlearn.metrics import demographic_parity_ratio, equalized_odds_difference

    rng = np.random.default_rng(5)
    for _ in range(40):
        target, score = np.r_[[True, False] * 3, rng.random(30) < 0.5], rng.random(36)
        group = np.r_[np.repeat(["a", "b", "c"], 2), rng.choice(["a", "b", "c"], 30)]
        given = scores(target.astype(int).tolist(), score.tolist(), group.tolist())
        apart = differences(at_threshold(given, None, 1)).set_index("rate")
        wanted = equalized_odds_difference(target, score >= 0.5, sensitive_features=group)
        assert apart.loc[EQUALISED, "difference"] == pytest.approx(wanted)
        ratio = demographic_parity_ratio(target, score >= 0.5, sensitive_features=group)
        assert apart.loc["selection rate", "ratio"] == pytest.approx(ratio)
