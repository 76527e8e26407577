"""Occlusion: how much F falls when a word is hidden (Zeiler and Fergus 2014; Li et al. 2016, "erasure").

Each word's pieces become [MASK], or are taken out. Two words that say the same hide each other: either may seem idle.
"""

from __future__ import annotations

import numpy as np

from core.inspection.attribution.method import Method, Options, Raw
from core.inspection.attribution.sight import Sight
from core.inspection.attribution.target import Target
from core.progress import Report, ShouldStop


def compute(sight: Sight, wanted: Target, options: Options, report: Report, should_stop: ShouldStop) -> Raw:
    """F(x) - F(x without the unit), for every unit."""
    alone = [(number,) for number in range(len(sight.units))]
    counted = sight.kind == "tfidf" and options.replacement == "mask"
    replacement = "delete" if counted else options.replacement
    logits = sight.without(alone, replacement, report=report, should_stop=should_stop)
    notes = ("A word count knows no [MASK]: words were taken out.",) if counted else ()
    return Raw(units=np.asarray(wanted.of(sight.logits) - wanted.of(logits), dtype=np.float64), notes=notes)


METHOD = Method(
    name="occlusion",
    title="Occlusion",
    summary="How much the logit falls when the word is hidden. The plainest answer, one reading of the text a word.",
    sums_to="nothing in particular: each word is hidden alone",
    source="Zeiler and Fergus 2014; Li et al. 2016",
    compute=compute,
    kinds=("sequence", "probe", "tfidf"),
)
