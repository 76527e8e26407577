"""What holds for every kind of scorer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import UserProblem
from core.inference.scorers import SCORERS, scorer_class
from tests.core.inference.conftest import LABELS, TEXTS

PAIRS = tuple(TEXTS[::-1])


@pytest.mark.parametrize("pairs", [None, PAIRS], ids=["single", "pairs"])
def test_one_by_one_equals_batched(scorer, pairs) -> None:
    together = scorer.logits(TEXTS, pairs)
    for row, text in enumerate(TEXTS):
        alone = scorer.logits([text], None if pairs is None else [pairs[row]])
        assert np.abs(alone.values[0] - together.values[row]).max() <= 1e-5
        assert alone.tokens[0] == together.tokens[row] and alone.truncated[0] == together.truncated[row]


def test_shapes_types_and_order(scorer) -> None:
    logits = scorer.logits(["the pizza was good", "the soup was bad", "the pizza was good"])
    assert logits.values.shape == (3, 3) and logits.values.dtype == np.float32
    assert logits.tokens.dtype == np.int32 and logits.truncated.dtype == bool
    assert np.array_equal(logits.values[0], logits.values[2])
    assert not np.array_equal(logits.values[0], logits.values[1])


def test_texts_and_pairs_are_not_interchangeable_with_single_texts(scorer) -> None:
    alone, paired = scorer.logits(["the pizza"]), scorer.logits(["the pizza"], ["was not good"])
    assert not np.allclose(alone.values, paired.values, atol=1e-4)


def test_saved_and_loaded_it_scores_the_same(scorer, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    scorer.save(folder, LABELS, "single_label")
    again = scorer_class(scorer.kind).load(folder)
    first, second = scorer.logits(TEXTS, PAIRS), again.logits(TEXTS, PAIRS)
    assert np.abs(first.values - second.values).max() <= 1e-6
    assert np.array_equal(first.tokens, second.tokens) and np.array_equal(first.truncated, second.truncated)


def test_bfloat16_is_near(scorer) -> None:
    exact, rounded = scorer.logits(TEXTS), scorer.logits(TEXTS, precision="bfloat16")
    spread = exact.values.std()
    assert np.abs(exact.values - rounded.values).mean() <= 0.1 * spread
    if scorer.kind != "tfidf":
        assert not np.array_equal(exact.values, rounded.values)


def test_a_text_longer_than_what_is_seen_is_flagged(scorer) -> None:
    long = "good " * 300_000
    assert scorer.logits([long, "good"]).truncated.tolist() == [True, False]


def test_no_texts(scorer) -> None:
    assert scorer.logits([]).values.shape == (0, 3)


def test_every_kind_is_in_the_catalogue() -> None:
    assert {kind: scorer_class(kind).kind for kind in SCORERS} == {kind: kind for kind in SCORERS}
    with pytest.raises(UserProblem, match="sequence, probe, tfidf"):
        scorer_class("pickle")
