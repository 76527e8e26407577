"""Results of one run beside each other: a row a list and a column a kind of vector; never averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.bias import told
from core.bias.found import Figure
from core.bias.measure import Measure
from core.bias.vectors.kinds import TITLES


@dataclass(frozen=True)
class Row:
    """A result as it is compared: measure, list, kind of vector ("" where it has none), headline and inputs."""

    measure: Measure
    name: str
    kind: str
    headline: Figure
    inputs: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The kind in words."""
        return TITLES.get(self.kind, self.kind)

    @property
    def side(self) -> int:
        """1 above the neutral value, -1 below, 0 at it or where either is unknown."""
        value, neutral = self.headline.value, self.headline.neutral
        if value is None or neutral is None or value == neutral:
            return 0
        return 1 if value > neutral else -1


def table(rows: Sequence[Row]) -> pd.DataFrame:
    """A row a result: list, vectors, value, neutral, interval, p, Holm p, least p, direction; empty columns go."""
    written = [
        {
            "measure": one.measure.title, "list": one.name, "vectors": one.title, "value": one.headline.value,
            "neutral": one.headline.neutral, "low": one.headline.low, "high": one.headline.high, **_chance(one),
            "what it says": told.direction(one.measure, one.headline.value, one.inputs) or one.headline.note,
        }
        for one in rows
    ]  # fmt: skip
    made = pd.DataFrame(written)
    same = ["measure"] if made["measure"].nunique() == 1 else []
    empty = [name for name in made if made[name].isna().all() or (made[name] == "").all()]
    return made.drop(columns=[*same, *empty])


def matrix(rows: Sequence[Row]) -> pd.DataFrame:
    """The values: a row a list, a column a kind of vector, signs written; "–" where there is no value."""
    lists, kinds = _distinct(rows)
    cells = {(one.name, one.title): _written(one) for one in reversed(rows)}
    columns = {title: [cells.get((name, title), "") for name in lists] for title in kinds}
    return pd.DataFrame({"list": lists, **columns})


def disagreements(rows: Sequence[Row]) -> tuple[str, ...]:
    """A sentence for each list on which the kinds of vector lie on both sides of the neutral value."""
    said = []
    for name in _distinct(rows)[0]:
        own = [one for one in rows if one.name == name]
        above, below = ([one for one in own if one.side == side] for side in (1, -1))
        if above and below:
            said.append(f"{name}: above by {_named(above)}, below by {_named(below)}.")
    return tuple(said)


def verdict(rows: Sequence[Row]) -> str:
    """One sentence on whether the kinds agree; empty where there is one kind only."""
    lists, kinds = _distinct(rows)
    if len(kinds) < 2 or not any(one.side for one in rows):
        return ""
    apart = len(disagreements(rows))
    if not apart:
        return (
            f"All {len(kinds)} kinds of vector lie on the same side of the neutral value on every list. They are "
            "different vectors of the same words, so their values are not averaged."
        )
    return (
        f"On {apart} of {len(lists)} list{'' if len(lists) == 1 else 's'} the kinds of vector disagree about the "
        "direction. No one of them is the right one; a result that turns with the kind says little about the model."
    )


def _distinct(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    return list(dict.fromkeys(one.name for one in rows)), list(dict.fromkeys(one.title for one in rows))


def _chance(one: Row) -> dict[str, str]:
    chance = one.headline.chance
    if chance is None:
        return {"p": "", "p after Holm": "", "least possible p": ""}
    adjusted = "" if chance.adjusted is None else told.p_value(chance.adjusted)
    return {"p": told.p_value(chance.p), "p after Holm": adjusted, "least possible p": told.p_value(chance.smallest)}


def _written(one: Row) -> str:
    return "–" if one.headline.value is None else f"{one.headline.value:+.2f}"


def _named(rows: Sequence[Row]) -> str:
    return ", ".join(f"{one.title} ({_written(one)})" for one in rows)
