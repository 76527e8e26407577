"""What is shown of an example is what the model is given and asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.pretraining.explanation import examples_of, explain
from core.pretraining.masking import IGNORED, Masking
from core.pretraining.objectives import OBJECTIVES
from core.pretraining.stream import ExampleStream
from tests.core.pretraining.made_corpus import made, tokenizer

TEXT = [["casks of wine .", "the bell ."], ["walled niche ."], ["nitre and bones .", "torch ."]]


@pytest.mark.parametrize("objective", OBJECTIVES.values(), ids=OBJECTIVES)
def test_every_position_is_told(objective) -> None:
    for example in examples_of(TEXT, tokenizer(), objective, masking=Masking(share=0.5), max_length=24):
        told = explain(example, tokenizer(), objective)
        assert json.loads(json.dumps(told.to_json()))["seed"] == {"seed": 42, "example": told.seed["example"]}
        assert (told.pair_label in objective.pair_labels) == bool(objective.pair_labels)
        assert sum(told.counts.values()) == len(told.pieces) == len(example.ids)
        for place, each in enumerate(told.pieces):
            assert each.position == example.positions[place] == place and each.label_id == example.labels[place]
            assert each.chosen == (each.fate != "not chosen") == (each.label_id != IGNORED)
            assert each.label == (each.original if each.chosen else None)
            assert each.piece == {"masked": "[MASK]", "random": each.piece}.get(each.fate, each.original)
            assert each.special == (each.original in ("[CLS]", "[SEP]"))
        segments = "".join(each.segment for each in told.pieces)
        assert segments == "A" * segments.count("A") + "B" * segments.count("B")
        assert ("B" in segments) == bool(objective.pair_labels)


def test_a_kept_piece_is_asked_for_though_nothing_shows_it() -> None:
    example = next(examples_of([["cask ."]], tokenizer(), OBJECTIVES["mlm"],
                               masking=Masking(mask_share=0, random_share=0)))  # fmt: skip
    kept = [each for each in explain(example, tokenizer(), OBJECTIVES["mlm"]).pieces if each.chosen]
    assert [(each.piece == each.original == each.label, each.fate) for each in kept] == [(True, "kept")]


def test_a_b_of_the_same_document_is_noted() -> None:
    examples = examples_of([["cask .", "wine .", "bell .", "wall ."] * 5], tokenizer(), OBJECTIVES["mlm_nsp"],
                           max_length=12)  # fmt: skip
    told = [explain(example, tokenizer(), OBJECTIVES["mlm_nsp"]) for example in examples]
    assert {bool(each.note) for each in told if each.pair_label == "random"} == {True}
    assert {bool(each.note) for each in told if each.pair_label == "is next"} == {False}


def test_an_example_of_a_stream_says_where_it_is_found_again(tmp_path: Path) -> None:
    found = ExampleStream(made(tmp_path, 20), tokenizer(), OBJECTIVES["mlm_nsp"], max_length=24)
    fifth = list(found.examples(3))[5]
    assert fifth.seed == {"seed": 42, "epoch": 3, "buffer": 0, "example": 5}
    again = list(found.examples(3))[5]
    assert fifth.ids.tolist() == again.ids.tolist() and fifth.labels.tolist() == again.labels.tolist()
