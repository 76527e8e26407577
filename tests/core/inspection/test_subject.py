from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.encoding.averaging import append_averaging_layer
from core.encoding.base_models import bundled
from core.encoding.loading import load_sequence_classifier
from core.errors import UserProblem
from core.inspection.states import batch_of
from core.inspection.subject import Subject
from tests.core.inspection.tiny_subject import subject


@pytest.mark.parametrize("kind", ["bert", "distilbert", "roberta", "electra", "narrow"])
def test_every_architecture_tells_its_layers_and_widths(tmp_path: Path, kind: str) -> None:
    found = subject(tmp_path, kind)
    assert (found.layers, found.hidden) == (2, 32)
    assert found.embedding_width == (16 if kind == "narrow" else 32)
    assert found.segments == (kind in ("bert", "electra", "narrow"))
    rows = found.static(np.array([5, 5, 6]))
    assert rows.shape == (3, found.embedding_width) and (rows[0] == rows[1]).all() and (rows[0] != rows[2]).any()


def test_the_readable_body_shares_the_weights_and_hands_out_attention(tmp_path: Path) -> None:
    found = subject(tmp_path)
    own = {name: weight.data_ptr() for name, weight in found.body.named_parameters()}
    assert {name: weight.data_ptr() for name, weight in found.readable.named_parameters()} == own
    batch = batch_of(found, [found.read("the pizza was good"), found.read("cold")])
    with torch.inference_mode():
        fast, read = found.body(**batch), found.readable(**batch, output_attentions=True)
    assert len(read.attentions) == 2
    assert torch.allclose(read.attentions[0].sum(-1), torch.ones(2, 2, read.attentions[0].shape[2]), atol=1e-5)
    assert torch.allclose(fast.last_hidden_state[0], read.last_hidden_state[0], atol=1e-5)
    assert not any(weight.requires_grad for weight in found.body.parameters())


def test_the_layer_that_only_averages_is_no_layer(tmp_path: Path) -> None:
    plain = subject(tmp_path / "plain")
    model = load_sequence_classifier(plain.folder, ("bad", "good"), "single_label")
    append_averaging_layer(model)
    model.eval().save_pretrained(str(tmp_path / "plain"))
    found = Subject(tmp_path / "plain")
    assert len(found.body.encoder.layer) == found.layers == 2
    batch = batch_of(found, [found.read("the pizza was good")])
    with torch.inference_mode():
        states = found.body(**batch, output_hidden_states=True).hidden_states
        before = model.bert(**batch, output_hidden_states=True).hidden_states
    assert len(states) == 3 and len(before) == 4
    assert torch.allclose(states[-1], before[2], atol=1e-6)


def test_a_folder_without_a_bert_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="no BERT inside"):
        Subject(tmp_path)


def test_the_bundled_model_reads_no_more_than_it_was_made_for() -> None:
    found = Subject(bundled())
    assert (found.layers, found.hidden, found.embedding_width) == (6, 384, 384)
    assert len(found.read("word " * 2_000).pieces) == found.max_length
    assert found.digest == Subject(bundled()).digest
