from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserProblem
from core.inspection.fill_mask.masked_text import MOST_MASKS, filled, masked_word, read_masked
from core.inspection.subject import Subject
from tests.core.encoding.tiny_models import tiny_body


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return Subject(tiny_body(tmp_path_factory.mktemp("masked"), "bert"))


def test_masks_are_found_where_they_stand(bert: Subject) -> None:
    found = read_masked(bert, "the [MASK] was [mask].")
    assert found.text == "the [MASK] was [MASK]."
    assert found.masks == ((4, 10), (15, 21)) and found.positions == (2, 4)
    assert found.notes == ("A mask is written [MASK] for this model.",)


def test_another_models_spelling_is_told(tmp_path: Path) -> None:
    roberta = Subject(tiny_body(tmp_path, "roberta"))
    found = read_masked(roberta, "a [MASK]")
    assert found.text == "a <mask>" and "written <mask>" in found.notes[0]
    assert found.read.ids[found.positions[0]] == roberta.tokenizer.mask_token_id


def test_a_typed_special_piece_is_told(bert: Subject) -> None:
    assert "[SEP]" in read_masked(bert, "the [MASK] [SEP] pizza").notes[0]


@pytest.mark.parametrize("text", ["", "   ", "<script>alert(1)</script>", "no mask here"])
def test_a_text_without_a_mask_is_refused(bert: Subject, text: str) -> None:
    with pytest.raises(UserProblem, match="no mask"):
        read_masked(bert, text)


def test_the_most_masks_are_read_and_one_more_is_refused(bert: Subject) -> None:
    assert len(read_masked(bert, "[MASK] " * MOST_MASKS).masks) == MOST_MASKS == 20
    with pytest.raises(UserProblem, match="21 masks"):
        read_masked(bert, "[MASK]" * (MOST_MASKS + 1))


@pytest.mark.parametrize("text", ["😀 [MASK]", "漢字 [MASK]", "x" * 101 + " [MASK]", "ไทย[MASK]", "[MASK]"])
def test_what_the_model_does_not_know_stands_beside_a_mask(bert: Subject, text: str) -> None:
    found = read_masked(bert, text)
    assert found.read.ids[found.positions[0]] == bert.tokenizer.mask_token_id


def test_words_become_masks_and_masks_pieces(bert: Subject) -> None:
    assert masked_word("a bank here", 2, 6, "[MASK]") == "a [MASK] here"
    read = read_masked(bert, "A [MASK] [MASK], Ö!")
    assert filled(bert.tokenizer, read, ("bank", "##s")) == "A banks, Ö!"
    assert filled(bert.tokenizer, read, ("soup", "is")) == "A soup is, Ö!"
