"""Layers as people list them."""

from __future__ import annotations

import pytest

from core.inspection.probing.verdict import listed


@pytest.mark.parametrize(
    ("layers", "told"),
    [((3,), "3"), ((1, 2), "1 and 2"), ((0, 1, 2, 3), "0 to 3"), ((0, 1, 2, 3, 5), "0 to 3 and 5"),
     ((0, 2, 4, 5, 6), "0, 2 and 4 to 6")],
)  # fmt: skip
def test_runs_of_layers_are_shortened(layers: tuple[int, ...], told: str) -> None:
    assert listed(layers) == told
