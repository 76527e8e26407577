"""What probing found: plain numbers with their intervals, and how they go into JSON and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.evaluation.intervals import Interval

METRICS: Mapping[str, str] = {"accuracy": "Accuracy", "f1_macro": "Macro-F1"}


@dataclass(frozen=True)
class ProbeScore:
    """A representation's probe on the test rows; `layer` is None for the static vectors.

    `control` is the accuracy on the control task, `selectivity` accuracy less that, over the same resamples.
    """

    layer: int | None
    accuracy: Interval
    f1_macro: Interval
    control: Interval
    selectivity: Interval
    strength: float
    validation_accuracy: float
    validation_f1_macro: float

    @property
    def name(self) -> str:
        """As in tables: "static", "0", "1", …"""
        return "static" if self.layer is None else str(self.layer)

    def metric(self, name: str) -> Interval:
        """The interval of "accuracy" or "f1_macro"."""
        return self.f1_macro if name == "f1_macro" else self.accuracy


@dataclass(frozen=True)
class Best:
    """The layer that is best on the test rows by one metric.

    `alike` are the other layers that a paired bootstrap cannot tell from it, `validated` the layer that is best on the
    validation rows, `over_static` and `over_majority` how much better the best layer is than those.
    """

    metric: str
    layer: int
    alike: tuple[int, ...]
    validated: int
    over_static: Interval
    over_majority: Interval


@dataclass(frozen=True)
class Probing:
    """Scores of layers 0 to L and of the static vectors, beside the majority answer.

    `control_place` says on which word the control labels hang, `control_seen` for how many test texts that word was
    seen in training, `control_majority` what always giving the commonest control label gets.
    """

    layers: tuple[ProbeScore, ...]
    static: ProbeScore
    majority: Mapping[str, Any]
    best: Mapping[str, Best]
    labels: tuple[str, ...]
    rows: Mapping[str, int]
    rule: str
    max_length: int
    seed: int
    control_place: str
    control_types: int
    control_seen: float
    control_majority: float
    computed: int
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return asdict(self)

    @property
    def table(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Headers, and a row for the static vectors and each layer with full numbers."""
        headers = (
            "layer", "accuracy", "accuracy_low", "accuracy_high", "f1_macro", "f1_macro_low", "f1_macro_high",
            "control", "control_low", "control_high", "selectivity", "selectivity_low", "selectivity_high", "C",
            "validation_accuracy", "validation_f1_macro",
        )  # fmt: skip
        return headers, [_row(score) for score in (self.static, *self.layers)]


def _row(score: ProbeScore) -> tuple[object, ...]:
    bounds = [
        (each.value, each.low, each.high) for each in (score.accuracy, score.f1_macro, score.control, score.selectivity)
    ]
    numbers = [value for each in bounds for value in each]
    return (score.name, *numbers, score.strength, score.validation_accuracy, score.validation_f1_macro)
