"""RND by hand, one meaning of the sign for both variants, its permutation test, and WEFE."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from core.bias.associations import rnd
from core.bias.measures.rnd import SIMILARITY
from tests.core.bias.golden.wefe_found import inputs, wefe
from tests.core.bias.measuring import measured, words

ROWS = {"x": [3.0, 0.0], "y": [0.0, 2.0], "near x": [5.0, 0.0], "near y": [0.0, 0.5], "between": [1.0, 1.0]}


def test_the_value_by_hand(table) -> None:
    """All words have length one: near x is 0 from x and sqrt(2) from y."""
    given = words({"X": ["x"], "Y": ["y"]}, {"N": ["near x"]})
    found = measured("rnd", table(ROWS), given)
    assert found.headline.value == pytest.approx(-np.sqrt(2))
    assert measured("rnd", table(ROWS), given, by=SIMILARITY).headline.value == pytest.approx(-1.0)


def test_a_positive_value_is_nearer_to_the_second_in_both_variants(table) -> None:
    given = words({"X": ["x"], "Y": ["y"]}, {"N": ["near x", "near y", "between"]})
    rows = measured("rnd", table(ROWS), given).tables["words"].set_index("word")
    for by in ("by distance", "by similarity"):
        assert rows.loc["near x", by] < 0 < rows.loc["near y", by]
        assert rows.loc["between", by] == pytest.approx(0.0, abs=1e-12)


def test_mean_and_sum(table) -> None:
    given = words({"X": ["x"], "Y": ["y"]}, {"N": ["near x", "between"], "M": ["near y"]})
    found = measured("rnd", table(ROWS), given)
    figures = {one.name: one.value for one in found.figures}
    assert found.headline.value == pytest.approx(0.0, abs=1e-12)
    assert figures["sum"] == pytest.approx(0.0, abs=1e-12)
    assert figures["either_way"] == pytest.approx(2 * np.sqrt(2) / 3), "two of the three words lie far out"
    assert (figures["set_0"], figures["set_1"]) == pytest.approx((-np.sqrt(2) / 2, np.sqrt(2)))


@pytest.mark.parametrize("similarity", [False, True])
def test_p_counts_every_partition_of_the_target_words(similarity: bool) -> None:
    rng = np.random.default_rng(5)
    neutral, targets = rng.normal(size=(6, 4)), rng.normal(size=(7, 4))
    targets[:4] += 0.6

    def value(first: tuple[int, ...]) -> float:
        rest = [place for place in range(7) if place not in first]
        return float(rnd.differences(neutral, targets[list(first)], targets[rest], similarity).mean())

    every = np.array([value(chosen) for chosen in combinations(range(7), 4)])
    seen = value((0, 1, 2, 3))
    wanted = min(1.0, 2 * min((every >= seen - 1e-12).sum(), (every <= seen + 1e-12).sum()) / len(every))
    found = rnd.p_value(neutral, targets[:4], targets[4:], similarity, 999, 0)
    assert found.p == pytest.approx(wanted)
    assert found.method == "exact, all 35 partitions"
    assert found.certain


def test_dealt_p_lies_near_the_exact_one_and_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    neutral, targets = rng.normal(size=(5, 4)), rng.normal(size=(10, 4))
    targets[:5] += 0.5
    exact = rnd.p_value(neutral, targets[:5], targets[5:], False, 999, 0)
    monkeypatch.setattr(rnd, "EXACT", 10)
    dealt = [rnd.p_value(neutral, targets[:5], targets[5:], False, 9_999, 3) for _ in range(2)]
    assert dealt[0] == dealt[1]
    assert dealt[0].low <= exact.p <= dealt[0].high
    assert not dealt[0].certain
    assert dealt[0].smallest == pytest.approx(2 / 10_000)


def test_one_word_a_side_can_show_nothing(table) -> None:
    found = measured("rnd", table(ROWS), words({"X": ["x"], "Y": ["y"]}, {"N": ["near x"]}))
    assert found.headline.chance is not None
    assert found.headline.chance.p == 1.0
    assert found.headline.low is None


def test_wefe_agrees_but_for_the_sign_with_cosines(table) -> None:
    """WEFE's value with 'cos' is positive for words nearer to the first group, with 'norm' for the second."""
    audited, golden = table(wefe()["vectors"]), wefe()["found"]
    norm = measured("rnd", audited, inputs(1))
    assert norm.headline.value == pytest.approx(golden["rnd_norm"]["result"], abs=1e-6)
    cosine = measured("rnd", audited, inputs(1), by=SIMILARITY)
    assert cosine.headline.value == pytest.approx(-golden["rnd_cos"]["result"], abs=1e-6)
    rows = norm.tables["words"].set_index("word")
    for word, value in golden["rnd_norm"]["words"].items():
        assert rows.loc[word, "by distance"] == pytest.approx(value, abs=1e-6)
    for word, value in golden["rnd_cos"]["words"].items():
        assert rows.loc[word, "by similarity"] == pytest.approx(-value, abs=1e-6)
