"""A model gives what it has; what it has not is refused in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core.bias.audited import Audited
from core.bias.vectors.kinds import VectorConfig, kind_of, vectors
from core.errors import UserProblem


def test_a_bert_is_no_table_and_no_classifier(bert: Audited) -> None:
    with pytest.raises(UserProblem, match="is no table of word vectors"):
        bert.static  # noqa: B018
    with pytest.raises(UserProblem, match="is no classifier"):
        bert.classifier  # noqa: B018
    with pytest.raises(UserProblem, match="no masked-word head"):
        bert.masked  # noqa: B018


def test_a_table_reads_no_texts(table: Callable[..., Audited]) -> None:
    with pytest.raises(UserProblem, match="is a table of word vectors"):
        table({"rose": [1, 0]}).subject  # noqa: B018


def test_a_table_finds_words_as_written_then_in_lower_case(table: Callable[..., Audited]) -> None:
    found = vectors(table({"rose": [1, 0], "Ann": [0, 2]}), ["Rose", "Ann", "ann", "zinnia"], VectorConfig())
    assert found.words == ("Rose", "Ann") and found.lost == {
        "ann": "not in the vocabulary", "zinnia": "not in the vocabulary"
    }  # fmt: skip
    assert found.rows.tolist() == [[1, 0], [0, 2]] and found.of(["Ann"]).tolist() == [[0, 2]]


def test_kinds_are_never_mixed(bert: Audited, table: Callable[..., Audited]) -> None:
    assert kind_of(bert, VectorConfig()) == "layer" and kind_of(table({"a": [1, 0]}), VectorConfig()) == "static"
    with pytest.raises(UserProblem, match="no vectors of the kind 'static'"):
        kind_of(bert, VectorConfig(vectors="static"))
    with pytest.raises(UserProblem, match="It has: word vectors only"):
        kind_of(table({"a": [1, 0]}), VectorConfig(vectors="layer"))


def test_words_of_several_pieces_have_no_input_embedding(bert: Audited) -> None:
    found = vectors(bert, ["rose", "Latisha"], VectorConfig(vectors="input_embedding"))
    assert found.words == ("rose",) and "pieces" in found.lost["Latisha"]
    ids = bert.tokenizer("rose", add_special_tokens=False)["input_ids"]
    assert np.array_equal(found.rows[0], bert.subject.static(np.array(ids))[0])


def test_the_layer_kind_is_the_mean_of_the_pieces_without_specials(bert: Audited) -> None:
    import torch

    found = vectors(bert, ["Latisha"], VectorConfig(vectors="layer", layer=3))
    with torch.inference_mode():
        states = bert.subject.body(**bert.tokenizer("Latisha", return_tensors="pt"), output_hidden_states=True)
    assert np.allclose(found.rows[0], states.hidden_states[3][0, 1:-1].mean(dim=0).numpy(), atol=1e-5)
    with pytest.raises(UserProblem, match="There is no layer 7.*0 .embeddings. to 6"):
        vectors(bert, ["rose"], VectorConfig(layer=7))


def test_the_sentence_kind_pools_specials_too(bert: Audited) -> None:
    import torch

    mean, cls = (
        vectors(bert, ["rose"], VectorConfig(vectors="sentence", pooling=name)).rows[0] for name in ("mean", "cls")
    )
    with torch.inference_mode():
        last = bert.subject.body(**bert.tokenizer("rose", return_tensors="pt")).last_hidden_state[0]
    assert np.allclose(mean, last.mean(dim=0).numpy(), atol=1e-5) and np.allclose(cls, last[0].numpy(), atol=1e-5)
