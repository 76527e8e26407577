"""What a measure found: figures with interval, neutral value and chance, tables behind them, and what was left out.

A figure that cannot be computed has the value None and a note that says why; it is never 0 and never NaN.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

FILE = "found.json"


@dataclass(frozen=True)
class Chance:
    """How often labels dealt at random reach what was seen: p, certain to lie in low <= p <= high, all in (0, 1].

    `method` says how it was computed ("exact, all 12,870 partitions"), `unit` what was dealt ("words"), `smallest` the
    least p that this test could print. For a Monte Carlo p the interval is one of 95 %; `certain` is then False.
    `adjusted` is p after correction over the `battery` tests of one run (Holm 1979), where there are several.
    """

    p: float
    low: float
    high: float
    method: str
    alternative: str
    unit: str
    smallest: float
    certain: bool = True
    adjusted: float | None = None
    battery: int = 1


@dataclass(frozen=True)
class Figure:
    """A number with what it takes to read it.

    `neutral` is the value without bias; `interval` says what low and high are ("95 % bootstrap over source rows");
    `n` counts what it rests on, named by `of` ("pairs"); `note` says why there is no value, or how to read it.
    """

    name: str
    title: str
    value: float | None
    neutral: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = ""
    n: int = 0
    of: str = ""
    note: str = ""
    chance: Chance | None = None
    least: float | None = None  # least and most value that this figure can take
    most: float | None = None

    def __post_init__(self) -> None:
        for name in ("value", "low", "high", "neutral", "least", "most"):
            given = getattr(self, name)
            number = None if given is None or not math.isfinite(given) else float(given)
            object.__setattr__(self, name, number)
        if self.value is None and not self.note:
            raise ValueError(f"the figure {self.name!r} has no value and no note that says why")

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Figure:
        chance = values.get("chance")
        return cls(**{**values, "chance": Chance(**chance) if chance else None})


@dataclass(frozen=True)
class Found:
    """What one measure found on one model with one set of inputs.

    `sample` says in words what it was measured on; `lost` names by set the words that have no vector; `tables` hold the
    rows behind the figures, the longest last. `offends` is true where tables hold sentences that can hurt.
    """

    headline: Figure
    figures: tuple[Figure, ...] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    sample: str = ""
    warnings: tuple[str, ...] = ()
    lost: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offends: bool = False

    def to_json(self) -> dict[str, Any]:
        """Everything but the tables."""
        return {
            "headline": asdict(self.headline),
            "figures": [asdict(figure) for figure in self.figures],
            "sample": self.sample,
            "warnings": list(self.warnings),
            "lost": {name: list(words) for name, words in self.lost.items()},
            "offends": self.offends,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any], tables: Mapping[str, pd.DataFrame] | None = None) -> Found:
        """The other way; `tables` are given apart."""
        return cls(
            Figure.from_json(values["headline"]),
            tuple(Figure.from_json(figure) for figure in values["figures"]),
            tables or {},
            values["sample"],
            tuple(values["warnings"]),
            {name: tuple(words) for name, words in values["lost"].items()},
            bool(values["offends"]),
        )


def write(found: Found, folder: Path) -> None:
    """Write found.json and one table-NUMBER.parquet a table, in their order."""
    for number, table in enumerate(found.tables.values()):
        table.to_parquet(folder / f"table-{number}.parquet", index=False)
    said = {**found.to_json(), "tables": list(found.tables)}
    (folder / FILE).write_text(json.dumps(said, ensure_ascii=False, allow_nan=False), encoding="utf-8")


def read(folder: Path) -> Found:
    """What `write` wrote."""
    said = json.loads((folder / FILE).read_text(encoding="utf-8"))
    names = said.pop("tables")
    return Found.from_json(
        said, {name: pd.read_parquet(folder / f"table-{number}.parquet") for number, name in enumerate(names)}
    )
