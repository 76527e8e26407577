"""Occlusion: differences of the scorer's own logits, word by word."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import Stopped
from core.inference.classifier import Classifier
from core.inference.scorers.tfidf import TfidfScorer
from core.inspection.attribution import attribute, look
from core.inspection.attribution.method import Options


def words_alone() -> Classifier:
    """A count of single words without length norm: each word's share does not depend on the others."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = ["good soup", "bad soup", "good good pizza", "cold pizza"]
    counted = TfidfVectorizer(token_pattern=r"(?u)\b\w+\b", norm=None, dtype=np.float32).fit(texts)
    weight = np.random.default_rng(0).normal(size=(2, len(counted.vocabulary_)))
    return Classifier(TfidfScorer(counted, weight, np.array([0.5, -0.5])), ("no", "yes"))


def test_on_a_bag_of_words_occlusion_is_the_contribution() -> None:
    classifier = words_alone()
    text = "Cold soup, bad pizza"
    exact = attribute(classifier, text, label="yes")
    hidden = attribute(classifier, text, label="yes", method="occlusion")
    assert exact.method == "contributions"
    assert [unit.text for unit in exact.units] == ["Cold", "soup", ",", "bad", "pizza"]
    assert hidden.scores == pytest.approx(exact.scores, abs=1e-5)
    assert exact.scores[2] == 0 and np.abs(exact.scores[[0, 1, 3, 4]]).min() > 0


def test_deleting_is_what_the_scorer_says_of_the_shorter_text(tiny) -> None:
    text = "pizza good bad soup"
    found = attribute(tiny, text, method="occlusion", label="good", options=Options(replacement="delete"))
    shorter = [" ".join(word for place, word in enumerate(text.split()) if place != gone) for gone in range(4)]
    logits = tiny.scorer.logits([text, *shorter]).values[:, 1]
    assert found.scores == pytest.approx(logits[0] - logits[1:], abs=1e-5)


def test_masking_is_what_the_scorer_says_of_the_masked_text(tiny) -> None:
    found = attribute(tiny, "pizza good bad", method="occlusion", label="bad")
    logits = tiny.scorer.logits(["pizza good bad", "[MASK] good bad", "pizza [MASK] bad", "pizza good [MASK]"]).values
    assert found.scores == pytest.approx(logits[0, 0] - logits[1:, 0], abs=1e-5)


def test_a_word_of_several_pieces_is_hidden_whole(tiny) -> None:
    sight = look(tiny, "good bdz")
    assert len(sight.units[1].pieces) == 3
    masked = tiny.scorer.logits(["good [MASK] [MASK] [MASK]"]).values[0]
    assert sight.without([(1,)], "mask")[0] == pytest.approx(masked, abs=1e-5)


def test_a_stop_is_obeyed_and_progress_is_told(tiny) -> None:
    told: list[int] = []
    attribute(tiny, "good soup", method="occlusion", report=lambda progress: told.append(progress.step))
    assert told == [2]
    with pytest.raises(Stopped, match="0 of 2"):
        attribute(tiny, "good soup", method="occlusion", should_stop=lambda: "discard")
