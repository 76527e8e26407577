from __future__ import annotations

import numpy as np

from core.inspection.charts.projection import HEIGHT, NAMED, WIDTH, excerpt, frame, reach, scatter
from core.inspection.picture import picture


def test_axes_stand_still_over_layers_and_have_one_scale() -> None:
    points = [np.array([[1.0, -2.0]]), np.array([[0.5, 0.5]])]
    half = reach(points)
    assert 2 < half < 2.5 and reach([np.zeros((2, 2))]) == 1
    chart = scatter(frame(points[0], ["1. a"], ["a"], ["[a]"]), "layer 1", half).to_dict()
    encoding = chart["layer"][0]["encoding"]
    x, y = (encoding[axis]["scale"]["domain"][1] for axis in "xy")
    assert y == half and abs(x / y - WIDTH / HEIGHT) < 1e-9


def test_names_stand_beside_few_points_and_pictures_are_made() -> None:
    few = frame(np.eye(2), ["1. a", "2. a"], ["money", "river"], ["[a]", "[a]"])
    assert len(scatter(few, "t", 1).to_dict()["layer"]) == 2
    assert picture(scatter(few, "t", 1), "png")[:4] == b"\x89PNG"
    n = NAMED + 1
    many = frame(np.zeros((n, 2)), ["a"] * n, ["a"] * n, ["a"] * n)
    assert len(scatter(many, "t", 1).to_dict()["layer"]) == 1


def test_a_word_is_shown_in_its_neighbourhood() -> None:
    assert excerpt("The bank.", 4, 8) == "The [bank]."
    assert excerpt("x" * 100 + "bank" + "y" * 100, 100, 104) == f"…{'x' * 60}[bank]{'y' * 60}…"
