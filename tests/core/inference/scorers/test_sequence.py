"""A saved sequence model is one of plain transformers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from core.encoding.tokenizing import load_tokenizer
from core.inference.scorers.sequence import SequenceScorer
from tests.core.encoding.tiny_models import tiny_classifier
from tests.core.inference.conftest import LABELS, TEXTS


@pytest.mark.parametrize("kind", ["bert", "distilbert", "roberta", "electra"])
@pytest.mark.parametrize("paired", [False, True])
def test_auto_classes_give_our_logits(tmp_path: Path, kind: str, paired: bool) -> None:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = tiny_classifier(tmp_path / "made", ("x", "y"), kind)
    scorer = SequenceScorer(model, load_tokenizer(tmp_path / "made"), 48)
    folder = tmp_path / "saved"
    folder.mkdir()
    scorer.save(folder, ("no", "yes"), "single_label")
    other, tokenizer = AutoModelForSequenceClassification.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    assert other.config.id2label == {0: "no", 1: "yes"}
    assert other.config.problem_type == "single_label_classification"
    pairs = list(TEXTS[::-1]) if paired else None
    inputs = tokenizer(list(TEXTS), pairs, truncation=True, max_length=48, padding=True, return_tensors="pt")
    with torch.no_grad():
        wanted = other.eval()(**inputs).logits.numpy()
    assert np.abs(scorer.logits(TEXTS, pairs).values - wanted).max() <= 1e-5


def test_a_folder_of_plain_transformers_loads_with_its_own_longest_input(tmp_path: Path) -> None:
    tiny_classifier(tmp_path, LABELS)
    assert SequenceScorer.load(tmp_path).max_length == 64


def test_the_settings_travel(tmp_path: Path) -> None:
    scorer = SequenceScorer(tiny_classifier(tmp_path, LABELS), load_tokenizer(tmp_path), 32)
    scorer.save(tmp_path, LABELS, "multi_label")
    assert json.loads((tmp_path / "config.json").read_text())["problem_type"] == "multi_label_classification"
    assert SequenceScorer.load(tmp_path).max_length == 32
