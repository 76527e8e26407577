"""Which words made two classifiers give a label, side by side, matched by the characters they cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.inference.classifier import Classifier
from core.inspection.attribution import Attribution, attribute
from core.inspection.before_after.decisions import check_labels
from core.progress import Report, ShouldStop, never, silent

METHOD = "occlusion"  # works on every classifier alike, so that both are asked in the same way


@dataclass(frozen=True)
class Reasons:
    """Scores of the same text for the same label, in each model's own logits."""

    before: Attribution
    after: Attribution

    @property
    def label(self) -> str:
        """The explained label: what the later model says."""
        return self.after.label

    def rows(self) -> list[dict[str, Any]]:
        """A row a word in the text's order; a score is None where a model has no word at exactly these characters."""
        scores: dict[tuple[int, int], dict[str, Any]] = {}
        for side, found in (("before", self.before), ("after", self.after)):
            for unit, score in zip(found.units, found.scores.tolist(), strict=True):
                row = scores.setdefault((unit.start, unit.end), {"word": unit.text, "before": None, "after": None})
                row[side] = score
        return [scores[place] for place in sorted(scores)]


def reasons(
    before: Classifier,
    after: Classifier,
    text: str,
    *,
    method: str = METHOD,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Reasons:
    """Explain the later model's likeliest label in both; UserProblem for other labels or a text without words."""
    check_labels(before, after)
    second = attribute(after, text, method=method, report=report, should_stop=should_stop)
    first = attribute(before, text, method=method, label=second.label, report=report, should_stop=should_stop)
    return Reasons(first, second)
