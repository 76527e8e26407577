"""The grid of heads, the matrix and the lines: what they hold, and that they stay small at 512 pieces."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.encoding import base_models
from core.errors import UserProblem
from core.inspection.attention import heads, view
from core.inspection.attention.view import View
from core.inspection.attention.weights import Attention, attention
from core.inspection.attention.words import Unit
from core.inspection.charts import attention as grid
from core.inspection.charts import attention_lines, attention_matrix
from core.inspection.picture import picture
from core.inspection.subject import Subject

MEGABYTE = 1_000_000
WEIGHTS = np.array([[0.5, 0.25, 0.0], [0.125, 0.75, 0.125]], dtype=np.float32)


@pytest.fixture(scope="module")
def bundled() -> Subject:
    return Subject(base_models.bundled())


@pytest.fixture(scope="module")
def short(bundled: Subject) -> Attention:
    return attention(bundled, bundled.read("The <b>bank</b> of [MASK] 🍕", "an unexpectedly cold soup"))


@pytest.fixture(scope="module")
def longest(bundled: Subject) -> Attention:
    """512 pieces, no two words alike."""
    numbers = " ".join(str(number) for number in range(100, 999))
    found = attention(bundled, bundled.read(numbers, numbers))
    assert found.weights.shape[-1] == 512
    return found


def by_hand() -> View:
    left, top = (tuple(Unit(text, 0, False, (place,)) for place, text in enumerate(names)) for names in ("ab", "aab"))
    return View(left, top, np.arange(2) + 1, np.arange(3) + 1, WEIGHTS, 1 - WEIGHTS.sum(1), np.zeros(2), False)


def size(chart: object) -> int:
    return len(chart.to_json(indent=None))  # type: ignore[attr-defined]


def test_the_grid_has_a_cell_for_every_head(short: Attention) -> None:
    table = grid.frame(heads.statistics(short))
    assert len(table) == 72 and set(heads.STATISTICS) <= set(table.columns)
    for statistic in heads.STATISTICS:
        assert size(grid.heads(table, statistic)) < MEGABYTE
    said = grid.heads_in_words(table, "sep")
    top = table.loc[table["sep"].idxmax()]
    assert f"highest {top['sep']:.3f} (layer {top['layer']}, head {top['head']})" in said


def test_a_matrix_has_every_weight_at_its_words() -> None:
    chart = attention_matrix.matrix(by_hand()).to_dict()
    [rows] = chart["datasets"].values()
    assert [(row["from"], row["to"], row["weight"]) for row in rows] == [
        ("1 a", "1 a", 0.5), ("1 a", "2 a", 0.25), ("1 a", "3 b", 0.0),
        ("2 b", "1 a", 0.125), ("2 b", "2 a", 0.75), ("2 b", "3 b", 0.125),
    ]  # fmt: skip
    assert "strongest from b to a, 0.750" in attention_matrix.matrix_in_words(by_hand())


def test_lines_are_the_strongest_and_are_counted() -> None:
    drawn = attention_lines.strongest(by_hand(), 3)
    assert list(zip(drawn["row"], drawn["column"], drawn["weight"], strict=True)) == [
        (0, 1, 0.25), (0, 0, 0.5), (1, 1, 0.75),
    ]  # fmt: skip
    assert attention_lines.lines_in_words(by_hand(), 3) == "The 3 strongest of 6 lines, 86 % of what is shown."


def test_both_texts_are_marked(short: Attention) -> None:
    shown = view.view(short, 1, 1)
    held = json.dumps(attention_matrix.matrix(shown).to_dict(), ensure_ascii=False)
    assert "A· bank" in held and "B· cold" in held and '"rule"' in held
    assert "B· cold" in json.dumps(attention_lines.lines(shown).to_dict(), ensure_ascii=False)


@pytest.mark.parametrize("specials", [True, False])
@pytest.mark.parametrize("by_pieces", [True, False])
def test_512_pieces_stay_below_a_megabyte(longest: Attention, specials: bool, by_pieces: bool) -> None:
    for layer in (1, 6):
        shown = view.view(longest, layer, 1, specials=specials, by_pieces=by_pieces)
        assert not attention_matrix.is_small(shown)
        assert size(attention_matrix.matrix(shown)) < MEGABYTE
        part = view.view(longest, layer, 1, specials=specials, by_pieces=by_pieces, rows=(1, 60), columns=(1, 60))
        assert size(attention_matrix.matrix(part)) < MEGABYTE
        assert size(attention_lines.lines(part)) < MEGABYTE


def test_words_of_101_characters_stay_below_a_megabyte(bundled: Subject) -> None:
    found = attention(bundled, bundled.read(" ".join(["x" * 101] * 60)))
    assert size(attention_matrix.matrix(view.view(found, 1, 1))) < MEGABYTE


def test_a_long_and_narrow_matrix_is_no_long_page(longest: Attention) -> None:
    shown = view.view(longest, 1, 1, rows=(1, 100), columns=(1, 8))
    assert attention_matrix.matrix(shown).to_dict()["height"] == attention_matrix.PIXELS
    assert attention_matrix.is_small(view.view(longest, 1, 1, rows=(1, 60), columns=(1, 8)))


def test_too_many_lines_are_refused(longest: Attention) -> None:
    with pytest.raises(UserProblem, match="cannot be read"):
        attention_lines.lines(view.view(longest, 1, 1))


def test_all_can_be_saved(short: Attention, longest: Attention) -> None:
    shown = view.view(short, 2, 3)
    table = grid.frame(heads.statistics(short))
    charts = (
        grid.heads(table, "sep"), attention_matrix.matrix(shown), attention_lines.lines(shown),
        attention_matrix.matrix(view.view(longest, 2)),
    )  # fmt: skip
    for chart in charts:
        assert picture(chart, "png").startswith(b"\x89PNG") and b"<svg" in picture(chart, "svg")
    assert b"<b>" not in picture(charts[1], "svg")
