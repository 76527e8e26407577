"""The head by hand, and the body as transformers loads it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.encoding.encoder import Encoder
from core.errors import UserProblem
from core.inference.scorers.probe import ProbeScorer
from tests.core.inference.conftest import LABELS, TEXTS


def test_the_head_by_hand(tiny: Path) -> None:
    weight = np.zeros((2, 32))
    weight[0, 0], weight[1, 1] = 2.0, -1.0
    scorer = ProbeScorer(Encoder(tiny), weight, np.array([0.5, 0.0]), np.full(32, 1.0), np.full(32, 4.0))
    vectors = np.zeros((1, 32), np.float32)
    vectors[0, :2] = 3.0, 9.0
    assert scorer.head(vectors).tolist() == [[2 * (3 - 1) / 4 + 0.5, -(9 - 1) / 4]]


def test_the_body_loads_with_auto_classes_and_carries_the_labels(tiny: Path, tmp_path: Path) -> None:
    from transformers import AutoModel, AutoTokenizer

    scorer = ProbeScorer(Encoder(tiny, max_length=32), np.ones((3, 32)), np.zeros(3))
    scorer.save(tmp_path, LABELS, "single_label")
    model, info = AutoModel.from_pretrained(tmp_path, output_loading_info=True)
    assert not info["missing_keys"]
    assert model.config.id2label == dict(enumerate(LABELS))
    inputs = AutoTokenizer.from_pretrained(tmp_path)(TEXTS[0], return_tensors="pt")
    vector = model.eval()(**inputs).last_hidden_state[0].mean(0).detach().numpy()
    assert np.abs(scorer.encoder.encode([TEXTS[0]], precision="float32").vectors[0] - vector).max() <= 1e-5


def test_the_copy_shares_the_cache_of_its_base(tiny: Path, tmp_path: Path) -> None:
    scorer = ProbeScorer(Encoder(tiny, max_length=32), np.ones((3, 32)), np.zeros(3))
    scorer.save(tmp_path, LABELS, "single_label")
    assert ProbeScorer.load(tmp_path).encoder.digest == scorer.encoder.digest


def test_a_head_for_another_width_is_a_problem(tiny: Path, tmp_path: Path) -> None:
    ProbeScorer(Encoder(tiny), np.ones((3, 16)), np.zeros(3)).save(tmp_path, LABELS, "single_label")
    with pytest.raises(UserProblem, match="16 dimensions"):
        ProbeScorer.load(tmp_path)


def test_settings_are_plain_json(tiny: Path, tmp_path: Path) -> None:
    ProbeScorer(Encoder(tiny, "cls", 1, 20), np.ones((3, 32)), np.zeros(3)).save(tmp_path, LABELS, "single_label")
    assert json.loads((tmp_path / "encoding.json").read_text()) == {"pooling": "cls", "layer": 1, "max_length": 20}
