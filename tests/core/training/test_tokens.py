"""Tokenizing a split in portions is tokenizing it at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.encoding.tokenizing import load_tokenizer, tokenize
from core.errors import Stopped
from core.progress import Progress, never, silent
from core.training import tokens
from tests.core.training.food import examples


@pytest.mark.parametrize("pairs", [False, True])
def test_portions_change_nothing(pairs: bool, tiny_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "PORTION", 7)
    rows, tokenizer, seen = examples(23, 1, pairs=pairs), load_tokenizer(tiny_base), []

    def watch(progress: Progress) -> None:
        seen.append((progress.step, progress.steps))

    found = tokens.pieces_of(tokenizer, rows, 12, types=True, report=watch, should_stop=never)
    whole = tokenize(tokenizer, rows.texts, rows.pairs, 12)
    assert all(np.array_equal(a, b) for a, b in zip(found.ids, whole.ids, strict=True))
    assert np.array_equal(found.lengths, whole.lengths)
    assert np.array_equal(found.truncated, whole.truncated)
    assert (found.types is None) == (not pairs)
    assert seen == [(7, 23), (14, 23), (21, 23), (23, 23)]


def test_no_rows_are_no_pieces(tiny_base: Path) -> None:
    found = tokens.pieces_of(
        load_tokenizer(tiny_base), examples(0, 1), 12, types=False, report=silent, should_stop=never
    )
    assert len(found) == 0


def test_a_stop_is_heard(tiny_base: Path) -> None:
    with pytest.raises(Stopped):
        tokens.pieces_of(
            load_tokenizer(tiny_base), examples(3, 1), 12, types=False, report=silent, should_stop=lambda: "discard"
        )
