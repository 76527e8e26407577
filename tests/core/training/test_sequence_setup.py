from pathlib import Path
from typing import Any

import pytest
import torch

from core.encoding.tokenizing import load_tokenizer
from core.progress import never, silent
from core.training.methods.full import FullConfig
from core.training.sequence_setup import plan, trainee
from core.training.trainee import SequenceTrainee
from tests.core.training.food import food


def made(base: Path, **changes: Any) -> tuple[SequenceTrainee, FullConfig]:
    config = FullConfig(**changes)
    return trainee(food(64, 20), config, base, load_tokenizer(base), "float32", silent, never), config


@pytest.mark.parametrize(("pooling", "more"), [("auto", 0), ("cls", 0), ("mean", 1)])
def test_a_head_on_the_mean_stands_on_one_layer_more(tiny_base: Path, pooling: str, more: int) -> None:
    usual, _ = made(tiny_base)
    found, _ = made(tiny_base, pooling=pooling)
    assert found.config.num_hidden_layers == usual.config.num_hidden_layers + more


def test_the_seed_decides_the_new_head(tiny_base: Path) -> None:
    heads = [made(tiny_base, seed=seed)[0].model.get_parameter("classifier.weight") for seed in (1, 1, 2)]
    assert torch.equal(heads[0], heads[1]) and not torch.equal(heads[0], heads[2])


def test_epochs_come_from_the_rows_unless_they_are_named(tiny_base: Path) -> None:
    found, config = made(tiny_base)
    assert plan(found, food(64, 20), config).epochs == 20
    assert plan(found, food(64, 20), FullConfig(num_train_epochs=2)).epochs == 2


def test_rare_classes_weigh_more_only_when_asked(tiny_base: Path) -> None:
    assert made(tiny_base)[0].label_weights is None
    weights = made(tiny_base, weigh_rare_classes=True)[0].label_weights
    assert weights is not None and weights.shape == (2,)
