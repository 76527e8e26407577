"""CEAT: the random-effects mean by hand, draws, and a p that the number of draws does not move."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.bias import lexicon
from core.bias.audited import Audited
from core.bias.charts.ceat import charts
from core.bias.inputs import Inputs
from core.bias.sentences.drawn_contexts import associations, expected
from core.bias.sentences.random_effects import pooled, sampling_variance
from core.errors import UserProblem
from tests.core.bias.measuring import measured, words

WEAT_7 = Inputs("WEAT 7", lexicon.test("WEAT 7"))


def test_random_effects_by_hand() -> None:
    """Sizes 0, 1, 2 with variance 1/2: w = 2; Q = 10 - 36/6 = 4; c = 6 - 12/6 = 4; tau^2 = (4 - 2)/4 = 1/2."""
    found = pooled(np.array([0.0, 1.0, 2.0]), np.full(3, 0.5))
    assert [found.q, found.tau, found.mean] == pytest.approx([4, 0.5**0.5, 1])
    assert found.error == pytest.approx(3**-0.5)  # w* = 1 each


def test_unequal_variances_by_hand() -> None:
    """Sizes 0 and 3, V 1 and 1/2: w = 1, 2; Q = 18 - 12 = 6; c = 3 - 5/3 = 4/3; tau^2 = 15/4; w* = 4/19, 4/17."""
    found = pooled(np.array([0.0, 3.0]), np.array([1.0, 0.5]))
    assert found.tau**2 == pytest.approx(15 / 4)
    assert found.mean == pytest.approx(3 * (4 / 17) / (4 / 19 + 4 / 17))


def test_like_sizes_have_no_spread_between_them() -> None:
    assert pooled(np.array([0.4, 0.4, 0.5]), np.ones(3)).tau == 0
    assert sampling_variance(np.array([1.0]), 8, 8)[0] == pytest.approx(16 / 64 + 1 / 32)


def test_the_draws_come_to_the_words_means() -> None:
    random = np.random.default_rng(0)
    given = [[random.normal(size=(n, 5)) for n in sizes] for sizes in ((3, 1, 4), (2, 2), (1, 3))]
    s = associations(given[0], given[1], given[2], draws=40_000, seed=1)
    assert s.shape == (40_000, 3)
    assert s.mean(axis=0) == pytest.approx(expected(*given), abs=0.01)
    one = [[rows[:1] for rows in some] for some in given]  # one context each: every draw is the same
    assert np.ptp(associations(one[0], one[1], one[2], draws=5, seed=2), axis=0) == pytest.approx(0)


def test_more_draws_make_the_papers_p_smaller_and_leave_ours(bert: Audited) -> None:
    few, many = (measured("ceat", bert, WEAT_7, draws=draws, variance="sampling variance") for draws in (20, 40))
    assert few.headline.chance == many.headline.chance
    assert few.headline.chance is not None and few.headline.chance.unit == "words"
    errors = [one.tables["what the literature prints"]["standard error"].iloc[-1] for one in (few, many)]
    assert errors[1] == pytest.approx(errors[0] / 2**0.5, rel=0.15)
    assert few.headline.low is not None and few.headline.low < few.headline.value < few.headline.high  # type: ignore[operator]


def test_words_are_looked_for_in_given_texts(bert: Audited) -> None:
    given = words({"X": ["math", "algebra"], "Y": ["dance", "opera"]}, {"A": ["man", "boy"], "B": ["woman", "girl"]})
    texts = [f"A {one} and {other} here, number {n}." for n, (one, other) in enumerate(
        [("math", "man"), ("algebra", "boy"), ("dance", "woman"), ("Math", "girl"), ("dance", "girl")])]  # fmt: skip
    found = measured("ceat", bert, Inputs("own", given.words, pd.DataFrame({"text": texts})), draws=10)
    assert found.lost == {"Y": ("opera",)}
    assert dict(zip(*(found.tables["words"][name] for name in ("word", "sentences")), strict=True)) == {
        "math": 2, "algebra": 1, "dance": 2,
    }  # fmt: skip
    (drawn,) = charts(found, {})
    assert drawn.alt.startswith("10 draws")
    with pytest.raises(UserProblem, match="No word of"):
        measured("ceat", bert, Inputs("own", given.words, pd.DataFrame({"text": texts[:2]})), draws=10)
