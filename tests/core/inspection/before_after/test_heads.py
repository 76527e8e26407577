"""Heads of two models: the same for itself, means over texts, refused where their numbers differ."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.encoding.base_models import bundled
from core.errors import Stopped, UserProblem
from core.inspection.attention.heads import statistics
from core.inspection.attention.weights import attention
from core.inspection.before_after.heads import NAMES, heads_changed
from core.inspection.charts import before_after as charts
from core.inspection.picture import picture
from core.inspection.subject import Subject
from tests.core.encoding.tiny_models import tiny_body

TEXTS = ("the soup was cold", "", "love pizza and soup")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Subject, Subject]:
    folder: Path = tmp_path_factory.mktemp("tiny")
    return Subject(tiny_body(folder / "a")), Subject(tiny_body(folder / "b", seed=1))


def test_a_model_and_itself_have_no_change(models: tuple[Subject, Subject]) -> None:
    found = heads_changed(models[0], models[0], TEXTS)
    assert found.texts == 2  # the empty one has no word
    assert all(not found.change(name).any() for name in NAMES)


def test_figures_are_means_over_the_texts_and_rows_come_most_changed_first(models: tuple[Subject, Subject]) -> None:
    found = heads_changed(*models, TEXTS)
    by_text = [statistics(attention(models[1], models[1].read(text))).entropy_share for text in (TEXTS[0], TEXTS[2])]
    assert np.allclose(found.after["entropy_share"], np.mean(by_text, axis=0))
    rows = found.rows("cls")
    sizes = [abs(row["change"]) for row in rows]
    assert len(rows) == 4 and sizes == sorted(sizes, reverse=True) and sizes[0] > 0
    assert rows[0]["change"] == pytest.approx(rows[0]["after"] - rows[0]["before"])
    assert b"<svg" in picture(charts.heads(rows, "change"), "svg")


def test_what_cannot_be_compared_is_told(models: tuple[Subject, Subject]) -> None:
    with pytest.raises(UserProblem, match="2 layers of 2 heads and 6 layers of 12 heads"):
        heads_changed(models[0], Subject(bundled()), TEXTS)
    with pytest.raises(UserProblem, match="No text has a word"):
        heads_changed(*models, ["", "  "])
    with pytest.raises(Stopped):
        heads_changed(*models, TEXTS, should_stop=lambda: "discard")
