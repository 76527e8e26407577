"""A bias passport: every measure of one model version with interval, sample and reading, and what was not measured.

There is no sum of it: the measures look at different things in different units.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.bias.comparing import Difference
from core.bias.found import Figure
from core.bias.measure import Criticism

FORMAT = 1
FAMILIES: Mapping[str, str] = {
    "classifiers": "Classifiers", "words": "Word associations", "sentences": "Sentences", "masked": "Masked words",
    "tokens": "Tokenisation",
}  # fmt: skip
STATEMENT = (
    "There is no overall score and no badge. The measures look at different things in different units, and measures "
    "inside a model agree poorly with what a model does in use. A value near neutral says that this measure found "
    "little with these words or rows; it never says that the model is unbiased."
)


@dataclass(frozen=True)
class Change:
    """How a line differs from the same line of another version; `role` says which ("parent", "previous version")."""

    against: str
    role: str
    before: float | None
    difference: Difference
    said: str


@dataclass(frozen=True)
class Line:
    """One result. `inputs` is what it was measured with, `measured_at` ISO 8601, `source` that of the measure.

    `direction` says which way the value points, `side` what above and below neutral mean; `least`, `most` are bounds.
    """

    result: str
    measure: str
    title: str
    family: str
    source: str
    inputs: str
    inputs_source: str
    headline: Figure
    figures: tuple[Figure, ...]
    least: float | None
    most: float | None
    sample: str
    direction: str
    side: str
    says: str
    criticisms: tuple[Criticism, ...]
    warnings: tuple[str, ...]
    lost: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, Any]
    measured_at: str
    measured_by: str
    offends: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def name(self) -> str:
        """Measure and inputs in a few words."""
        return f"{self.title} · {self.inputs}"


@dataclass(frozen=True)
class Missing:
    """A measure without a result; `why` says why it cannot be taken of this model, empty where nobody has taken it."""

    measure: str
    title: str
    family: str
    why: str = ""


@dataclass(frozen=True)
class Passport:
    """All lines of one version. `made` tells how the version came to be, `compared` names versions by their role."""

    model: str
    made: str
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    compared: Mapping[str, str]
    mitigation: Mapping[str, Any]

    def by_family(self) -> dict[str, tuple[Line, ...]]:
        """Lines under their family's word, families in the order of the page, those without a line left out."""
        words = [*FAMILIES, *dict.fromkeys(line.family for line in self.lines if line.family not in FAMILIES)]
        found = {word: tuple(line for line in self.lines if line.family == word) for word in words}
        return {word: lines for word, lines in found.items() if lines}

    def to_json(self) -> dict[str, Any]:
        """The whole document as plain values."""
        return {
            "format": FORMAT, "model": self.model, "made": self.made, "statement": STATEMENT,
            "compared": dict(self.compared), "lines": [_line(line) for line in self.lines],
            "not_measured": [asdict(one) for one in self.missing], "mitigation": dict(self.mitigation),
        }  # fmt: skip


def written(passport: Passport) -> str:
    """The document as JSON; the same passport gives the same text."""
    return json.dumps(passport.to_json(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _line(line: Line) -> dict[str, Any]:
    changes = [
        {"against": one.against, "role": one.role, "before": one.before, "said": one.said,
         "difference": one.difference.to_json()}
        for one in line.changes
    ]  # fmt: skip
    return {**asdict(line), "changes": changes}
