from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import UserProblem
from core.inspection.fill_mask.candidates import METHODS, ranked, score
from core.inspection.fill_mask.head import load_masked
from core.inspection.subject import Subject
from tests.core.inspection.fill_mask.masked_models import deaf, random_masked


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, Subject]:
    folder = deaf(tmp_path_factory.mktemp("deaf"), {"pizza": 0.4, "soup": 0.2, "c": 0.1, "##a": 0.05, "##t": 0.02})
    return load_masked(folder), Subject(folder)


def test_scores_worked_by_hand(known: tuple[object, Subject]) -> None:
    one, several, same = score(*known, "the [MASK] was cold", ["pizza", "cat", "PIZZA"])
    assert one.total("pll") == pytest.approx(np.log(0.4)) and one.pieces == ("pizza",)
    assert several.pieces == ("c", "##a", "##t")
    for method in METHODS:  # this model ignores its text, so what is masked beside makes no difference
        assert several.logs[method] == pytest.approx(np.log([0.1, 0.05, 0.02]))
    assert several.mean("pll") == pytest.approx(np.log(0.1 * 0.05 * 0.02) / 3)
    assert same.total("pll") == one.total("pll")


def test_ranks_with_ties_and_without_a_score(known: tuple[object, Subject]) -> None:
    scores = score(*known, "the [MASK]", ["soup", "😀", "Pizza", "pizza", "\u00ad"])
    assert [(rank, each.candidate) for rank, each in ranked(scores, "pll")] == [
        (1, "Pizza"), (1, "pizza"), (3, "soup"), (None, "😀"), (None, "\u00ad"),
    ]  # fmt: skip
    assert "[UNK]" in scores[1].problem and "no piece" in scores[4].problem


def test_sum_and_mean_may_rank_differently(known: tuple[object, Subject]) -> None:
    scores = score(*known, "the [MASK]", ["c", "cat", "bad"])
    assert [each.candidate for _, each in ranked(scores, "pll")] == ["c", "bad", "cat"]
    assert [each.candidate for _, each in ranked(scores, "pll", mean=True)] == ["c", "cat", "bad"]


@pytest.mark.parametrize("method", METHODS)
def test_what_is_masked_is_what_the_method_says(method: str, tmp_path: Path) -> None:
    subject, model = Subject(random_masked(tmp_path)), load_masked(random_masked(tmp_path))
    found = score(model, subject, "the [MASK] was cold", ["cat"])[0]
    plain = np.array(subject.tokenizer("the cat was cold")["input_ids"])
    places, mask = [2, 3, 4], subject.tokenizer.mask_token_id
    hidden = {"pll": [[2], [3], [4]], "word_l2r": [[2, 3, 4], [3, 4], [4]], "whole_word": [[2, 3, 4]] * 3}[method]
    truth = []
    for place, masks in zip(places, hidden, strict=True):
        row = plain.copy()
        row[masks] = mask
        with torch.inference_mode():
            logits = model.cls.predictions(model.bert(input_ids=torch.from_numpy(row)[None]).last_hidden_state)
        truth.append(float(torch.log_softmax(logits.double(), -1)[0, place, plain[place]]))
    assert found.logs[method] == pytest.approx(truth, rel=1e-4)


def test_words_of_a_phrase_stay_visible_to_each_other(tmp_path: Path) -> None:
    subject, model = Subject(random_masked(tmp_path)), load_masked(random_masked(tmp_path))
    found = score(model, subject, "the [MASK] was cold", ["good pizza"])[0]
    assert found.logs["word_l2r"] == pytest.approx(found.logs["pll"], rel=1e-5)


def test_the_other_masks_stay(known: tuple[object, Subject], tmp_path: Path) -> None:
    subject, model = Subject(random_masked(tmp_path)), load_masked(random_masked(tmp_path))
    text = "the [MASK] was [MASK]"
    first, second = (score(model, subject, text, ["soup"], mask=mask)[0].total("pll") for mask in (0, 1))
    from core.inspection.fill_mask.filling import fill

    guesses = fill(model, subject, text, top=999).masks
    for total, mask in ((first, 0), (second, 1)):
        assert np.exp(total) == pytest.approx(
            next(each.probability for each in guesses[mask] if each.piece == "soup"), rel=1e-4
        )


def test_wrong_requests_are_told(known: tuple[object, Subject]) -> None:
    for candidates in ([], ["  "], [f"c{n}" for n in range(51)]):
        with pytest.raises(UserProblem, match="candidates"):
            score(*known, "the [MASK]", candidates)
    with pytest.raises(UserProblem, match="no mask 2"):
        score(*known, "the [MASK]", ["soup"], mask=1)


def test_a_typed_special_piece_and_a_long_text(known: tuple[object, Subject]) -> None:
    special, word = score(*known, "the pizza " * 1000 + "[MASK]" + " soup" * 1000, ["[SEP]", "soup"])
    assert "[SEP]" in special.problem
    assert word.total("pll") == pytest.approx(np.log(0.2))
