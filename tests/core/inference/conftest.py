"""Small classifiers of every kind, as texts about food that no one trained on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.encoding.encoder import Encoder
from core.encoding.tokenizing import load_tokenizer
from core.inference.classifier import Classifier
from core.inference.scorers.probe import ProbeScorer
from core.inference.scorers.sequence import SequenceScorer
from core.inference.scorers.tfidf import TfidfScorer
from tests.core.encoding.tiny_models import tiny_body, tiny_classifier

LABELS = ("=bad", "good", "mixed|so so")
TEXTS = tuple(
    f"{start} {subject} was {how} {tail}".strip()
    for start in ("the", "a very", "not the")
    for subject in ("pizza", "soup", "waiter", "café 味道")
    for how in ("good", "bad", "cold", "love and not bad")
    for tail in ("", "!", "and " * 40)
)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random BERT of two layers, H = 32, at most 64 pieces."""
    return tiny_body(tmp_path_factory.mktemp("tiny") / "bert")


def sequence(folder: Path) -> SequenceScorer:
    model = tiny_classifier(folder / "sequence", LABELS)
    return SequenceScorer(model, load_tokenizer(folder / "sequence"), 32)


def probe(folder: Path) -> ProbeScorer:
    rng = np.random.default_rng(0)
    encoder = Encoder(tiny_body(folder / "body"), pooling="last_four_mean", layer=-1, max_length=32)
    vectors = encoder.encode(TEXTS, precision="float32").vectors
    mean, scale = vectors.mean(0), vectors.std(0) + 1e-3
    return ProbeScorer(encoder, rng.normal(size=(3, 32)), rng.normal(size=3), mean, scale)


def tfidf(folder: Path) -> TfidfScorer:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b|[^\w\s]").fit(TEXTS)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), strip_accents="unicode").fit(TEXTS)
    size = len(words.vocabulary_) + len(letters.vocabulary_)
    rng = np.random.default_rng(0)
    return TfidfScorer([words, letters], rng.normal(size=(3, size)), rng.normal(size=3))


MAKERS: dict[str, Callable[[Path], object]] = {"sequence": sequence, "probe": probe, "tfidf": tfidf}


@pytest.fixture(params=MAKERS)
def scorer(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    """A scorer of each kind in turn, three labels."""
    return MAKERS[request.param](tmp_path)


@pytest.fixture
def classifier(scorer) -> Classifier:
    """A classifier of each kind in turn, with a temperature."""
    return Classifier(scorer, LABELS, temperature=1.7)


@pytest.fixture
def tfidf_classifier(tmp_path: Path) -> Classifier:
    return Classifier(tfidf(tmp_path), LABELS)


@pytest.fixture
def probe_classifier(tmp_path: Path) -> Classifier:
    return Classifier(probe(tmp_path), LABELS, temperature=1.7)


@pytest.fixture
def sequence_classifier(tmp_path: Path) -> Classifier:
    return Classifier(sequence(tmp_path), LABELS, temperature=1.7)
