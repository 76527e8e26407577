from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from core.encoding.base_models import bundled
from core.encoding.loading import load_body
from core.encoding.tokenizing import load_tokenizer
from core.errors import Stopped, UserProblem
from core.pretraining.proof.homonym_sentences import SENTENCES
from core.pretraining.proof.homonyms import compare_homonyms, homonyms
from tests.core.pretraining.proof.fakes import tokenizer

KNOWN = tokenizer()
SENSES = {"cat": {"a": ("the cat fish", "cat fish"), "b": ("the cat tree", "cat tree")}}


class Reader(torch.nn.Module):
    """Layer 0 is one vector everywhere; layer 1 tells whether the sentence has a fish, layer 2 whether it has "the"."""

    def __init__(self) -> None:
        super().__init__()
        self.embeddings = SimpleNamespace(word_embeddings=torch.nn.Embedding(len(KNOWN), 2))
        with torch.no_grad():
            self.embeddings.word_embeddings.weight.fill_(1.0)

    def forward(self, input_ids: torch.Tensor, output_hidden_states: bool, attention_mask: Any = None) -> Any:
        fish = (input_ids == KNOWN.convert_tokens_to_ids("fish")).any(dim=1).float()
        the = (input_ids == KNOWN.convert_tokens_to_ids("the")).any(dim=1).float()
        states = [
            torch.stack([each, 1 - each], dim=1)[:, None].expand(-1, input_ids.shape[1], -1) for each in (fish, the)
        ]
        return SimpleNamespace(hidden_states=(torch.ones_like(states[0]), *states))


def test_accuracy_by_hand() -> None:
    """Layer 0 ties; layer 1 is the sense; layer 2 is "the": the other of the own sense is always the farther one."""
    found = homonyms(Reader(), KNOWN, SENSES)
    assert [layer.value for layer in found.layers] == [0.5, 1.0, 0.0]
    assert (found.best, found.value.value, found.n, found.by_word) == (1, 1.0, 4, {"cat": 1.0})
    assert found.static.value == found.context.value == 0.5


def test_equal_models_do_not_differ() -> None:
    found = homonyms(Reader(), KNOWN, SENSES)
    assert compare_homonyms(found, found, layer=1).change == "same"


def test_the_sentences_hold_their_word_once_and_are_balanced() -> None:
    assert len(SENTENCES) == 8
    for word, senses in SENTENCES.items():
        assert [len(texts) for texts in senses.values()] == [4, 4]
        for text in (text for texts in senses.values() for text in texts):
            assert re.findall(r"[a-z]+", text.lower()).count(word) == 1, text
    every = [text for senses in SENTENCES.values() for texts in senses.values() for text in texts]
    assert len(set(every)) == 64


def test_the_bundled_model_tells_senses_apart_and_the_static_row_cannot() -> None:
    found = homonyms(load_body(bundled()), load_tokenizer(bundled()))
    assert found.n == 64 and len(found.layers) == 7
    assert found.static.value == 0.5
    assert found.layers[0].value is not None and found.layers[0].value < 0.7
    assert found.layers[-1].value is not None and found.layers[-1].value > 0.9
    assert found.context.value is not None and found.context.value < found.layers[-1].value


def test_problems_are_told_and_stop_stops() -> None:
    with pytest.raises(UserProblem, match="no sentences"):
        homonyms(Reader(), KNOWN, {})
    with pytest.raises(UserProblem, match="does not hold 'cat' once"):
        homonyms(Reader(), KNOWN, {"cat": {"a": ("dog", "cat"), "b": ("cat", "cat")}})
    with pytest.raises(UserProblem, match="too few sentences"):
        homonyms(Reader(), KNOWN, {"cat": {"a": ("the cat", "a cat")}})
    with pytest.raises(UserProblem, match="too few sentences"):
        homonyms(Reader(), KNOWN, {"cat": {"a": ("the cat", "a cat"), "b": ("cat",)}})
    with pytest.raises(Stopped):
        homonyms(Reader(), KNOWN, SENSES, should_stop=lambda: "discard")
