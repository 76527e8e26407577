from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.inspection.fill_mask.filling import fill
from core.inspection.fill_mask.head import load_masked
from core.inspection.fill_mask.offers import offered
from core.inspection.subject import Subject
from tests.core.encoding.tiny_models import vocabulary
from tests.core.inspection.fill_mask.masked_models import NAMES, deaf, random_masked
from tests.core.pretraining.proof.fakes import Fake

KNOWN = {"pizza": 0.4, "soup": 0.2, "##s": 0.1, "[MASK]": 0.05}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deaf(tmp_path_factory.mktemp("deaf"), KNOWN)


def test_probabilities_set_by_hand_come_back(folder: Path) -> None:
    found = fill(load_masked(folder), Subject(folder), "the [MASK] was cold", top=3)
    assert [(each.piece, pytest.approx(each.probability)) for each in found.masks[0]] == [
        ("pizza", 0.4), ("soup", 0.2), ("##s", 0.1),
    ]  # fmt: skip
    rest = 0.25 / (len(vocabulary("bert")) - 4)
    assert found.hidden[0] == pytest.approx(0.05 + 4 * rest)  # [MASK] and the other special pieces
    assert found.together == () and found.apart is None


def test_pieces_that_go_on_a_word_are_left_out_on_demand(folder: Path) -> None:
    found = fill(load_masked(folder), Subject(folder), "the [MASK]", top=99, continuations=False)
    assert not any(each.piece.startswith("##") for each in found.masks[0])
    assert sum(each.probability for each in found.masks[0]) + found.hidden[0] == pytest.approx(1)


def test_independent_masks_are_filled_together_as_apart(folder: Path) -> None:
    found = fill(load_masked(folder), Subject(folder), "[MASK] was [MASK].", beam=3)
    assert found.together[0].pieces == ("pizza", "pizza") and not found.differs
    assert found.together[0].log_probability == pytest.approx(2 * np.log(0.4))
    assert found.apart is not None and found.apart.log_probability == pytest.approx(2 * np.log(0.4))
    assert {each.pieces for each in found.together[1:]} == {("pizza", "soup"), ("soup", "pizza")}
    assert found.together[0].text == "pizza was pizza."


def test_masks_that_depend_on_each_other_get_other_pieces_together(folder: Path) -> None:
    first = {"pizza": 0.5, "soup": 0.4}
    second = {"[MASK]": {"good": 0.4, "bad": 0.35}, "pizza": {"good": 0.3, "bad": 0.28}, "soup": {"bad": 0.9}}
    pieces = vocabulary("bert")

    def logits(row: list[int], place: int) -> torch.Tensor:
        table = first if place == 1 else second.get(pieces[row[1]], {})
        rest = (1 - sum(table.values())) / (len(pieces) - len(table))
        return torch.tensor([table.get(piece, rest) for piece in pieces]).log()

    found = fill(Fake(logits), Subject(folder), "[MASK] was [MASK]", top=2)
    assert [each[0].piece for each in found.masks] == ["pizza", "good"]
    assert found.differs and found.together[0].text == "soup was bad"
    assert np.exp(found.together[0].log_probability) == pytest.approx(0.4 * 0.9)
    assert found.apart is not None and found.apart.text == "pizza was good"
    assert np.exp(found.apart.log_probability) == pytest.approx(0.5 * 0.3)
    assert found.together[0].order == found.apart.order == (1, 2)


@pytest.mark.parametrize("kind", NAMES)
def test_every_kind_gives_what_transformers_gives(kind: str, tmp_path: Path) -> None:
    import transformers

    subject = Subject(random_masked(tmp_path, kind))
    whole = getattr(transformers, NAMES[kind] + "ForMaskedLM").from_pretrained(str(tmp_path)).eval()
    found = fill(load_masked(tmp_path), subject, "the [MASK] and a [MASK]", top=5)
    ids = torch.from_numpy(found.read.read.ids)[None]
    with torch.inference_mode():
        truth = torch.softmax(whole(input_ids=ids).logits.double(), -1)[0]
    for place, guesses in zip(found.read.positions, found.masks, strict=True):
        for each in guesses:
            assert each.probability == pytest.approx(float(truth[place, each.id]), rel=1e-4)


def test_the_score_of_a_filling_is_what_filling_it_by_hand_gives(tmp_path: Path) -> None:
    subject = Subject(random_masked(tmp_path))
    model = load_masked(tmp_path)
    found = fill(model, subject, "the [MASK] was very [MASK]", beam=4)
    best, row, total = found.together[0], found.read.read.ids.copy(), 0.0
    for number in best.order:
        place = found.read.positions[number - 1]
        with torch.inference_mode():
            logits = model.cls.predictions(model.bert(input_ids=torch.from_numpy(row)[None]).last_hidden_state)
        row[place] = subject.tokenizer.convert_tokens_to_ids(best.pieces[number - 1])
        total += float(torch.log_softmax(logits.double(), -1)[0, place, row[place]])
    assert best.log_probability == pytest.approx(total, rel=1e-4)


def test_twenty_masks_and_a_long_text(folder: Path) -> None:
    subject, model = Subject(folder), load_masked(folder)
    assert len(fill(model, subject, "[MASK] " * 20, beam=2).together[0].pieces) == 20
    long = fill(model, subject, "the pizza was [MASK]. " + "soup " * 2000)
    assert "around the masks" in long.read.notes[0]


def test_no_special_or_unused_piece_is_offered(folder: Path) -> None:
    tokenizer = Subject(folder).tokenizer
    may = offered(tokenizer, 200)
    assert not may[tokenizer.all_special_ids].any() and not may[len(tokenizer) :].any()
    assert may.sum() == len(vocabulary("bert")) - 5
