"""What a comparison says, in sentences."""

from __future__ import annotations

import numpy as np

from core.evaluation.intervals import Interval
from core.inspection.before_after.result import BeforeAfter

SAME = 1e-6
MANY = 30


def verdicts(found: BeforeAfter) -> tuple[str, ...]:
    """Vectors, shifts, neighbours, and what to be careful about."""
    told = [_vectors(found), _shifts(found), _neighbours(found), _care(found)]
    return tuple(each for each in told if each)


def _vectors(found: BeforeAfter) -> str:
    values = np.array([np.nan if each.value is None else each.value for each in found.same])
    if np.isnan(values).all():
        return "The vectors of these words do not vary, so CKA is undefined."
    least = int(np.nanargmin(values))
    words = f"{len(found.words):,} words of {len(found.texts):,} text{'s' if len(found.texts) != 1 else ''}"
    if abs(values - 1).max() < SAME:
        return f"The vectors of {words} are the same in every layer (CKA 1.000)."
    return (
        f"Over {words}, layer {found.name(least)} changed most: CKA {_with(found.same[least])}, where words paired at "
        f"random have {found.chance[least]:.3f} and no change at all is 1."
    )


def _shifts(found: BeforeAfter) -> str:
    if not found.shifts:
        return found.why
    values = [each.value or 0.0 for each in found.shifts]
    most = int(np.argmax(values))
    if values[most] < SAME:
        return "No word moved."
    return (
        f"A word moved most in layer {found.name(most)}: its cosine with itself fell by {_with(found.shifts[most])} on "
        f"average; two different words lie {found.apart[most]:.3f} apart there."
    )


def _neighbours(found: BeforeAfter) -> str:
    last = len(found.pairs) - 1
    return (
        f"In layer {found.name(last)} a word keeps {_with(found.overlaps[last])} of its {found.k} nearest other words; "
        f"random ones would share {found.overlap_chance:.3f}."
    )


def _care(found: BeforeAfter) -> str:
    if len(found.words) < MANY:
        return f"{len(found.words)} words are few: CKA is high by chance then. Compare it with words paired at random."
    return ""


def _with(figure: Interval) -> str:
    if figure.value is None:
        return "undefined"
    return f"{figure.value:.3f}" + ("" if figure.low is None else f" ({figure.low:.3f} to {figure.high:.3f})")
