from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch

from core.data.corpus.store import Document
from core.encoding.tokenizing import load_tokenizer
from core.errors import Stopped, UserProblem
from core.pretraining.heads import load_for_pretraining
from core.pretraining.proof.pairs import Pair, balanced_pairs, compare_pairs, pair_accuracy
from tests.core.encoding.tiny_models import tiny_body
from tests.core.pretraining.proof.fakes import tokenizer

DOCUMENTS = [Document(number, "a", tuple(f"d{number} s{line}" for line in range(12))) for number in range(6)]


class Judge(torch.nn.Module):
    """Says "random" (1) exactly where the second sentence has a dog."""

    def __init__(self, strength: float) -> None:
        super().__init__()
        self.cls = SimpleNamespace(seq_relationship=lambda pooled: pooled * strength)

    def bert(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, **_: Any) -> Any:
        dog = tokenizer().convert_tokens_to_ids("dog")
        found = ((input_ids == dog) & (token_type_ids == 1)).any(dim=1).float()
        return SimpleNamespace(pooler_output=torch.stack([1 - found, found], dim=1))


def line(text: str) -> tuple[int, int]:
    return int(text.split()[0][1:]), int(text.split()[1][1:])


@pytest.mark.parametrize("task", ["next", "order"])
def test_pairs_are_balanced_and_true_ones_true(task: Any) -> None:
    pairs = balanced_pairs(DOCUMENTS, task=task, n=41)
    assert len(pairs) == 40 and sum(pair.label for pair in pairs) == 20
    for pair in pairs:
        (first, a), (second, b) = line(pair.first), line(pair.second)
        if pair.label == 0:
            assert first == second and b == a + 1
        elif task == "next":
            assert first != second
        else:
            assert first == second and b == a - 1
    assert balanced_pairs(DOCUMENTS, task=task, n=41) == pairs


def test_one_document_is_spoiled_by_itself() -> None:
    for pair in balanced_pairs(DOCUMENTS[:1], n=10):
        assert (line(pair.second)[1] == line(pair.first)[1] + 1) == (pair.label == 0)


def test_no_neighbours_are_told() -> None:
    with pytest.raises(UserProblem, match="neighbouring"):
        balanced_pairs([Document(0, "a", ("one",))])


PAIRS = [Pair("the cat", "sat", 0), Pair("the cat", "dog", 1), Pair("fish", "dog", 0), Pair("fish", "tree", 0)]


def test_accuracy_by_hand() -> None:
    """Three of four are right: the third holds a dog and is true."""
    found = pair_accuracy(Judge(2.0), tokenizer(), PAIRS)
    assert found.value.value == 0.75 and found.hits.tolist() == [1, 1, 0, 1]
    assert found.verdict.startswith("These pairs cannot tell")


def test_equal_logits_are_a_coin() -> None:
    found = pair_accuracy(Judge(0.0), tokenizer(), PAIRS)
    assert found.value.value == 0.5
    assert compare_pairs(found, found).change == "same"


def test_many_right_are_better_than_a_coin() -> None:
    found = pair_accuracy(Judge(1.0), tokenizer(), PAIRS[:2] * 20)
    assert found.value.value == 1 and found.verdict.startswith("Better than a coin")
    assert pair_accuracy(Judge(-1.0), tokenizer(), PAIRS[:2] * 20).verdict.startswith("Worse than a coin")
    better = compare_pairs(pair_accuracy(Judge(0.0), tokenizer(), PAIRS[:2] * 20), found)
    assert better.change == "better" and better.difference == 0.5 and "40 pairs" in better.verdict


def test_a_real_model_and_one_without_a_pair_head(tmp_path: Any) -> None:
    base = tiny_body(tmp_path)
    pairs = [Pair("the pizza was good", "the soup", 0), Pair("not bad", "love", 1)]
    found = pair_accuracy(load_for_pretraining(base, pair_head=True, seed=1).model, load_tokenizer(base), pairs)
    assert found.n == 2
    with pytest.raises(UserProblem, match="no pair head"):
        pair_accuracy(load_for_pretraining(base, pair_head=False, seed=1).model, load_tokenizer(base), pairs)


def test_no_pairs_and_stop() -> None:
    with pytest.raises(UserProblem, match="no pairs"):
        pair_accuracy(Judge(1.0), tokenizer(), [])
    with pytest.raises(Stopped):
        pair_accuracy(Judge(1.0), tokenizer(), PAIRS, should_stop=lambda: "discard")
