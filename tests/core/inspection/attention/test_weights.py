"""Weights are there for every model of the family, never empty, and their rows sum to 1."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from core.encoding import base_models
from core.encoding.architectures import ARCHITECTURES
from core.errors import UserProblem
from core.inspection.attention import heads, view
from core.inspection.attention.weights import attention
from core.inspection.states import batch_of
from core.inspection.subject import Subject
from tests.core.inspection.attention.tiny_family import KINDS, tiny

PAIR = ("the waiter was very good", "a cold soup is bad")


@pytest.fixture(scope="module")
def bundled() -> Subject:
    return Subject(base_models.bundled())


@pytest.fixture(scope="module", params=KINDS)
def subject(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return Subject(tiny(tmp_path_factory.mktemp("family") / request.param, request.param))


def test_every_architecture_hands_out_all_layers_and_heads(subject: Subject) -> None:
    reading = subject.read(*PAIR)
    found = attention(subject, reading)
    size = len(reading.pieces)
    assert found.weights.shape == (2, 2, size, size) and found.weights.dtype == np.float16
    assert np.allclose(found.weights.astype(np.float64).sum(axis=-1), 1, atol=2e-3)
    assert np.allclose(found.matrix(2, 1).sum(axis=-1), 1, atol=1e-6)
    assert found.weights.std() > 0
    assert found.cls.sum() == 1 and found.cls[0]
    assert found.sep.sum() >= 2 and found.sep[-1]


def test_every_architecture_has_words_pairs_and_statistics(subject: Subject) -> None:
    found = attention(subject, subject.read(*PAIR))
    shown = view.view(found, 1, 1, direction="first_to_second")
    assert [unit.text for unit in shown.rows] == PAIR[0].split()
    assert [unit.text for unit in shown.columns] == PAIR[1].split()
    assert np.allclose(shown.weights.sum(axis=1) + shown.to_specials + shown.elsewhere, 1, atol=1e-6)
    assert np.isfinite(heads.statistics(found).other).all()


def test_they_are_what_the_model_computes(bundled: Subject) -> None:
    reading = bundled.read("The bank raised its rates unexpectedly.")
    found = attention(bundled, reading)
    assert (found.layers, found.heads) == (6, 12)
    with torch.inference_mode():
        fast = bundled.body(**batch_of(bundled, [reading])).last_hidden_state
        slow = bundled.readable(**batch_of(bundled, [reading]), output_attentions=True)
    assert torch.allclose(fast, slow.last_hidden_state, atol=1e-4)
    for layer, wanted in enumerate(slow.attentions):
        for head in range(12):
            assert np.allclose(found.matrix(layer + 1, head + 1), wanted[0, head].numpy(), atol=1e-3)
    assert np.allclose(found.matrix(3), slow.attentions[2][0].mean(dim=0).numpy(), atol=1e-3)


@pytest.mark.parametrize(("layer", "head"), [(0, 1), (7, 1), (1, 0), (1, 13)])
def test_a_layer_or_head_that_is_not_there_is_told(bundled: Subject, layer: int, head: int) -> None:
    found = attention(bundled, bundled.read("a soup"))
    with pytest.raises(UserProblem, match="There is no"):
        found.matrix(layer, head)


@pytest.mark.parametrize(("text", "pair", "said"), [
    ("", None, "The text is empty"), (" \n ", None, "The text is empty"),
    ("\u200b", None, "nothing that the model reads"), ("soup", "", "The second text is empty"),
])  # fmt: skip
def test_nothing_to_read_is_told(bundled: Subject, text: str, pair: str | None, said: str) -> None:
    with pytest.raises(UserProblem, match=said):
        attention(bundled, bundled.read(text, pair))


def fake(bundled: Subject, layers: Any) -> Any:
    answer = SimpleNamespace(attentions=layers)
    body = SimpleNamespace(to=lambda _: lambda **_kwargs: answer)
    return SimpleNamespace(
        readable=body, layers=6, segments=bundled.segments, tokenizer=bundled.tokenizer, read=bundled.read
    )


@pytest.mark.parametrize("layers", [(), None, (None,) * 6, (torch.ones(1, 12, 4, 4) / 4,) * 5])
def test_an_empty_answer_is_refused(bundled: Subject, layers: Any) -> None:
    reading = bundled.read("a soup")
    with pytest.raises(UserProblem, match="handed out attention of"):
        attention(fake(bundled, layers), reading)


@pytest.mark.parametrize("value", [0.3, float("nan")])
def test_rows_that_do_not_sum_to_1_are_refused(bundled: Subject, value: float) -> None:
    reading = bundled.read("a soup")
    with pytest.raises(UserProblem, match="does not sum to 1"):
        attention(fake(bundled, (torch.full((1, 12, 4, 4), value),) * 6), reading)


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", "a [MASK] and a [SEP]", "🍕 soup 🍜", "x" * 101, "soup", "一杯の酒", "สวัสดี", "a\x00b",
])  # fmt: skip
def test_odd_texts_are_read(bundled: Subject, text: str) -> None:
    found = attention(bundled, bundled.read(text))
    assert found.sep.sum() == 1 and found.sep[-1]  # a typed [SEP] is text
    shown = view.view(found, 6, 12)
    assert len(shown.rows) >= 1 and np.isfinite(shown.weights).all()


def test_a_long_text_is_cut_at_the_models_limit(bundled: Subject) -> None:
    reading = bundled.read("good soup " * 1000)
    found = attention(bundled, reading)
    assert reading.truncated and found.weights.shape[-1] == bundled.max_length == 512
    assert found.weights.nbytes == 6 * 12 * 512 * 512 * 2


def test_the_whole_family_is_tried() -> None:
    assert set(KINDS) == set(ARCHITECTURES)
