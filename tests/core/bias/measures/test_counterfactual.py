"""Counterfactual pairs: every figure worked by hand on classifiers whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from core.bias import found as found_files
from core.bias import lexicon
from core.bias.counterfactual.figures import against_others
from core.bias.counterfactual.tables import BY_LABEL, COUNTS, GROUPS, PAIRS
from core.bias.found import Found
from core.bias.inputs import Inputs
from core.bias.word_sets import WordTest
from core.errors import Stopped, UserProblem
from core.progress import silent
from tests.core.bias.classifying import classifying, probability
from tests.core.bias.measuring import measured

GENDER = lexicon.test("Gender words")
GROUPS_OF_THREE = WordTest.from_json({"name": "own", "targets": {"A": ["ann"], "B": ["ben"], "C": ["cat"]}})


def given(rows: Sequence[str], words: WordTest = GENDER, **columns: object) -> Inputs:
    return Inputs("rows", words, pd.DataFrame({"text": list(rows), **columns}))


def leaning(text: str) -> tuple[float, float]:
    """yes with 0.7 for a man, 0.4 for a woman, 0.2 for nobody."""
    words = text.lower().replace(".", "").split()
    return probability(0.7 if "he" in words else 0.4 if "she" in words else 0.2)


def figure(found: Found, name: str) -> float | None:
    return next(one.value for one in found.figures if one.name == name)


def test_flips_gaps_and_signed_shifts_by_hand() -> None:
    rows = ["He sings.", "She sings.", "It rains.", "My uncle sings."]
    found = measured("counterfactual", classifying(leaning), given(rows, label=["yes", "no", "no", "no"]))
    assert found.headline.value == pytest.approx(2 / 3) and found.headline.n == 3
    assert found.headline.low is not None and found.headline.low < 2 / 3 < (found.headline.high or 0)
    assert figure(found, "mean_gap") == pytest.approx((0.3 + 0.3 + 0) / 3, abs=1e-6)
    assert figure(found, "gap_most") == pytest.approx(0.3, abs=1e-6)
    groups = found.tables[GROUPS].set_index("group")
    assert groups.loc["Men", "mean shift"] == pytest.approx(0.2, abs=1e-6)
    assert groups.loc["Women", "mean shift"] == pytest.approx(-0.2, abs=1e-6)
    assert list(groups["rows"]) == [3, 3] and list(groups["label"]) == ["yes", "yes"]
    counts = found.tables[COUNTS].set_index("what")["number"]
    assert counts["rows"] == 4 and counts["rows without any term"] == 1 and counts["swaps"] == 3
    pairs = found.tables[PAIRS]
    assert list(pairs["gap"]) == sorted(pairs["gap"], reverse=True) and len(pairs) == 3
    first = pairs[pairs["row"] == "1"].iloc[0]
    assert (first["original"], first["counterfactual"], first["change"]) == ("He sings.", "She sings.", "He → She")
    assert (first["from"], first["to"], first["flipped"], first["true label"]) == ("Men", "Women", True, "yes")
    assert first["shift"] == pytest.approx(-0.3, abs=1e-6)
    by_label = found.tables[BY_LABEL].set_index("true label")
    assert by_label.loc["yes", "flip rate"] == 1 and by_label.loc["no", "flip rate"] == 0.5
    assert not found.offends and "3 of 4 rows" in found.sample


def test_each_distinct_text_is_scored_once_in_float32() -> None:
    model = classifying(leaning)
    measured("counterfactual", model, given(["He sings.", "She sings.", "He sings.", "It rains."]))
    assert sorted(model.classifier.scorer.asked) == ["He sings.", "She sings."]


def test_no_flip_at_all_still_has_an_upper_bound() -> None:
    found = measured("counterfactual", classifying(lambda text: (0, 1)), given([f"He has {n}." for n in range(30)]))
    assert found.headline.value == 0 and found.headline.low == 0
    assert found.headline.high == pytest.approx(1 - 0.025 ** (1 / 30)) and "exact" in found.headline.interval
    assert figure(found, "mean_gap") == 0


def test_a_threshold_moves_the_decision() -> None:
    rows = given(["He sings.", "She sings."])
    assert measured("counterfactual", classifying(leaning), rows, threshold=0.9).headline.value == 0
    assert measured("counterfactual", classifying(leaning), rows, threshold=0.6).headline.value == 1
    by_no = measured("counterfactual", classifying(leaning), rows, label="no", threshold=0.2)
    assert by_no.headline.value == 0 and by_no.tables[GROUPS]["label"].unique().tolist() == ["no"]


def test_unsure_pronouns_count_with_the_smaller_gap() -> None:
    def say(text: str) -> tuple[float, float]:
        return probability(0.9 if "his flowers" in text else 0.6 if "him flowers" in text else 0.5)

    found = measured("counterfactual", classifying(say), given(["We gave her flowers."]))
    assert found.tables[PAIRS]["counterfactual"].tolist() == ["We gave him flowers."]
    assert figure(found, "mean_gap") == pytest.approx(0.1, abs=1e-6)


def test_rows_weigh_alike_however_many_swaps_they_have() -> None:
    def say(text: str) -> tuple[float, float]:
        return probability(0.9 if "cat" in text else 0.3)

    rows = given(["ann came", "ann and ben came"], GROUPS_OF_THREE)
    found = measured("counterfactual", classifying(say), rows)
    assert found.headline.value == pytest.approx((0.5 + 0) / 2)  # one of two swaps flips; ann and ben: none
    assert found.tables[COUNTS].set_index("what").loc["swaps", "number"] == 3 and found.offends


def test_more_labels_use_total_variation_and_every_label_has_a_shift() -> None:
    def say(text: str) -> np.ndarray:
        return np.log([0.5, 0.3, 0.2] if "ann" in text else [0.2, 0.2, 0.6])

    found = measured("counterfactual", classifying(say, ("a", "b", "c")), given(["ann"], GROUPS_OF_THREE))
    assert figure(found, "mean_gap") == pytest.approx(0.4, abs=1e-6) and found.headline.value == 1
    groups = found.tables[GROUPS].set_index(["group", "label"])["mean shift"]
    assert groups["A", "a"] == pytest.approx(0.3, abs=1e-6) and groups["A", "c"] == pytest.approx(-0.4, abs=1e-6)
    assert groups["B", "a"] == pytest.approx(0.2 - (0.5 + 0.2) / 2, abs=1e-6)
    assert found.tables[PAIRS]["label"].tolist() == ["a", "a"]  # the original's likeliest


def test_several_labels_each_at_its_threshold() -> None:
    def say(text: str) -> np.ndarray:
        p = np.array([0.3, 0.8] if "ann" in text else [0.25, 0.65])
        return np.log(p / (1 - p))

    rows = given(["ann"], GROUPS_OF_THREE, label=["x|y"])
    loose = measured("counterfactual", classifying(say, ("x", "y"), several=True), rows)
    assert loose.headline.value == 0 and figure(loose, "mean_gap") == pytest.approx(0.15, abs=1e-6)
    assert loose.tables[BY_LABEL]["true label"].tolist() == ["x", "y"]
    tight = measured("counterfactual", classifying(say, ("x", "y"), several=True, thresholds=(0.28, 0.5)), rows)
    assert tight.headline.value == 1
    watched = measured("counterfactual", classifying(say, ("x", "y"), several=True, thresholds=(0.28, 0.5)), rows,
                       label="y")  # fmt: skip
    assert watched.headline.value == 0


def test_shift_against_the_others_by_hand() -> None:
    p = np.array([[0.9, 0.3, np.nan], [0.5, 0.5, 0.2], [0.4, np.nan, np.nan]])
    assert against_others(p) == pytest.approx(
        np.array([[0.6, -0.6, np.nan], [0.15, 0.15, -0.3], [np.nan] * 3]), nan_ok=True
    )


def test_nothing_to_swap_is_a_sentence_and_no_zero() -> None:
    found = measured("counterfactual", classifying(leaning), given(["It rains.", ""]))
    assert found.headline.value is None and "No text" in found.headline.note and found.headline.n == 0
    assert found.tables[COUNTS].set_index("what").loc["rows without any term", "number"] == 2


def test_texts_that_are_cut_are_told() -> None:
    found = measured("counterfactual", classifying(leaning, cut=15), given(["He sings in the evening.", "He sings."]))
    assert any("2 texts are longer" in warning for warning in found.warnings)


def test_pairs_of_texts_are_scored_together() -> None:
    def say(text: str) -> tuple[float, float]:
        return probability(0.9 if text == "a song || by her" else 0.1)

    found = measured("counterfactual", classifying(say), given(["a song"], text_pair=["by him"]))
    assert found.headline.value == 1 and found.tables[PAIRS]["counterfactual, second text"].tolist() == ["by her"]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [({"label": "maybe"}, "no label 'maybe'"), ({"threshold": 0.5}, "no label")],
)  # fmt: skip
def test_wrong_settings_are_sentences(settings: dict[str, object], sentence: str) -> None:
    three = classifying(lambda text: (0, 0, 1), ("a", "b", "c"))
    with pytest.raises(UserProblem, match=sentence):
        measured("counterfactual", three, given(["He"]), **settings)


def test_it_stops_when_asked_and_survives_the_disk(tmp_path) -> None:
    from core.bias.measures import measure

    known, rows = measure("counterfactual"), given(["He sings."])
    with pytest.raises(Stopped):
        known.compute(classifying(leaning), rows, known.config(), report=silent, should_stop=lambda: "discard")
    found = measured("counterfactual", classifying(leaning), rows)
    found_files.write(found, tmp_path)
    assert found_files.read(tmp_path).to_json() == found.to_json()


def test_the_same_seed_finds_the_same() -> None:
    rows = given(["An American came.", "He met a German."], lexicon.test("Nationality"))
    first, again = (measured("counterfactual", classifying(leaning), rows, most=3, seed=5) for _ in range(2))
    assert first.to_json() == again.to_json() and first.tables[PAIRS].equals(again.tables[PAIRS])
