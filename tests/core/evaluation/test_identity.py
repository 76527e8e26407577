"""What makes two evaluations comparable."""

from __future__ import annotations

import numpy as np

from core.data.examples import Examples
from core.evaluation.identity import evaluation_hash, rows_hash


def _rows(texts: tuple[str, ...], targets: list[int]) -> Examples:
    return Examples(texts, np.array(targets), np.arange(len(texts)))


def test_order_of_rows_is_nothing_and_content_is_everything() -> None:
    labels = ("a", "b")
    first = rows_hash(_rows(("x", "y"), [0, 1]), labels)
    assert first == rows_hash(_rows(("y", "x"), [1, 0]), labels)
    assert first != rows_hash(_rows(("x", "y"), [1, 0]), labels)
    assert first != rows_hash(_rows(("xy", ""), [0, 1]), labels)
    assert first != rows_hash(_rows(("x", "y"), [0, 1]), ("a", "c"))


def test_version_of_the_metric_code_counts() -> None:
    assert evaluation_hash("rows", 1) != evaluation_hash("rows", 2)
