"""Weights are whole or refused; a new head is the only thing that may be made up."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from core.encoding.base_models import bundled
from core.encoding.loading import load_body, load_sequence_classifier
from core.errors import UserProblem
from tests.core.encoding.tiny_models import tiny_body, tiny_classifier
from tests.core.inspection.attention.tiny_family import KINDS, tiny


def drop(folder: Path, part: str) -> None:
    tensors = load_file(folder / "model.safetensors")
    save_file({k: v for k, v in tensors.items() if part not in k}, folder / "model.safetensors", {"format": "pt"})


def test_the_bundled_body_keeps_its_pooler_under_a_new_head() -> None:
    model = load_sequence_classifier(bundled(), ("a", "b"), "single_label")
    stored = load_file(bundled() / "model.safetensors")
    assert torch.equal(model.bert.pooler.dense.weight, stored["pooler.dense.weight"])
    assert model.config.id2label == {0: "a", 1: "b"}
    assert not model.training


@pytest.mark.parametrize("kind", ["bert", "distilbert", "roberta", "electra"])
def test_every_kind_gets_a_head(tmp_path: Path, kind: str) -> None:
    model = load_sequence_classifier(tiny_body(tmp_path, kind), ("x", "y", "z"), "multi_label")
    assert model(torch.tensor([[2, 5, 3]])).logits.shape == (1, 3)
    assert model.config.problem_type == "multi_label_classification"


def test_missing_weights_are_refused_not_made_up(tmp_path: Path) -> None:
    drop(tiny_body(tmp_path), "layer.1.attention")
    with pytest.raises(UserProblem, match=r"lack 10 of the tensors.*layer\.1\.attention"):
        load_body(tmp_path)


def test_a_missing_head_is_refused_where_none_is_to_be_made(tmp_path: Path) -> None:
    tiny_classifier(tmp_path, ("a", "b"))
    drop(tmp_path, "classifier")
    with pytest.raises(UserProblem, match="classifier"):
        load_sequence_classifier(tmp_path)


def test_half_precision_weights_are_loaded_as_float32(tmp_path: Path) -> None:
    tiny_body(tmp_path)
    tensors = {key: value.to(torch.bfloat16) for key, value in load_file(tmp_path / "model.safetensors").items()}
    save_file(tensors, tmp_path / "model.safetensors", {"format": "pt"})
    assert {value.dtype for value in load_body(tmp_path).parameters()} == {torch.float32}


def test_a_cut_file_is_a_problem_in_one_sentence(tmp_path: Path) -> None:
    tiny_body(tmp_path)
    data = (tmp_path / "model.safetensors").read_bytes()
    (tmp_path / "model.safetensors").write_bytes(data[: len(data) // 2])
    with pytest.raises(UserProblem, match="cannot be loaded"):
        load_body(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_family_loads_and_bert_by_its_fast_attention(tmp_path: Path, kind: str) -> None:
    body = load_body(tiny(tmp_path / kind, kind))
    assert body.config.model_type == kind
    assert body.config._attn_implementation == ("eager" if kind == "mpnet" else "sdpa")  # MPNet has no other
