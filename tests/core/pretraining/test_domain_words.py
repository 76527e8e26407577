from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
import transformers

from core.data.corpus.store import Document
from core.encoding.base_models import bundled
from core.encoding.loading import load_body
from core.encoding.tokenizing import load_tokenizer
from core.errors import Stopped, UserProblem
from core.pretraining.domain_words import SplitWord, add_words, split_words
from core.pretraining.heads import load_for_pretraining
from core.pretraining.saving import save_child
from tests.core.encoding.tiny_models import tiny_body

DOCUMENTS = [
    Document(0, "a", ("Amontillado! amontillado, the AMONTILLADO?", "amontillados, pizza; Soup")),
    Document(1, "b", ("a cask of amontillado-casks \ud800",)),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_body(tmp_path_factory.mktemp("words") / "bert")


@pytest.fixture
def model(base: Path) -> Any:
    loaded = load_for_pretraining(base, pair_head=False, seed=1).model
    with torch.no_grad():
        loaded.cls.predictions.bias.copy_(torch.arange(len(loaded.cls.predictions.bias)).float())
    return loaded


def test_split_words_are_counted_by_hand(base: Path) -> None:
    found = split_words(DOCUMENTS, load_tokenizer(base), most=10, at_least=1)
    assert [(each.word, each.count) for each in found] == [
        ("amontillado", 4), ("amontillados", 1), ("cask", 1), ("casks", 1),
    ]  # fmt: skip
    assert found[2].pieces == ("c", "##a", "##s", "##k")
    assert [each.word for each in split_words(DOCUMENTS, load_tokenizer(base), most=1, at_least=1)] == ["amontillado"]
    assert split_words(DOCUMENTS, load_tokenizer(base), at_least=5) == ()


def test_new_rows_are_means_of_old_ones(base: Path, model: Any) -> None:
    tokenizer = load_tokenizer(base)
    word = split_words(DOCUMENTS, tokenizer, at_least=2)[0]
    old, old_bias = model.bert.embeddings.word_embeddings.weight.clone(), model.cls.predictions.bias.clone()
    longer = add_words(model, tokenizer, [word, word])
    ids = tokenizer.convert_tokens_to_ids(list(word.pieces))
    table, bias = model.bert.embeddings.word_embeddings.weight, model.cls.predictions.bias
    assert len(table) == len(bias) == len(old) + 1 == model.config.vocab_size
    assert torch.allclose(table[-1], old[ids].mean(dim=0)) and torch.equal(table[:-1], old)
    assert torch.isclose(bias[-1], old_bias[ids].mean()) and torch.equal(bias[:-1], old_bias)
    assert model.cls.predictions.decoder.weight is table and model.cls.predictions.decoder.bias is bias
    assert longer.convert_tokens_to_ids("amontillado") == len(old)
    out = model(**longer("the amontillado", return_tensors="pt")).logits
    assert out.shape[-1] == len(old) + 1


def test_a_word_is_matched_as_a_word(base: Path, model: Any) -> None:
    tokenizer = load_tokenizer(base)
    longer = add_words(model, tokenizer, split_words(DOCUMENTS, tokenizer, at_least=2))
    assert longer.tokenize("Amontillado!") == ["amontillado", "!"]
    assert longer.tokenize("the AMONTILLADO,amontillado?") == ["the", "amontillado", ",", "amontillado", "?"]
    assert longer.tokenize("amontillados") == ["amontillado", "##s"]
    for other in ("reamontillado", "pizza", "amont", "illado"):
        assert longer.tokenize(other) == tokenizer.tokenize(other)
    assert "amontillado" not in tokenizer.get_vocab()


def test_a_child_with_new_words_is_loaded(base: Path, model: Any, tmp_path: Path) -> None:
    tokenizer = load_tokenizer(base)
    longer = add_words(model, tokenizer, split_words(DOCUMENTS, tokenizer, at_least=2))
    save_child(model, longer, tmp_path, base)
    expected = longer("Amontillado and soup")["input_ids"]
    assert load_tokenizer(tmp_path)("Amontillado and soup")["input_ids"] == expected
    assert transformers.AutoTokenizer.from_pretrained(str(tmp_path))("Amontillado and soup")["input_ids"] == expected
    body = load_body(tmp_path)
    assert torch.equal(body.embeddings.word_embeddings.weight, model.bert.embeddings.word_embeddings.weight)
    again = load_for_pretraining(tmp_path, pair_head=False, seed=1)
    assert again.fresh == () and torch.equal(again.model.cls.predictions.bias, model.cls.predictions.bias)


def test_nothing_to_add_changes_nothing(base: Path, model: Any) -> None:
    tokenizer = load_tokenizer(base)
    before = model.bert.embeddings.word_embeddings.weight
    longer = add_words(model, tokenizer, [SplitWord("pizza", 9, ("p", "##i"))])
    assert longer.get_vocab() == tokenizer.get_vocab() and model.bert.embeddings.word_embeddings.weight is before


def test_case_is_kept_by_a_cased_tokenizer(model: Any) -> None:
    from core.pretraining.vocabulary import bert_tokenizer

    letters = [chr(code) for code in range(97, 123)]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "N", *letters, *(f"##{letter}" for letter in letters)]
    cased = bert_tokenizer({piece: place for place, piece in enumerate(pieces)}, lowercase=False)
    documents = [Document(0, "a", ("Niebla Niebla niebla",))]
    found = split_words(documents, cased, at_least=1)
    assert [(each.word, each.count) for each in found] == [("Niebla", 2), ("niebla", 1)]
    longer = add_words(model, cased, found[:1])
    assert longer.tokenize("Niebla") == ["Niebla"] and len(longer.tokenize("niebla")) == 6


def test_only_word_pieces(tmp_path: Path) -> None:
    roberta = load_tokenizer(tiny_body(tmp_path, "roberta"))
    with pytest.raises(UserProblem, match="WordPiece"):
        split_words(DOCUMENTS, roberta)


def test_stop_stops(base: Path) -> None:
    with pytest.raises(Stopped):
        split_words(DOCUMENTS, load_tokenizer(base), should_stop=lambda: "discard")


def test_the_bundled_model_learns_a_word() -> None:
    tokenizer = load_tokenizer(bundled())
    model = load_for_pretraining(bundled(), pair_head=False, seed=1).model
    found = split_words(DOCUMENTS, tokenizer, at_least=2)
    assert [each.word for each in found] == ["amontillado"]
    longer = add_words(model, tokenizer, found)
    assert longer.tokenize("Àmontillado's") == ["amontillado", "'", "s"]
    assert model.config.vocab_size == 30523 == len(longer)
