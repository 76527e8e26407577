"""Contributions of a word count add up to its logit, wherever the features stand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.inspection.attribution import attribute
from core.inspection.attribution.term_places import places
from tests.core.inference.conftest import LABELS, tfidf
from tests.core.inspection.attribution.conftest import NASTY


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory):  # noqa: ANN201
    from core.inference.classifier import Classifier

    return Classifier(tfidf(Path(tmp_path_factory.mktemp("tfidf"))), LABELS)


@pytest.mark.parametrize(
    "text", ["The pizza was GOOD, and not bad!", "a very  cold café 味道 was\nlove", *NASTY.values()]
)
def test_scores_and_bias_add_up_to_the_logit(counting, text: str) -> None:
    found = attribute(counting, text, label="good")
    assert found.baseline is not None
    assert found.total + found.baseline == pytest.approx(float(counting.scorer.logits([text]).values[0, 1]), abs=1e-4)
    assert sum(term.contribution for term in found.terms) == pytest.approx(found.total, abs=1e-9)


def test_a_pair_is_read_as_one_text_and_scored_in_two(counting) -> None:
    found = attribute(counting, "good pizza", "bad soup", label="good")
    assert [(unit.part, unit.text) for unit in found.units] == [(0, "good"), (0, "pizza"), (1, "bad"), (1, "soup")]
    assert found.total + found.baseline == pytest.approx(
        float(counting.scorer.logits(["good pizza"], ["bad soup"]).values[0, 1]), abs=1e-4
    )


def test_a_term_of_two_words_is_shared_equally(counting) -> None:
    """By hand: 'was good' gives half to each of its words, 'good' all to one."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    from core.inference.classifier import Classifier
    from core.inference.scorers.tfidf import TfidfScorer

    counted = TfidfVectorizer(ngram_range=(1, 2), norm=None, use_idf=False, dtype=np.float32).fit(["was good"])
    weight = np.zeros((2, 3))
    weight[1, counted.vocabulary_["was good"]], weight[1, counted.vocabulary_["good"]] = 4.0, 1.0
    found = attribute(Classifier(TfidfScorer(counted, weight, np.zeros(2)), ("no", "yes")), "Was good", label="yes")
    assert found.scores.tolist() == [2.0, 3.0]
    assert found.terms[0].term == "was good" and found.terms[0].contribution == 4.0


def test_places_are_characters_of_the_text_as_typed() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), strip_accents="unicode").fit(["cafe"])
    found = dict(places(letters, "Ça, café") or [])
    assert found["caf"] == ((4, 7),)
    assert found[" ca"] == ((4, 6),)  # the later of two occurrences; its blank belongs to no word


def test_a_vectorizer_whose_counts_cannot_be_found_anew_is_refused() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    assert places(TfidfVectorizer(analyzer="char", ngram_range=(2, 2)).fit(["good"]), "good") is None
