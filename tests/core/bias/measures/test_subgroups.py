"""Groups compared: figures by hand, chance that is right where groups are dealt by lot, and calm where n is small."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.bias import found as found_files
from core.bias.found import Found
from core.bias.inputs import Inputs
from core.bias.subgroups.membership import NO_GROUP
from core.bias.subgroups.rates import at_threshold
from core.bias.subgroups.summary import DIFFERENCES, RANKING, RATES, SCORES
from core.bias.word_sets import WordTest
from core.errors import UserProblem
from tests.core.bias.classifying import classifying, probability
from tests.core.bias.measuring import measured

FAST = {"resamples": 100, "permutations": 100}


def said(text: str) -> tuple[float, float]:
    """A text names the probability that it gets: `anything 0.7`."""
    return probability(float(text.split()[-1]))


def given(rows: list[tuple[str, str, str]], words: WordTest | None = None) -> Inputs:
    return Inputs("rows", words, pd.DataFrame(rows, columns=["text", "label", "group"]))


def two_groups(size: int = 30) -> list[tuple[str, str, str]]:
    """Of g every second negative is decided yes; of h none; positives of both are all found."""
    rows = []
    for number in range(size):
        rows += [(f"g {number} 0.8", "yes", "g"), (f"h {number} 0.8", "yes", "h")]
        rows += [(f"g {number} {0.6 if number % 2 else 0.4}", "no", "g"), (f"h {number} 0.1", "no", "h")]
    return rows


def figure(found: Found, name: str) -> float | None:
    return next(one.value for one in found.figures if one.name == name)


def test_a_group_that_is_scored_too_high_by_hand() -> None:
    found = measured("subgroups", classifying(said), given(two_groups()), **FAST)
    head = found.headline
    assert head.value == 0.5 and head.low is not None and head.high is not None and head.low < 0.5 < head.high
    assert head.chance is not None and head.chance.p == pytest.approx(1 / 101) == head.chance.smallest
    assert figure(found, "fpr_difference") == 0.5 and figure(found, "tpr_difference") == 0
    assert figure(found, "selection_rate_difference") == 0.25 and figure(found, "auc") == 1.0
    areas = found.tables[RANKING].set_index(["group", "area"])["value"]
    assert areas["g", "BPSN AUC"] == 1 and areas["g", "AEG-"] == 0.5 and areas["h", "AEG-"] == -0.5
    assert areas["g", "AEG+"] == 0
    rates = found.tables[RATES].set_index("group")
    assert rates.loc["g", "FPR"] == 0.5 and rates.loc["h", "FPR"] == 0
    assert rates.loc["g", "FPR low"] < 0.5 < rates.loc["g", "FPR high"]
    assert at_threshold(found.tables[SCORES], 0.7).set_index("group").loc["g", "FPR"] == 0


def test_groups_by_lot_have_a_chance_that_is_spread() -> None:
    rng = np.random.default_rng(0)
    p = []
    for draw in range(12):
        rows = [(f"{i} {rng.uniform(0.2, 0.8):.3f}", rng.choice(["yes", "no"]), rng.choice(["g", "h", "k"]))
                for i in range(150)]  # fmt: skip
        found = measured("subgroups", classifying(said), given(rows), **FAST, seed=draw, least=5)
        assert found.headline.value is not None and found.headline.value > 0 and found.headline.chance is not None
        p.append(found.headline.chance.p)
    assert 0.2 < np.mean(p) < 0.8


def test_a_small_cell_is_none_with_its_n() -> None:
    rows = [*two_groups(), ("tiny 0.9", "yes", "tiny")]
    found = measured("subgroups", classifying(said), given(rows), **FAST)
    areas = found.tables[RANKING].set_index(["group", "area"])
    assert np.isnan(areas.loc[("tiny", "BPSN AUC"), "value"])
    assert areas.loc[("tiny", "BPSN AUC"), "note"] == "n too small: 0 group negative"
    assert found.headline.value == 0.5 and any("tiny" in warning for warning in found.warnings)
    none = measured("subgroups", classifying(said), given(rows[-1:]), **FAST)
    assert none.headline.value is None and "too small" in none.headline.note


def test_mentions_of_terms_are_groups_that_may_overlap() -> None:
    words = WordTest.from_json({"name": "kin", "targets": {"Men": ["uncle"], "Women": ["aunt"]}})
    rows = [("my uncle 0.9", "yes", ""), ("my aunt 0.2", "yes", ""), ("uncle and aunt 0.2", "no", ""),
            ("nobody 0.8", "no", "")]  # fmt: skip
    found = measured("subgroups", classifying(said), given(rows, words), **FAST, least=1)
    assert found.tables[SCORES]["group"].tolist() == ["Men", "Men", "Women", "Women", NO_GROUP]
    assert any("need not be written by them" in warning for warning in found.warnings)
    assert found.headline.value == 1.0
    shipped = measured("subgroups", classifying(said), given(rows), **FAST, least=1, terms="Gender words")
    assert shipped.headline.value == 1.0


def test_more_labels_are_one_against_the_rest() -> None:
    def three(text: str) -> np.ndarray:
        return np.log(np.array([0.6, 0.3, 0.1] if "odd" in text else [0.2, 0.3, 0.5]))

    rows = [("odd", "a", "g"), ("even", "a", "h"), ("odd", "c", "g"), ("even", "c", "h"), ("even", "b", "g")] * 5
    found = measured("subgroups", classifying(three, ("a", "b", "c")), given(rows), **FAST, least=5)
    rates = found.tables[RATES].set_index(["label", "group"])
    assert rates.loc[("a", "g"), "TPR"] == 1 and rates.loc[("a", "h"), "TPR"] == 0
    assert found.headline.value == 1.0 and "label a" in found.headline.note
    one = measured("subgroups", classifying(three, ("a", "b", "c")), given(rows), **FAST, least=5, label="b")
    assert one.tables[RATES]["label"].unique().tolist() == ["b"]


def test_several_labels_a_text() -> None:
    def both(text: str) -> np.ndarray:
        return np.array([2.0, -2.0] if "odd" in text else [-2.0, -2.0])

    rows = [("odd", "x|y", "g"), ("even", "x", "h"), ("odd", "", "g"), ("even", "y", "h")] * 6
    model = classifying(both, ("x", "y"), several=True)
    found = measured("subgroups", model, given(rows), **FAST, least=6)
    rates = found.tables[RATES].set_index(["label", "group"])
    assert rates.loc[("x", "g"), "TPR"] == 1 and rates.loc[("x", "h"), "TPR"] == 0 and rates.loc[("x", "g"), "FPR"] == 1


def test_rows_of_foreign_labels_are_counted() -> None:
    found = measured("subgroups", classifying(said), given([*two_groups(), ("x 0.2", "perhaps", "g")]), **FAST)
    assert any("1 rows were left out" in warning for warning in found.warnings)
    with pytest.raises(UserProblem, match="labelled perhaps"):
        measured("subgroups", classifying(said), given([("x 0.2", "perhaps", "g")]), **FAST)


def test_what_is_missing_is_a_sentence() -> None:
    with pytest.raises(UserProblem, match="no column 'team'"):
        measured("subgroups", classifying(said), given(two_groups()), group_column="team")
    with pytest.raises(UserProblem, match="'group' is empty"):
        measured("subgroups", classifying(said), given([("x 0.2", "no", "")]))
    words = WordTest.from_json({"name": "kin", "targets": {"Men": ["uncle"], "Women": ["aunt"]}})
    with pytest.raises(UserProblem, match="No row belongs"):
        measured("subgroups", classifying(said), given([("x 0.2", "no", "")], words))


def test_it_survives_the_disk_and_the_seed_decides(tmp_path) -> None:
    first, again = (measured("subgroups", classifying(said), given(two_groups()), **FAST, seed=3) for _ in range(2))
    assert first.to_json() == again.to_json()
    found_files.write(first, tmp_path)
    back = found_files.read(tmp_path)
    assert back.to_json() == first.to_json() and list(back.tables) == [DIFFERENCES, RATES, RANKING, SCORES]
    assert at_threshold(back.tables[SCORES], 0.5).equals(at_threshold(first.tables[SCORES], 0.5))
