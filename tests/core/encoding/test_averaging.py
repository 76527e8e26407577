"""The added layer brings the mean of all real pieces to the first one, and transformers loads what comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForSequenceClassification

from core.encoding.averaging import append_averaging_layer, averages, reads_the_mean
from core.encoding.base_models import bundled
from core.encoding.loading import load_sequence_classifier
from core.errors import UserProblem

IDS = torch.tensor([[5, 9, 11, 8, 12, 6], [5, 13, 6, 0, 0, 0]])
MASK = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]])


def classifier(folder: Path) -> Any:
    torch.manual_seed(0)
    return load_sequence_classifier(folder, ("bad", "good"), "single_label")


def first_piece(model: Any) -> torch.Tensor:
    with torch.no_grad():
        states: torch.Tensor = model.eval().bert(input_ids=IDS, attention_mask=MASK).last_hidden_state
    return states[:, 0]


@pytest.mark.parametrize("gain", [10.0, 1e6])
def test_the_first_piece_holds_the_normalised_mean(tiny: Path, gain: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.encoding.averaging.GAIN", gain)
    model = classifier(tiny)
    with torch.no_grad():
        states = model.bert(input_ids=IDS, attention_mask=MASK).last_hidden_state
    mean = (states * MASK[..., None]).sum(1) / MASK.sum(1, keepdim=True)
    wanted = torch.nn.functional.layer_norm(mean, (mean.shape[1],), eps=model.config.layer_norm_eps)
    append_averaging_layer(model)
    near = torch.cosine_similarity(first_piece(model), wanted)
    assert near.min() > (0.9 if gain == 10 else 0.99999)


def test_padding_changes_nothing(tiny: Path) -> None:
    model = classifier(tiny)
    append_averaging_layer(model)
    with torch.no_grad():
        alone = model.eval()(input_ids=IDS[1:, :3]).logits
        padded = model(input_ids=IDS, attention_mask=MASK).logits[1:]
    assert torch.allclose(alone, padded, atol=1e-6)


def test_plain_transformers_loads_it_with_one_layer_more(tiny: Path, tmp_path: Path) -> None:
    model = classifier(tiny)
    before = model.config.num_hidden_layers
    append_averaging_layer(model)
    model.eval().save_pretrained(str(tmp_path))
    again = AutoModelForSequenceClassification.from_pretrained(str(tmp_path)).eval()
    assert again.config.num_hidden_layers == before + 1
    with torch.no_grad():
        assert torch.equal(again(IDS, MASK).logits, model(IDS, MASK).logits)


def test_it_goes_on_averaging_while_the_rest_learns(tiny: Path) -> None:
    model = classifier(tiny).train()
    append_averaging_layer(model)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2, weight_decay=0.01)
    for _ in range(3):
        loss = torch.nn.functional.cross_entropy(model(IDS, MASK).logits, torch.tensor([0, 1]))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    attention = model.bert.encoder.layer[-1].attention.self
    assert not attention.query.weight.any() and not attention.key.weight.any()
    assert model.bert.encoder.layer[-1].output.dense.weight.any()


def test_the_bundled_model_says_that_it_averages(tiny: Path) -> None:
    assert averages(bundled()) and not averages(tiny)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, False),
        ({"pooling_mode_mean_tokens": True}, True),
        ({"pooling_mode": "mean"}, True),
        ({"pooling_mode": "cls"}, False),
    ],
)
def test_old_and_new_ways_of_saying_it(said: dict[str, Any], means: bool, tmp_path: Path) -> None:
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text(json.dumps(said))
    assert averages(tmp_path) is means


def test_auto_follows_the_base_and_a_name_is_obeyed(tiny: Path, tmp_path: Path) -> None:
    assert reads_the_mean("auto", bundled()) and not reads_the_mean("auto", tiny)
    assert reads_the_mean("mean", tiny) and not reads_the_mean("cls", bundled())
    (tmp_path / "config.json").write_text('{"model_type": "roberta"}')
    assert not reads_the_mean("auto", tmp_path)
    with pytest.raises(UserProblem, match="not a plain BERT"):
        reads_the_mean("mean", tmp_path)
