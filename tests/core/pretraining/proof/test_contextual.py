from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.encoding.loading import load_body
from core.encoding.tokenizing import load_tokenizer
from core.errors import Stopped
from core.pretraining.proof.contextual import unit, word_states
from core.progress import never, silent
from tests.core.encoding.tiny_models import tiny_body


@pytest.mark.parametrize("layers", [None, [-1]])
def test_vectors_are_means_of_pieces_at_every_layer(tmp_path: Path, layers: list[int] | None) -> None:
    body, tokenizer = load_body(tiny_body(tmp_path)), load_tokenizer(tmp_path)
    ids = [np.array(tokenizer(text)["input_ids"]) for text in ("the pizza was good and cold", "soup")]
    spans = [(1, 1, 2), (0, 2, 4), (0, 1, 2)]
    found = {}
    for numbers, vectors in word_states(body, ids, spans, layers=layers, phase="", report=silent, should_stop=never):
        found |= dict(zip(numbers.tolist(), vectors, strict=True))
    for number, (row, start, end) in enumerate(spans):
        with torch.inference_mode():
            states = body(torch.from_numpy(ids[row])[None], output_hidden_states=True).hidden_states
        for place, state in enumerate(states if layers is None else states[-1:]):
            assert np.allclose(found[number][place], state[0, start:end].mean(dim=0), atol=1e-5)


def test_stop_stops(tmp_path: Path) -> None:
    body = load_body(tiny_body(tmp_path))
    with pytest.raises(Stopped):
        next(
            word_states(
                body, [np.array([2, 7, 3])], [(0, 1, 2)], layers=None, phase="", report=silent,
                should_stop=lambda: "discard",
            )
        )  # fmt: skip


def test_unit_vectors() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[0.6, 0.8], [0, 0]]
