"""A look at what a pre-training reads: the run's own examples, one buffer, no torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.encoding.base_models import bundled
from core.encoding.tokenizing import load_tokenizer
from core.errors import UserProblem
from core.pretraining.config import PretrainConfig
from core.pretraining.masking import Masking
from core.pretraining.objectives import OBJECTIVES
from core.pretraining.peek import peek
from core.pretraining.stream import ExampleStream
from tests.core.pretraining.made_corpus import made


def config(**values: Any) -> Any:
    return PretrainConfig.from_json({"max_length": 32, **values})


def test_it_shows_the_examples_of_the_run(tmp_path: Path) -> None:
    corpus = made(tmp_path, 30)
    found = peek(corpus, config(seed=7), bundled(), epoch=2)
    stream = ExampleStream(
        corpus, load_tokenizer(bundled()), OBJECTIVES["mlm_nsp"], max_length=32, masking=Masking(), seed=7
    )
    expected = list(stream.examples(2))
    assert len(found) == len(expected) and found.buffers == 1 and found.notes == ()
    shown = found.example(3)
    pieces = stream.tokenizer.convert_ids_to_tokens(expected[3].ids.tolist())
    assert [each.piece for each in shown.pieces] == pieces
    assert shown.seed == {"seed": 7, "epoch": 2, "buffer": 0, "example": 3}


def test_another_epoch_masks_anew_and_static_masks_stay(tmp_path: Path) -> None:
    corpus = made(tmp_path, 30)
    moving = [peek(corpus, config(), bundled(), epoch).buffer.masked.fates for epoch in (0, 1)]
    static = [peek(corpus, config(static_masks=True), bundled(), epoch).buffer.masked.fates for epoch in (0, 1)]
    assert not np.array_equal(*moving) and np.array_equal(*static)


def test_from_scratch_a_vocabulary_of_the_text_is_used(tmp_path: Path) -> None:
    found = peek(made(tmp_path, 30), config(vocabulary_size=200, objective="mlm"), None)
    assert len(found.stream.tokenizer) <= 200
    assert found.example(0).pair_label is None


def test_what_a_run_has_besides_is_said(tmp_path: Path) -> None:
    corpus = made(tmp_path, 30)
    assert len(peek(corpus, config(domain_words=5, short_share=0.5), bundled()).notes) == 2


def test_an_example_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = peek(made(tmp_path, 5), config(), bundled())
    with pytest.raises(UserProblem, match=f"There is no example {len(found) + 1}"):
        found.example(len(found))


def test_it_imports_no_torch() -> None:
    code = (
        "import sys; import core.pretraining.peek; from core.encoding import base_models, tokenizing; "
        "tokenizing.load_tokenizer(base_models.bundled()); print('torch' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
