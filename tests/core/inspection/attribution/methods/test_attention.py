"""Attention: shares of one row of the last layer that reads, never of a layer that only averages."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from core.encoding.averaging import append_averaging_layer
from core.encoding.tokenizing import load_tokenizer
from core.errors import UserProblem
from core.inference.classifier import Classifier
from core.inference.scorers.sequence import SequenceScorer
from core.inspection.attribution import attribute
from core.inspection.attribution.methods import METHODS
from tests.core.encoding.tiny_models import tiny_classifier
from tests.core.inspection.attribution.conftest import LABELS, TEXT, tiny_probe


def test_it_is_the_row_of_the_first_piece_mean_over_heads(tiny) -> None:
    found = attribute(tiny, TEXT, method="attention")
    inputs = tiny.scorer.tokenizer(TEXT, return_tensors="pt")
    tiny.scorer.model.set_attn_implementation("eager")
    with torch.no_grad():
        rows = tiny.scorer.model(**inputs, output_attentions=True).attentions[-1][0].mean(0)
    tiny.scorer.model.set_attn_implementation("sdpa")
    assert found.piece_scores == pytest.approx(rows[0].numpy(), abs=1e-6)
    assert found.total == pytest.approx(1, abs=1e-6)
    assert "layer 2" in found.notes[-1] and "[CLS]" in found.notes[-1]


def test_the_classifier_itself_goes_on_without_it(tiny) -> None:
    attribute(tiny, TEXT, method="attention")
    assert tiny.scorer.model.config._attn_implementation == "sdpa"


def test_a_layer_that_averages_is_passed_over(tmp_path: Path) -> None:
    model = tiny_classifier(tmp_path, LABELS)
    append_averaging_layer(model)
    found = attribute(
        Classifier(SequenceScorer(model.eval(), load_tokenizer(tmp_path), 32), LABELS), TEXT, method="attention"
    )
    assert "layer 2" in found.notes[-1] and "all pieces" in found.notes[-1]
    assert found.scores.max() - found.scores.min() > 1e-4


def test_a_probe_shows_the_layer_it_reads(tmp_path: Path) -> None:
    assert "layer 1" in attribute(tiny_probe(tmp_path / "a", "cls", 1), TEXT, method="attention").notes[-1]
    with pytest.raises(UserProblem, match="no attention"):
        attribute(tiny_probe(tmp_path / "b", "mean", 0), TEXT, method="attention")


def test_it_says_of_itself_that_it_explains_nothing() -> None:
    assert [name for name, one in METHODS.items() if not one.explains] == ["attention"]
