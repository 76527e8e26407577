"""What is said, and drawn, of a comparison."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.inspection.before_after.comparing import compare
from core.inspection.before_after.verdict import verdicts
from core.inspection.charts import before_after as charts
from core.inspection.picture import picture
from core.inspection.subject import Subject
from tests.core.encoding.tiny_models import tiny_body

TEXTS = ("the soup was cold and bad", "love pizza and the waiter", "a very good pizza", "the waiter is good",
         "not cold soup", "bad bad waiter")  # fmt: skip


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Subject, Subject]:
    folder: Path = tmp_path_factory.mktemp("tiny")
    return Subject(tiny_body(folder / "a")), Subject(tiny_body(folder / "b", seed=1))


def test_no_change_is_said_to_be_none(models: tuple[Subject, Subject]) -> None:
    told = " ".join(verdicts(compare(models[0], models[0], TEXTS, related=True)))
    assert "the same in every layer (CKA 1.000)" in told and "No word moved" in told
    assert "words are few" in told


def test_the_most_changed_layer_is_named_with_chance_beside_it(models: tuple[Subject, Subject]) -> None:
    found = compare(*models, TEXTS, related=True)
    values = [each.value for each in found.same]
    told = verdicts(found)
    assert f"layer {values.index(min(values))} changed most: CKA {min(values):.3f}" in told[0]
    assert "paired at random" in told[0] and "cosine with itself fell" in told[1]
    assert "no ancestor in common" in verdicts(compare(*models, TEXTS, related=False))[1]


def test_every_picture_can_be_drawn(models: tuple[Subject, Subject]) -> None:
    found = compare(*models, TEXTS, related=True)
    for measure in charts.MEASURES:
        table = charts.by_layer(found, measure)
        assert len(table) == 6 and b"<svg" in picture(charts.layers(table, measure), "svg")
        assert "layer 2" in charts.in_words(table, measure)
    pairs = charts.pairs(found)
    assert len(pairs) == 9 and pairs["cka"][5] == pytest.approx(found.cka[1, 2])
    assert b"<svg" in picture(charts.matrix(pairs), "svg")
