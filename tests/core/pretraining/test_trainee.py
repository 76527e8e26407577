"""Losses are those of plain transformers; only the heads learn when the body is frozen."""

from __future__ import annotations

import pytest
import torch

from core.pretraining.trainee import Counted, PretrainTrainee
from tests.core.pretraining.tiny_text import batch, tiny_model


def test_the_loss_is_that_of_transformers() -> None:
    """Computing the head at masked positions only changes no digit that matters."""
    model, one = tiny_model().eval(), batch(1, pairs=True)
    loss, _ = PretrainTrainee(model, "float32").loss(one)
    ids, labels = torch.from_numpy(one.input_ids), torch.from_numpy(one.labels)
    assert one.pair_labels is not None
    wanted = model(ids, labels=labels, next_sentence_label=torch.from_numpy(one.pair_labels)).loss
    assert loss.item() == pytest.approx(wanted.item(), rel=1e-5)


def test_a_batch_without_pairs_counts_words_alone() -> None:
    loss, counted = PretrainTrainee(tiny_model().eval(), "float32").loss(batch(1, rows=8, pairs=False))
    assert counted.words == 8 and counted.pairs == 0
    assert counted.word_loss / 8 == pytest.approx(loss.item(), rel=1e-6)


def test_frozen_means_that_heads_and_pooler_alone_get_gradients() -> None:
    trainee = PretrainTrainee(tiny_model(), "float32")
    trainee.freeze_body(True)
    trainee.loss(batch(2))[0].backward()
    moved = {name for name, value in trainee.model.named_parameters() if value.grad is not None}
    assert moved and all(name.startswith(("cls.", "bert.pooler.")) for name in moved)
    trainee.freeze_body(False)
    assert all(value.requires_grad for value in trainee.model.parameters())


def test_counts_add_up_and_become_means() -> None:
    total = Counted(4, 8.0, 1, 2, 1.0, 2) + Counted(6, 2.0, 4, 2, 3.0, 1)
    assert total == Counted(10, 10.0, 5, 4, 4.0, 3)
    assert total.metrics("v_") == {
        "v_loss": 2.0, "v_masked_loss": 1.0, "v_masked_accuracy": 0.5, "v_pair_loss": 1.0, "v_pair_accuracy": 0.75,
    }  # fmt: skip
    assert "pair_loss" not in Counted(1, 1.0, 0).metrics()


def test_rates_of_body_and_heads_and_no_decay_of_biases() -> None:
    model = tiny_model()
    groups = PretrainTrainee(model, "float32", weight_decay=0.1).groups(1e-4, 1e-3)
    assert sorted({(group["lr"], group["weight_decay"]) for group in groups}) == [
        (1e-4, 0.0), (1e-4, 0.1), (1e-3, 0.0), (1e-3, 0.1),
    ]  # fmt: skip
    assert sum(len(group["params"]) for group in groups) == len(list(model.parameters()))
