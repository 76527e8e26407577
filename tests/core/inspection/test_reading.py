from __future__ import annotations

from typing import Any

import pytest

from core.encoding.base_models import bundled
from core.encoding.tokenizing import load_tokenizer
from core.inspection.reading import read, read_all


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return load_tokenizer(bundled())


def placed(reading: Any) -> list[tuple[str, int, int, int]]:
    return [(one.piece, one.part, one.start, one.end) for one in reading.pieces if not one.special]


def words(reading: Any) -> list[tuple[str, tuple[int, ...], bool]]:
    return [(word.text, word.pieces, word.cut) for word in reading.words]


def test_offsets_count_the_characters_that_were_typed(tokenizer: Any) -> None:
    found = read(tokenizer, "Don't BANK!", max_length=32)
    assert placed(found) == [
        ("don", 0, 0, 3), ("'", 0, 3, 4), ("t", 0, 4, 5), ("bank", 0, 6, 10), ("!", 0, 10, 11),
    ]  # fmt: skip
    assert words(found) == [(w, (n,), False) for n, w in enumerate(("Don", "'", "t", "BANK", "!"), start=1)]
    assert [one.special for one in found.pieces] == [True, *[False] * 5, True]
    assert found.at(6, 10) == (4,) and found.at(0, 5) == (1, 2, 3) and found.at(5, 6) == ()
    assert found.at(7, 8) == (4,)  # every piece that overlaps
    assert not found.truncated and found.types.tolist() == [0] * 7


def test_accents_emoji_and_dropped_characters_keep_their_place(tokenizer: Any) -> None:
    found = read(tokenizer, "Café\u00ad 😀 x", max_length=32)
    assert placed(found) == [("cafe", 0, 0, 4), ("[UNK]", 0, 6, 7), ("x", 0, 8, 9)]
    assert [word.text for word in found.words] == ["Café", "😀", "x"]
    assert found.lost == (((4, 5),),)  # the soft hyphen belongs to no piece
    assert [one.unknown for one in found.pieces] == [False, False, True, False, False]


def test_a_typed_mask_is_text_unless_asked_for(tokenizer: Any) -> None:
    assert [one[0] for one in placed(read(tokenizer, "[MASK]", max_length=8))] == ["[", "mask", "]"]
    asked = read(tokenizer, "[MASK]", max_length=8, specials_as_text=False)
    assert placed(asked) == [("[MASK]", 0, 0, 6)] and asked.ids[1] == tokenizer.mask_token_id


def test_pieces_of_one_word_share_its_number(tokenizer: Any) -> None:
    found = read(tokenizer, "a unbelievableness of", max_length=16)
    assert words(found)[1] == ("unbelievableness", (2, 3), False)
    assert [one.word for one in found.pieces] == [None, 0, 1, 1, 2, None]


def test_truncation_says_where_it_cut_and_which_word(tokenizer: Any) -> None:
    found = read(tokenizer, "a unbelievableness of", max_length=4)
    assert placed(found) == [("a", 0, 0, 1), ("unbelievable", 0, 2, 14)]
    assert (found.seen, found.truncated) == ((14,), True)
    assert words(found) == [("a", (1,), False), ("unbelievable", (2,), True)]
    whole = read(tokenizer, "a unbelievableness of", max_length=5)
    assert whole.seen == (18,) and words(whole)[1] == ("unbelievableness", (2, 3), False)


def test_pairs_have_parts_and_segments_and_are_cut_from_the_longer(tokenizer: Any) -> None:
    found = read(tokenizer, "cat dog", "bird", max_length=16)
    assert placed(found) == [("cat", 0, 0, 3), ("dog", 0, 4, 7), ("bird", 1, 0, 4)]
    assert found.types.tolist() == [0, 0, 0, 0, 1, 1] and found.at(0, 4, part=1) == (4,)
    assert [word.part for word in found.words] == [0, 0, 1]
    cut = read(tokenizer, "one two three four", "five six seven", max_length=8)
    assert cut.seen == (13, 8) and cut.truncated
    assert [word.text for word in cut.words] == ["one", "two", "three", "five", "six"]
    assert cut.types.tolist() == [0, 0, 0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("text", ["", "   ", "😀", "x" * 101, "银行", "ธนาคาร", "<script>alert(1)</script>", "a\0b"])
def test_odd_texts_are_read_and_every_offset_lies_in_the_text(tokenizer: Any, text: str) -> None:
    found = read(tokenizer, text, max_length=64)
    assert all(0 <= one.start <= one.end <= len(text) for one in found.pieces)
    assert all(text[word.start : word.end] == word.text for word in found.words)
    assert found.pieces[0].special and found.pieces[-1].special


def test_two_thousand_words_are_cut_and_bulk_equals_one_by_one(tokenizer: Any) -> None:
    long = "word " * 2_000
    found = read_all(tokenizer, [long, "short"], max_length=128)
    assert len(found[0].pieces) == 128 and found[0].truncated and found[0].seen == (126 * 5 - 1,)
    assert found[1] == read(tokenizer, "short", max_length=128)
