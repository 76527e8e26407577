"""What two classifiers of the same labels say of the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UserProblem
from core.inference.classifier import Classifier


@dataclass(frozen=True)
class Decision:
    """A text with the label and its probability before and after; several labels are joined by " + "."""

    text: str
    before: str
    before_score: float
    after: str
    after_score: float

    @property
    def changed(self) -> bool:
        """Whether the two decided differently."""
        return self.before != self.after


def decisions(before: Classifier, after: Classifier, texts: Sequence[str]) -> tuple[Decision, ...]:
    """Both decisions for every text, in order; UserProblem where the two answer different questions."""
    check_labels(before, after)
    found = [each.predict(list(texts)) for each in (before, after)]
    labels = [[_named(label) for label in each.labels()] for each in found]
    scores = [each.scores().tolist() for each in found]
    rows = zip(texts, labels[0], scores[0], labels[1], scores[1], strict=True)
    return tuple(Decision(*row) for row in rows)


def check_labels(before: Classifier, after: Classifier) -> None:
    """UserProblem unless both know the same labels and give as many of them."""
    if set(before.labels) != set(after.labels) or before.problem_type != after.problem_type:
        told = " and ".join(", ".join(sorted(each.labels)[:6]) for each in (before, after))
        raise UserProblem(
            f"The two classifiers have different labels: {told}.", "Decisions are compared over the same labels."
        )


def _named(label: object) -> str:
    return label if isinstance(label, str) else " + ".join(label) or "no label"  # type: ignore[arg-type]
