"""A result survives the disk; a value that is missing says why, and is never NaN."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from core.bias import found as files
from core.bias.found import Chance, Figure, Found

CHANCE = Chance(0.02, 0.01, 0.03, "drawn", "greater", "words", 0.001, certain=False)


def test_a_result_survives_the_disk(tmp_path: Path) -> None:
    table = pd.DataFrame({"word": ["rose", "ant"], "s": [0.25, -0.5]})
    given = Found(
        Figure("d", "Effect size", 0.5, 0.0, 0.1, 0.9, "95 %", 16, "words", chance=CHANCE),
        (Figure("x", "Other", None, note="n too small"),),
        {"Words": table, "Odd / name": table},
        "16 words",
        ("one left out",),
        {"X": ("zinnia",)},
        offends=True,
    )  # fmt: skip
    files.write(given, tmp_path)
    read = files.read(tmp_path)
    assert read.to_json() == given.to_json()
    assert list(read.tables) == ["Words", "Odd / name"]
    pd.testing.assert_frame_equal(read.tables["Words"], table, check_dtype=False)


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_a_missing_value_needs_a_reason(value: float | None) -> None:
    with pytest.raises(ValueError, match="no note"):
        Figure("d", "Effect size", value)
    assert Figure("d", "Effect size", value, note="all words are alike").value is None


def test_bounds_that_are_no_numbers_are_absent() -> None:
    one = Figure("d", "Effect size", 0.5, low=math.nan, high=math.inf)
    assert (one.low, one.high) == (None, None)
