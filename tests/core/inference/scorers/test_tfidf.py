"""TF-IDF by hand, and its state as arrays and words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from core.errors import UserProblem
from core.inference.scorers.tfidf import TfidfScorer


def test_by_hand(tmp_path: Path) -> None:
    vectorizer = TfidfVectorizer(norm="l2").fit(["good pizza", "bad pizza"])
    weight = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])  # terms in order: bad, good, pizza
    scorer = TfidfScorer(vectorizer, weight, np.zeros(2))
    idf = np.log(3 / 2) + 1  # smooth idf of a term in one of two texts; pizza, in both, has 1
    good = idf / np.sqrt(idf**2 + 1)
    logits = scorer.logits(["good pizza", "something else"])
    assert np.allclose(logits.values, [[good, 0], [0, 0]])
    assert logits.tokens.tolist() == [2, 0]


def test_nothing_but_tensors_and_json(tfidf_classifier, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    tfidf_classifier.scorer.save(folder, tfidf_classifier.labels, "single_label")
    assert {path.name for path in folder.iterdir()} == {"head.safetensors", "vectorizers.json"}


def test_a_foreign_word_pattern_is_refused(tfidf_classifier, tmp_path: Path) -> None:
    tfidf_classifier.scorer.save(tmp_path, tfidf_classifier.labels, "single_label")
    state = json.loads((tmp_path / "vectorizers.json").read_text())
    state[0]["parameters"]["token_pattern"] = "(a+)+$"
    (tmp_path / "vectorizers.json").write_text(json.dumps(state))
    with pytest.raises(UserProblem, match="pattern of its own"):
        TfidfScorer.load(tmp_path)
