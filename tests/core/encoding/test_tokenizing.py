"""Pieces, lengths and the truncated flag, against transformers and by hand."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from core.encoding.base_models import bundled
from core.encoding.tokenizing import full_lengths, load_tokenizer, tokenize
from core.errors import UserProblem
from tests.core.encoding.tiny_models import tiny_body

TEXTS = ["I hate pizza.", "", "naïve café 味道 😀", "word " * 500, "[CLS] [SEP] words", "a\x00b\ud800c", " \t\n"]


@pytest.fixture(scope="module")
def tokenizer() -> object:
    return load_tokenizer(bundled())


def test_pieces_of_a_sentence_by_hand(tokenizer: object) -> None:
    pieces = tokenize(tokenizer, ["I hate pizza."], None, 128)
    assert pieces.ids[0].tolist() == [101, 1045, 5223, 10733, 1012, 102]
    assert (pieces.lengths.tolist(), pieces.truncated.tolist(), pieces.types) == ([6], [False], None)


@pytest.mark.parametrize("max_length", [8, 128])
@pytest.mark.parametrize("paired", [False, True])
def test_equal_to_transformers(tokenizer, max_length: int, paired: bool) -> None:
    from transformers import AutoTokenizer

    texts = [text for text in TEXTS if "\ud800" not in text]
    pairs = texts[::-1] if paired else None
    other = AutoTokenizer.from_pretrained(bundled())
    wanted = other(texts, pairs, truncation=True, max_length=max_length, padding=False)
    pieces = tokenize(tokenizer, texts, pairs, max_length)
    assert [row.tolist() for row in pieces.ids] == wanted["input_ids"]
    if paired:
        assert [row.tolist() for row in pieces.types] == wanted["token_type_ids"]


def test_truncated_is_told_from_the_whole_length(tokenizer) -> None:
    texts = ["one two three", "one two three four", "one two three four five"]  # 5, 6 and 7 pieces
    assert tokenize(tokenizer, texts, None, 6).truncated.tolist() == [False, False, True]
    assert tokenize(tokenizer, texts, None, 6).lengths.tolist() == [5, 6, 6]
    assert full_lengths(tokenizer, texts).tolist() == [5, 6, 7]


def test_a_truncated_pair_is_told(tokenizer) -> None:
    pieces = tokenize(tokenizer, ["one two", "one"], ["three four five", "two"], 7)
    assert pieces.truncated.tolist() == [True, False]  # 2 + 3 + 3 special = 8 pieces, 1 + 1 + 3 = 5
    assert pieces.lengths.tolist() == [7, 5]


def test_huge_cell_neither_hangs_nor_hides_that_it_was_cut(tokenizer) -> None:
    begun = time.process_time()
    pieces = tokenize(tokenizer, ["a " * 20_000_000, "(" * 20_000_000, "x" * 20_000_000], None, 128)
    assert pieces.truncated.all()
    assert pieces.lengths.max() <= 128
    assert time.process_time() - begun < 60  # a hang, not a speed, is what this catches


def test_no_text_is_refused(tokenizer) -> None:
    pieces = tokenize(tokenizer, TEXTS, None, 32)
    assert len(pieces) == len(TEXTS)
    assert (pieces.lengths >= 2).all()


def test_threads_with_different_lengths_do_not_disturb_each_other(tokenizer) -> None:
    texts = ["word " * 60] * 20

    def lengths(max_length: int) -> set[int]:
        return {int(n) for _ in range(20) for n in tokenize(tokenizer, texts, None, max_length).lengths}

    sizes = [8, 16, 24, 32, 40, 48] * 4
    with ThreadPoolExecutor(6) as pool:
        assert [next(iter(found)) for found in pool.map(lengths, sizes)] == sizes


def test_more_pieces_than_the_model_has_positions_is_a_problem(tokenizer) -> None:
    with pytest.raises(UserProblem, match="at most 512"):
        tokenize(tokenizer, ["text"], None, 513)


def test_settings_of_tokenizer_json_are_taken_word_for_word(tmp_path: Path) -> None:
    """transformers rebuilds a normalizer from its own defaults; a cased vocabulary would be lower-cased."""
    import json

    folder = tiny_body(tmp_path)
    state = json.loads((folder / "tokenizer.json").read_text())
    state["normalizer"]["lowercase"] = False
    (folder / "tokenizer.json").write_text(json.dumps(state))
    pieces = tokenize(load_tokenizer(folder), ["PIZZA", "pizza"], None, 16)
    assert not np.array_equal(pieces.ids[0], pieces.ids[1])


def test_a_damaged_tokenizer_is_a_problem_in_one_sentence(tmp_path: Path) -> None:
    folder = tiny_body(tmp_path)
    (folder / "tokenizer.json").write_text('{"version": "1.0", "model": 7}')
    with pytest.raises(UserProblem, match="tokenizer cannot be loaded"):
        load_tokenizer(folder)
