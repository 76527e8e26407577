"""Sentences to pieces in bulk are what the tokenizer gives one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.pretraining import sentence_pieces
from core.pretraining.sentence_pieces import SentencePieces
from tests.core.pretraining.made_corpus import tokenizer


def test_as_one_by_one_and_across_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_pieces, "SLICE", 3)
    documents = [["casks .", "wine"], [], ["bells walled", "\u200b", "nitre ."], ["bone"] * 5]
    found = SentencePieces(tokenizer()).documents(documents)
    one_by_one = [
        [ids for text in document if (ids := tokenizer()(text, add_special_tokens=False)["input_ids"])]
        for document in documents
    ]
    assert [[list(each) for each in document] for document in found] == one_by_one
    assert len(found[1]) == 0 and len(found[2]) == 2


def test_the_tokenizer_stays_as_it_is(tmp_path: Path) -> None:
    before = tokenizer().backend_tokenizer.to_str()
    SentencePieces(tokenizer()).documents([["cask [SEP] wine"]])
    assert tokenizer().backend_tokenizer.to_str() == before
    assert tokenizer()("[SEP]", add_special_tokens=False)["input_ids"] == [tokenizer().sep_token_id]
