from __future__ import annotations

from pathlib import Path

import pytest

from core.inspection.charts.fill_mask import (
    candidates_chart,
    candidates_frame,
    guesses_chart,
    guesses_frame,
    together_frame,
)
from core.inspection.fill_mask.candidates import score
from core.inspection.fill_mask.filling import Answered, fill
from core.inspection.fill_mask.head import MaskedModel, load_masked
from core.inspection.picture import picture
from core.inspection.subject import Subject
from tests.core.inspection.fill_mask.masked_models import deaf


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[MaskedModel, Subject]:
    folder: Path = deaf(tmp_path_factory.mktemp("charts"), {"pizza": 0.4, "soup": 0.2})
    return load_masked(folder), Subject(folder)


@pytest.fixture(scope="module")
def answered(model: tuple[MaskedModel, Subject]) -> Answered:
    return fill(*model, "[MASK] and [MASK]", top=2, beam=3)


def test_a_row_a_mask_and_guess(answered: Answered) -> None:
    table = guesses_frame(answered)
    assert table[["mask", "rank", "piece"]].to_numpy().tolist() == [
        [1, 1, "pizza"], [1, 2, "soup"], [2, 1, "pizza"], [2, 2, "soup"],
    ]  # fmt: skip
    assert b"<svg" in picture(guesses_chart(table), "svg")
    assert b"<svg" in picture(guesses_chart(table[table["mask"] == 1]), "svg")


def test_fillings_end_with_the_masks_by_themselves(answered: Answered) -> None:
    table = together_frame(answered)
    assert table["filled"].tolist() == ["together"] * 3 + ["apart"]
    assert table["text"].iloc[0] == "pizza and pizza"


def test_candidates_without_a_score_are_told_and_not_drawn(model: tuple[MaskedModel, Subject]) -> None:
    table = candidates_frame(score(*model, "the [MASK]", ["soup", "😀", "cat"]), "pll")
    assert table["candidate"].tolist() == ["soup", "cat", "😀"] and table["rank"].isna().tolist() == [
        False,
        False,
        True,
    ]
    drawn = picture(candidates_chart(table, "pll"), "svg").decode()
    assert "soup" in drawn and "😀" not in drawn
