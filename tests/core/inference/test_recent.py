"""Repeated texts are not computed again, and memory is bounded."""

from __future__ import annotations

import numpy as np

from core.inference.classifier import Classifier
from core.inference.recent import RecentPredictions
from tests.core.inference.test_classifier import Fixed


class Counting(Fixed):
    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def logits(self, texts, pairs=None, *, precision="float32"):
        self.calls.append(list(texts))
        return super().logits(texts, pairs, precision=precision)


def test_same_as_the_classifier_and_each_text_once() -> None:
    scorer = Counting()
    classifier = Classifier(scorer, ("a", "b"))
    recent = RecentPredictions(classifier, "float32")
    first = recent.predict(["1 0", "0 1", "1 0"], None)
    second = recent.predict(["0 1", "3 0"], None)
    assert scorer.calls == [["1 0", "0 1"], ["3 0"]]
    assert first.labels() == ("a", "b", "a") and second.labels() == ("b", "a")
    assert np.array_equal(second.probabilities, classifier.predict(["0 1", "3 0"]).probabilities)


def test_the_least_recently_used_is_forgotten() -> None:
    scorer = Counting()
    recent = RecentPredictions(Classifier(scorer, ("a", "b")), "float32", rows=2)
    for text in ("1 0", "2 0", "1 0", "3 0", "1 0", "2 0"):
        recent.predict([text], None)
    assert [call[0] for call in scorer.calls] == ["1 0", "2 0", "3 0", "2 0"]
    assert len(recent._known) == 2


def test_pairs_count_as_part_of_the_text() -> None:
    scorer = Counting()
    recent = RecentPredictions(Classifier(scorer, ("a", "b")), "float32")
    recent.predict(["1 0"], ["x"])
    recent.predict(["1 0"], ["y"])
    recent.predict(["1 0"], None)
    assert len(scorer.calls) == 3


def test_no_texts_at_all() -> None:
    assert RecentPredictions(Classifier(Counting(), ("a", "b")), "float32").predict([], None).labels() == ()
