"""Rates by depth, the loss by hand, and validation in batches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.encoding.loading import load_sequence_classifier
from core.encoding.tokenizing import load_tokenizer, tokenize
from core.errors import Stopped
from core.progress import never
from core.training.trainee import Rates, SequenceTrainee, Split
from tests.core.training.food import examples


def _trainee(base: Path, problem_type: str = "single_label", weights: np.ndarray | None = None) -> SequenceTrainee:
    torch.manual_seed(0)
    model = load_sequence_classifier(base, ("bad", "good"), problem_type)
    rows = examples(20, 1, problem_type)  # type: ignore[arg-type]
    split = Split(tokenize(load_tokenizer(base), rows.texts, None, 64), rows.targets)
    rates = Rates(body=1e-3, head=5.0, layer_decay=0.5, weight_decay=0.01)
    return SequenceTrainee(model, split, split, problem_type, rates, "float32", weights)  # type: ignore[arg-type]


def test_every_parameter_stands_in_one_group_with_its_rate(tiny_base: Path) -> None:
    """Two layers, decay 0.5: head 5e-3, pooler and top layer 1e-3, first layer 5e-4, embeddings 2.5e-4."""
    trainee = _trainee(tiny_base)
    rate = {id(p): group["lr"] for group in trainee.groups() for p in group["params"]}
    decay = {id(p): group["weight_decay"] for group in trainee.groups() for p in group["params"]}
    parameters = dict(trainee.model.named_parameters())
    assert set(rate) == {id(p) for p in parameters.values()}
    assert sum(len(group["params"]) for group in trainee.groups()) == len(parameters)
    wanted = {
        "classifier.weight": 5e-3,
        "bert.pooler.dense.weight": 1e-3,
        "bert.encoder.layer.1.output.dense.weight": 1e-3,
        "bert.encoder.layer.0.output.dense.weight": 5e-4,
        "bert.embeddings.word_embeddings.weight": 2.5e-4,
    }
    assert {name: rate[id(parameters[name])] for name in wanted} == pytest.approx(wanted)
    assert decay[id(parameters["classifier.bias"])] == 0
    assert decay[id(parameters["bert.encoder.layer.0.output.LayerNorm.weight"])] == 0
    assert decay[id(parameters["classifier.weight"])] == 0.01


def test_frozen_parameters_stand_in_no_group(tiny_base: Path) -> None:
    trainee = _trainee(tiny_base)
    trainee.model.requires_grad_(False)
    assert trainee.groups() == []


def test_loss_of_single_labels_by_hand(tiny_base: Path) -> None:
    trainee = _trainee(tiny_base)
    rows = np.array([3, 8, 11])
    with torch.no_grad():
        logits = torch.cat([_alone(trainee, row) for row in rows])
        wanted = -torch.log_softmax(logits, -1)[range(3), trainee.train.targets[rows]].mean()
        assert trainee.loss(rows).item() == pytest.approx(wanted.item(), abs=1e-5)


def test_loss_of_several_labels_by_hand(tiny_base: Path) -> None:
    weights = np.array([1.0, 3.0])
    trainee = _trainee(tiny_base, "multi_label", weights)
    rows = np.array([0, 5])
    targets = torch.tensor(trainee.train.targets[rows])
    with torch.no_grad():
        sure = torch.sigmoid(torch.cat([_alone(trainee, row) for row in rows]))
        wanted = -(torch.tensor([1.0, 3.0]) * targets * sure.log() + (1 - targets) * (1 - sure).log()).mean()
        assert trainee.loss(rows).item() == pytest.approx(wanted.item(), abs=1e-5)


def test_validation_is_in_the_order_of_the_rows(tiny_base: Path) -> None:
    trainee = _trainee(tiny_base)
    with torch.no_grad():
        right = [int(_alone(trainee, row).argmax()) == trainee.train.targets[row] for row in range(20)]
    assert trainee.validate(never)["validation_accuracy"] == pytest.approx(np.mean(right))


def test_validation_hears_a_stop(tiny_base: Path) -> None:
    with pytest.raises(Stopped):
        _trainee(tiny_base).validate(lambda: "discard")


def test_bfloat16_is_close_to_float32(tiny_base: Path) -> None:
    low, high = _trainee(tiny_base), _trainee(tiny_base)
    low.precision = "bfloat16"
    rows = np.arange(10)
    with torch.no_grad():
        assert low.loss(rows).item() == pytest.approx(high.loss(rows).item(), rel=0.02)


def test_better_is_higher_f1_then_lower_loss(tiny_base: Path) -> None:
    trainee = _trainee(tiny_base)
    good = {"validation_macro_f1": 0.9, "validation_loss": 0.5}
    assert trainee.better({"validation_macro_f1": 0.91, "validation_loss": 9.0}, good)
    assert trainee.better({"validation_macro_f1": 0.9, "validation_loss": 0.4}, good)
    assert not trainee.better(good, good)


def _alone(trainee: SequenceTrainee, row: int) -> torch.Tensor:
    return trainee.model(input_ids=torch.tensor(trainee.train.pieces.ids[row])[None].long()).logits
