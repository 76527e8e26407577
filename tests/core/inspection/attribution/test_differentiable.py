"""The network of embeddings answers what the scorer answers, for every architecture and every probe."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from core.encoding.averaging import append_averaging_layer
from core.encoding.pooling import POOLINGS
from core.encoding.tokenizing import load_tokenizer
from core.inference.classifier import Classifier
from core.inference.scorers.sequence import SequenceScorer
from core.inspection.attribution import look
from core.inspection.attribution.target import Target
from tests.core.encoding.tiny_models import tiny_classifier
from tests.core.inspection.attribution.conftest import LABELS, TEXT, tiny_probe


def check(classifier: Classifier, text: str = TEXT, pair: str | None = None) -> None:
    """Both ways through the network against the scorer."""
    sight = look(classifier, text, pair)
    wanted = classifier.scorer.logits([text], None if pair is None else [pair]).values[0]
    assert sight.logits == pytest.approx(wanted, abs=1e-4)
    for label in range(3):
        found = sight.function(Target(label))(sight.embeddings()[None])
        assert float(found[0]) == pytest.approx(float(wanted[label]), abs=1e-4)


@pytest.mark.parametrize("pooling", POOLINGS)
@pytest.mark.parametrize("layer", [-1, 1, 0])
def test_probes_of_every_pooling_and_layer(tmp_path: Path, pooling: str, layer: int) -> None:
    check(tiny_probe(tmp_path / "body", pooling, layer))


@pytest.mark.parametrize("kind", ["bert", "distilbert", "roberta", "electra"])
@pytest.mark.parametrize("pair", [None, "bad soup"])
def test_sequence_classifiers(tmp_path: Path, kind: str, pair: str | None) -> None:
    model = tiny_classifier(tmp_path, LABELS, kind)
    check(Classifier(SequenceScorer(model, load_tokenizer(tmp_path), 48), LABELS), pair=pair)


def test_a_typed_padding_piece_takes_no_position_in_roberta(tmp_path: Path) -> None:
    model = tiny_classifier(tmp_path, LABELS, "roberta")
    check(Classifier(SequenceScorer(model, load_tokenizer(tmp_path), 48), LABELS), "good <pad> soup")


def test_the_layer_that_averages_stays_in_place(tmp_path: Path) -> None:
    model = tiny_classifier(tmp_path, LABELS)
    append_averaging_layer(model)
    check(Classifier(SequenceScorer(model.eval(), load_tokenizer(tmp_path), 48), LABELS))
    assert len(model.bert.encoder.layer) == 3


def test_parameters_are_frozen(tiny) -> None:
    sight = look(tiny, TEXT)
    x = sight.embeddings()[None].requires_grad_(True)
    torch.autograd.grad(sight.function(Target(0))(x).sum(), x)
    assert not any(parameter.requires_grad for parameter in tiny.scorer.model.parameters())
