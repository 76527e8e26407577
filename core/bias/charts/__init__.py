"""Charts of what measures found: a file a measure, named so, with `charts(found, inputs) -> tuple[Drawn, ...]`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pandas as pd

from core.bias.found import Found


@dataclass(frozen=True)
class Drawn:
    """A chart (altair) with its title, and what it shows in words for those who cannot see it.

    `table` holds the numbers that are drawn, for a file beside the picture.
    """

    title: str
    chart: Any
    alt: str
    table: pd.DataFrame | None = None


def charts_of(measure: str, found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """The measure's own charts; none where it has no file here. `inputs` as `Inputs.to_json` made them."""
    name = f"{__name__}.{measure}"
    if find_spec(name) is None:
        return ()
    drawn: tuple[Drawn, ...] = import_module(name).charts(found, inputs)
    return drawn
