from __future__ import annotations

from pathlib import Path

import pytest

from core.encoding.tokenizing import load_tokenizer
from core.inspection.vocabulary import examples, measured, shared
from core.pretraining.vocabulary import bert_tokenizer
from tests.core.encoding.tiny_models import tiny_body

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def made(*pieces: str) -> object:
    return bert_tokenizer({piece: place for place, piece in enumerate((*SPECIAL, *pieces))}, lowercase=True)


def test_what_is_shared_and_what_only_one_has() -> None:
    found = shared(made("[unused0]", "bank", "##s", "vault"), made("bank", "s", "wine"))
    assert found.size == (9, 8) and found.special == (5, 5) and found.unused == (1, 0)
    assert (found.both, found.only_first, found.only_second) == (("bank",), ("##s", "vault"), ("s", "wine"))
    assert found.jaccard == pytest.approx(1 / 5)


def test_a_vocabulary_is_all_of_itself() -> None:
    found = shared(made("bank", "##s"), made("##s", "bank"))
    assert found.jaccard == 1 and not found.only_first and not found.only_second


def test_spellings_of_other_tokenizers_are_one_piece(tmp_path: Path) -> None:
    import transformers

    known = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "Ġbank", "s", "Ġé".replace("é", "Ã©"), "Ġx", "Ġy"]
    bytes_ = transformers.RobertaTokenizer(vocab={piece: n for n, piece in enumerate(known)}, merges=[])
    found = shared(made("bank", "##s", "é", "vault"), bytes_)
    assert found.both == ("##s", "bank", "é")
    assert found.only_first == ("vault",) and found.only_second == ("Ġx", "Ġy")


def test_examples_are_drawn_by_seed_and_kept_in_order() -> None:
    pieces = tuple(f"{n:03}" for n in range(100))
    assert examples(pieces, 200) == pieces
    drawn = examples(pieces, 7)
    assert len(drawn) == 7 and list(drawn) == sorted(drawn) and drawn == examples(pieces, 7)


def test_pieces_of_the_same_texts_side_by_side() -> None:
    small, large = made(*"bank", *(f"##{letter}" for letter in "bank")), made("bank", *"bank")
    found = measured(small, large, ["bank bank", "bank b", "bank"])
    assert (found.first.pieces, found.second.pieces) == (17, 5) and found.same_words
    assert found.difference.difference == pytest.approx(1 - 17 / 5)
    assert found.difference.what == "pieces a word"


def test_other_words_are_compared_by_characters(tmp_path: Path) -> None:
    roberta = load_tokenizer(tiny_body(tmp_path, "roberta"))
    found = measured(made(*"bank", *"-'"), roberta, ["b--a n", "b"])
    assert not found.same_words and found.difference.what == "pieces per 100 characters"
    assert found.difference.before == pytest.approx(100) and found.difference.after > 100
