"""What a training method is: a declaration, a config, and one function.

A method is one file in core/training/methods/ that ends with `METHOD = Method(...)`. Menu, form, estimate, storage,
command line and contract tests come from the declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Protocol

from core.data.examples import LabelledData
from core.errors import UserProblem
from core.inference.scorer import Scorer
from core.progress import Report, ShouldStop


def option(
    default: Any,
    *,
    title: str,
    help: str,
    minimum: float | None = None,
    maximum: float | None = None,
    choices: tuple[Any, ...] = (),
    advanced: bool = False,
    whole: bool = False,
) -> Any:
    """One parameter of a config: its default, what a form shows, and the range that is accepted.

    A default of None means "chosen by itself"; the parameter is then a number, a whole one where `whole` says so.
    """
    return field(
        default=default,
        metadata={
            "title": title,
            "help": help,
            "minimum": minimum,
            "maximum": maximum,
            "choices": choices,
            "advanced": advanced,
            "whole": whole or (isinstance(default, int) and not isinstance(default, bool)),
        },
    )


@dataclass(frozen=True)
class Config:
    """Base of every method's config: frozen, JSON in and out, every value checked on the way in."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Config:
        known = {item.name: item for item in fields(cls)}
        unknown = sorted(set(values) - set(known))
        if unknown:
            raise UserProblem(
                f"There is no parameter {', '.join(map(repr, unknown))}.",
                f"Parameters are: {', '.join(sorted(known))}.",
            )
        return cls(**{name: _checked(known[name], value) for name, value in values.items()})


def _checked(item: Field[Any], value: Any) -> Any:
    rules = item.metadata
    wanted = type(item.default) if item.default is not None else int if rules["whole"] else float
    if item.default is None and isinstance(value, str) and value.strip().lower() in ("", "auto", "none"):
        value = None
    value = _converted(item.name, value, wanted)
    if rules["choices"] and value not in rules["choices"]:
        raise UserProblem(f"{item.name} is {value!r}.", f"It must be one of {', '.join(map(str, rules['choices']))}.")
    low, high = rules["minimum"], rules["maximum"]
    if not isinstance(value, (bool, str)) and value is not None:
        if low is not None and value < low:
            raise UserProblem(f"{item.name} is {value}.", f"It must be at least {low}.")
        if high is not None and value > high:
            raise UserProblem(f"{item.name} is {value}.", f"It must be at most {high}.")
    return value


def _converted(name: str, value: Any, wanted: type) -> Any:
    if value is None:
        return None
    if wanted is bool and isinstance(value, str):
        lowered = value.strip().lower()
        if lowered in ("true", "yes", "1", "on"):
            return True
        if lowered in ("false", "no", "0", "off"):
            return False
        raise UserProblem(f"{name} is {value!r}.", "It must be true or false.")
    try:
        converted = wanted(float(value)) if wanted is int and isinstance(value, str) else wanted(value)
    except (TypeError, ValueError):
        raise UserProblem(f"{name} is {value!r}.", f"It must be a {_KINDS.get(wanted, wanted.__name__)}.") from None
    if wanted is int and float(converted) != float(value):
        raise UserProblem(f"{name} is {value!r}.", "It must be a whole number.")
    if wanted is float and converted != converted:
        raise UserProblem(f"{name} is not a number.", "It must be a number.")
    return converted


_KINDS = {int: "whole number", float: "number", str: "word", bool: "yes or no"}


@dataclass(frozen=True)
class FineTuned:
    """What a training call returns: a scorer ready to predict, what was measured on the way, and how it ended.

    `history` holds one dict a measurement: {"step", "epoch", "loss" or "validation_loss", "validation_macro_f1"}.
    `chosen` tells what validation decided (best epoch, regularisation, ...). `stopped_early` is true when a person
    asked to stop and to keep the best so far.
    """

    scorer: Scorer
    history: tuple[Mapping[str, float], ...]
    chosen: Mapping[str, Any]
    stopped_early: bool = False


class FineTune(Protocol):
    """Train on `data` from the model folder `base` (None where none is needed); `checkpoints` outlives a crash."""

    def __call__(
        self,
        data: LabelledData,
        config: Any,
        *,
        base: Path | None,
        checkpoints: Path,
        report: Report,
        should_stop: ShouldStop,
        vectors: Path | None = None,
    ) -> FineTuned: ...


@dataclass(frozen=True)
class Cost:
    """What a measurement foretells: `seconds`, bytes beyond the measurement's own peak, and what it rests on."""

    seconds: float
    extra_bytes: int
    basis: str


class MeasureCost(Protocol):
    """Measure for a few seconds, on at most 2,000 texts, what training on `data` will cost."""

    def __call__(self, data: LabelledData, config: Any, *, base: Path | None) -> Cost: ...


@dataclass(frozen=True)
class Method:
    """A training method's declaration; without `cost` an estimate trains on a few rows and multiplies."""

    name: str
    title: str
    summary: str
    needs_base: bool
    config: type[Config]
    fine_tune: FineTune
    metadata: Mapping[str, Any] = field(default_factory=dict)
    cost: MeasureCost | None = None
