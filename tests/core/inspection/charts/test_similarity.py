from __future__ import annotations

import numpy as np

from core.inspection.charts.similarity import CONTEXT, MOST, STATIC, both, described, described_static, frame, heatmap
from core.inspection.occurrence_pairs import Pairs
from core.inspection.picture import picture


def made(n: int) -> Pairs:
    cosine = np.full((n, n), 0.5) + np.eye(n) / 2
    return Pairs(cosine, cosine - 0.1, cosine, cosine, np.ones((n, n)), 0.1, 1_000)


def test_both_matrices_are_drawn_on_one_scale_with_their_numbers() -> None:
    labels = ["1. <script>alert(1)</script>", "2. bank"]
    table = frame(made(2), labels)
    assert len(table) == 8 and table[table["kind"] == CONTEXT]["cosine"].tolist() == [1, 0.5, 0.5, 1]
    assert table[table["kind"] == STATIC]["cosine"].tolist() == [1] * 4
    spec = both(table, "layer 6").to_dict()
    scales = {str(part["layer"][0]["encoding"]["color"]["scale"]["domain"]) for part in spec["hconcat"]}
    assert scales == {"[0.5, 1.0]"}
    assert b"<script>" not in picture(both(table, "layer 6"), "svg")
    assert picture(heatmap(table, CONTEXT, "layer 6"), "png")[:4] == b"\x89PNG"


def test_a_large_matrix_is_drawn_in_part_and_stays_small() -> None:
    table = frame(made(100), [f"{number}. bank" for number in range(100)])
    assert len(table) == 2 * MOST**2
    assert len(table.to_csv()) < 1_000_000


def test_words_for_those_who_cannot_see_it() -> None:
    assert described(made(3), ["a", "b", "c"], "layer 6") == (
        "Cosines of 3 occurrences, layer 6: 0.500 to 0.500, mean 0.500; random pairs of words have 0.100 on average."
    )
    assert "nothing to compare" in described(made(1), ["a"], "layer 6")
    assert "1.000 to 1.000" in described_static(made(2))
