"""Small classifiers of every kind and architecture, and the bundled model under a fixed random head."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.encoding import base_models
from core.encoding.encoder import Encoder
from core.encoding.tokenizing import load_tokenizer
from core.inference.classifier import Classifier
from core.inference.scorers.probe import ProbeScorer
from core.inference.scorers.sequence import SequenceScorer
from tests.core.encoding.tiny_models import tiny_body, tiny_classifier

LABELS = ("bad", "good", "so so")
TEXT = "the pizza was very good and the waiter was not bad"
NASTY = {
    "script": "<script>alert(1)</script>",
    "typed mask": "the [MASK] was good",
    "emoji": "good 🍕 pizza 😀",
    "long word": "a " + "x" * 101 + " good",
    "2,000 words": "the pizza was good. " * 500,
    "Han": "味道很好",
    "Thai": "อาหารอร่อยมาก",
    "one word": "good",
}


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Classifier:
    """A random BERT of two layers with three labels, 32 pieces at most."""
    folder = tmp_path_factory.mktemp("tiny")
    return Classifier(
        SequenceScorer(tiny_classifier(folder, LABELS), load_tokenizer(folder), 32), LABELS, temperature=1.7
    )


@pytest.fixture(scope="session")
def bundled() -> Classifier:
    """The bundled body with a head of fixed random numbers on the mean of its last layer."""
    rng = np.random.default_rng(0)
    head = rng.normal(size=(3, 384)) * 4
    return Classifier(ProbeScorer(Encoder(base_models.bundled(), "mean", -1, 64), head, np.zeros(3)), LABELS)


def tiny_probe(folder: Path, pooling: str, layer: int) -> Classifier:
    """A probe on a random BERT of two layers."""
    encoder = Encoder(tiny_body(folder), pooling, layer, 32)
    rng = np.random.default_rng(0)
    width = encoder.hidden_size
    scorer = ProbeScorer(
        encoder, rng.normal(size=(3, width)), rng.normal(size=3), rng.normal(size=width), np.full(width, 2)
    )
    return Classifier(scorer, LABELS)
