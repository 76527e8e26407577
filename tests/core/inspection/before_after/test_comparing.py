"""Two models on the same texts: itself, a turned copy, a changed copy, another width and depth."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.commands.answer import plain
from core.encoding.base_models import bundled
from core.encoding.cache import VectorCache
from core.errors import Stopped, UserProblem
from core.inspection.before_after.comparing import compare, layer_pairs
from core.inspection.subject import Subject
from tests.core.encoding.tiny_models import tiny_body

TEXTS = (
    "The bank raised its rates.", "We sat on the bank of the river.", "The soup was cold and the waiter rude.",
    "A good wine has a long finish.", "She crossed the finish line first.", "Nobody had counted them for years.",
)  # fmt: skip


@pytest.fixture(scope="module")
def model() -> Subject:
    return Subject(bundled())


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> VectorCache:
    return VectorCache(tmp_path_factory.mktemp("vectors"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Subject, Subject, Subject]:
    folder: Path = tmp_path_factory.mktemp("tiny")
    return (
        Subject(tiny_body(folder / "a")), Subject(tiny_body(folder / "b", seed=1)),
        Subject(tiny_body(folder / "r", "roberta")),
    )  # fmt: skip


def test_a_model_and_itself_differ_by_nothing(model: Subject, cache: VectorCache) -> None:
    found = compare(model, model, TEXTS, related=True, cache=cache)
    assert found.pairs == tuple((layer, layer) for layer in range(7))
    assert np.allclose(np.diag(found.cka), 1, atol=1e-6)
    assert all(each.value == pytest.approx(1, abs=1e-6) for each in found.same)
    assert found.shift is not None and np.abs(found.shift).max() < 1e-6
    assert (found.overlap == 1).all() and found.why == ""
    assert 0.05 < found.overlap_chance < 0.6 and (found.chance < 0.9).all()
    again = compare(model, model, TEXTS, related=True, cache=cache)
    assert found.computed == len(TEXTS) and again.computed == 0


def test_two_random_models_are_told_apart_and_their_cosines_are_refused(tiny: tuple[Subject, ...]) -> None:
    found = compare(tiny[0], tiny[1], TEXTS, related=False)
    assert found.shift is None and "no ancestor in common" in found.why and not found.shifts
    assert found.same[1].value < 0.95 and found.overlaps[2].value < 0.9
    for each in (*found.same, *found.overlaps):
        assert each.low <= each.value <= each.high
    asked = compare(tiny[0], tiny[1], TEXTS, related=True)
    assert asked.shift is not None and asked.shifts[1].value > 0.3


def test_a_changed_copy_moves_less_than_another_model(tiny: tuple[Subject, ...], tmp_path: Path) -> None:
    import torch

    child = Subject(tiny_body(tmp_path / "child"))
    with torch.no_grad():
        for weight in child.body.encoder.layer[1].parameters():
            weight.add_(0.02 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(0)))
    found = compare(tiny[0], child, TEXTS, related=True)
    assert found.same[0].value == pytest.approx(1, abs=1e-6) and found.same[1].value == pytest.approx(1, abs=1e-6)
    assert found.same[2].value < 1 - 1e-4 and found.shifts[2].value > found.shifts[1].value + 1e-5
    first = found.moved(2)[0]
    assert found.shift is not None and found.shift[first, 2] == found.shift[:, 2].max()


def test_other_width_and_depth_have_a_matrix_and_no_shift(model: Subject, tiny: tuple[Subject, ...]) -> None:
    found = compare(model, tiny[2], TEXTS, related=True)
    assert found.cka.shape == (7, 3) and found.pairs == ((0, 0), (6, 2))
    assert found.shift is None and "384 and 32" in found.why
    assert found.differing and found.name(1) == "6 and 2"
    assert layer_pairs(2, 2) == ((0, 0), (1, 1), (2, 2))


def test_tables_and_json_hold_every_word_most_moved_first(tiny: tuple[Subject, ...]) -> None:
    found = compare(tiny[0], tiny[1], TEXTS, related=True)
    headers, rows = found.word_table(2)
    shifts = [row[1] for row in rows]
    assert len(rows) == len(found.words) and shifts == sorted(shifts, reverse=True)
    assert all(len(row) == len(headers) for row in rows)
    names, layers = found.layer_table
    assert len(layers) == 3 and all(len(row) == len(names) for row in layers)
    assert json.loads(json.dumps(plain(found.to_json())))["words"] == len(found.words)


@pytest.mark.parametrize("texts", [[], ["", "  "], ["Hello"], ["?!", "…"], ["two words"]])
def test_too_few_words_are_told(model: Subject, texts: list[str]) -> None:
    with pytest.raises(UserProblem, match="both models read"):
        compare(model, model, texts, related=True)


def test_one_sentence_has_figures_and_no_interval(model: Subject) -> None:
    found = compare(model, model, ["The bank raised its rates again today."], related=True)
    assert found.same[3].value == pytest.approx(1, abs=1e-6) and found.same[3].low is None


def test_what_was_left_out_is_told(model: Subject, cache: VectorCache) -> None:
    texts = [*TEXTS, "", "word " * 2000, "…"]
    found = compare(model, model, texts, related=True, cache=cache)
    told = " ".join(found.notes)
    assert "Empty texts left out: 1" in told and "cut there: 1" in told and "without a word" in told
    short = compare(model, model, TEXTS, related=True, words=13, cache=cache)
    assert "The first 2 of 6 texts" in short.notes[0] and len(short.texts) == 2


def test_odd_texts_do_no_harm_and_work_stops_when_asked(model: Subject) -> None:
    odd = ["<script>alert(1)</script>", "[MASK] 🍕 and tea", "ไทย 漢字 words", "x" * 101 + " long"]
    assert len(compare(model, model, odd, related=True).words) > 8
    with pytest.raises(Stopped):
        compare(model, model, odd, related=True, should_stop=lambda: "discard")
