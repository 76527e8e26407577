"""Holm's step-down correction: the chance of even one false alarm in a battery stays below the level.

Source: Holm 1979, Scandinavian Journal of Statistics 6:65. Valid whatever the tests share.
"""

from __future__ import annotations

from collections.abc import Sequence


def holm(p: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values in the order given: the i-th smallest of m times m - i + 1, never less than the one before."""
    adjusted, highest = [0.0] * len(p), 0.0
    for place, number in enumerate(sorted(range(len(p)), key=lambda one: p[one])):
        highest = max(highest, min(1.0, (len(p) - place) * p[number]))
        adjusted[number] = highest
    return tuple(adjusted)
