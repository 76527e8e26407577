"""What subgroup metrics come to: the headline with its chance, figures of the worst label, and the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.bias.found import Figure, Found
from core.bias.subgroups import resampling
from core.bias.subgroups.answers import Answers
from core.bias.subgroups.membership import Membership
from core.bias.subgroups.ranking import ranking
from core.bias.subgroups.rates import EQUALISED
from core.progress import Report, ShouldStop

if TYPE_CHECKING:
    from core.bias.measures.subgroups import SubgroupConfig

RANKING, RATES, DIFFERENCES, SCORES = "Ranking by group", "Decisions by group", "Differences", "Scores"
BOOTSTRAP = "95 % bootstrap over rows"
WORK = 4e8  # rows x groups x labels x resamples that are tried; more are thinned
TITLES = {
    "selection rate": "Selection rate difference", "TPR": "TPR difference", "FPR": "FPR difference",
    EQUALISED: "Equalised odds difference",
}  # fmt: skip
PLACES = {"selection rate": 0, "TPR": 1, "FPR": 2, EQUALISED: 3}


@dataclass(frozen=True)
class Parts:
    """What was counted."""

    answers: Answers
    groups: Membership
    rates: pd.DataFrame
    differences: pd.DataFrame
    scores: pd.DataFrame


def found(
    parts: Parts, rows: int, unknown: int, settings: SubgroupConfig, report: Report, should_stop: ShouldStop
) -> Found:
    """The whole result; `unknown` rows had labels that the model does not know."""
    told, groups = parts.answers, parts.groups
    count = _count(parts, settings.resamples)
    tables, means = [], {}
    for k, label in enumerate(told.labels):
        table, means[label] = ranking(
            told.scores[:, k], told.target[:, k], groups, settings.least, (settings.seed, count), report=report,
            should_stop=should_stop,
        )  # fmt: skip
        table.insert(0, "label", label)
        tables.append(table)
    areas = pd.concat(tables, ignore_index=True)
    worst, headline = _headline(parts, settings, count, report, should_stop)
    return Found(
        headline,
        (*_differences(parts, worst, settings, count), *_areas(areas, means, worst)),
        {DIFFERENCES: parts.differences, RATES: parts.rates, RANKING: areas, SCORES: parts.scores},
        f"{len(told.strata):,} of {rows:,} rows, groups by {groups.how}: " + ", ".join(groups.groups[:10]),
        _warnings(parts, unknown, count, settings),
        offends=False,
    )


def _headline(
    parts: Parts, settings: SubgroupConfig, count: int, report: Report, should_stop: ShouldStop
) -> tuple[str, Figure]:
    """The label with the largest equalised odds difference, and that figure."""
    odds = parts.differences[parts.differences["rate"] == EQUALISED].set_index("label")["difference"].dropna()
    title = TITLES[EQUALISED]
    if odds.empty:
        note = f"Fewer than two groups have {settings.least} positive or {settings.least} negative rows: n too small."
        return parts.answers.labels[0], Figure("equalised_odds", title, None, 0.0, note=note, least=0.0, most=1.0)
    told, label = parts.answers, str(odds.idxmax())
    seen = float(odds[label])
    chance = resampling.chance(
        told.decided, told.target, parts.groups.member, told.strata, settings.least, seen, seed=settings.seed,
        count=settings.permutations, report=report, should_stop=should_stop,
    )  # fmt: skip
    low, high = _bounds(parts, label, settings, count)[PLACES[EQUALISED]]
    note = f"Of the label {label}." if len(told.labels) > 1 else ""
    return label, Figure(
        "equalised_odds", title, seen, 0.0, low, high, BOOTSTRAP, len(told.strata), "rows", note, chance, 0.0, 1.0
    )


def _differences(parts: Parts, label: str, settings: SubgroupConfig, count: int) -> list[Figure]:
    bounds = _bounds(parts, label, settings, count)
    table = parts.differences[parts.differences["label"] == label].set_index("rate")
    figures = []
    for name in ("TPR", "FPR", "selection rate"):
        one: Mapping[Any, Any] = table.loc[name].to_dict()
        low, high = bounds[PLACES[name]]
        said = f"Highest for {one['highest']}, lowest for {one['lowest']}; label {label}."
        note = said if np.isfinite(one["difference"]) else "Fewer than two groups have enough rows."
        title, of = TITLES[name], "groups"
        key = f"{name.lower().replace(' ', '_')}_difference"
        figures.append(
            Figure(
                key, title, one["difference"], 0.0, low, high, BOOTSTRAP, int(one["groups"]), of, note, None, 0.0, 1.0
            )
        )
    return figures


def _bounds(parts: Parts, label: str, settings: SubgroupConfig, count: int) -> np.ndarray:
    k, told = parts.answers.labels.index(label), parts.answers
    return resampling.interval(
        told.decided[:, k], told.target[:, k], parts.groups.member, settings.least, seed=settings.seed, count=count
    )


def _areas(areas: pd.DataFrame, means: Mapping[str, Mapping[str, Any]], label: str) -> list[Figure]:
    """AUC of all rows, the lowest BPSN and BNSP, and generalised means over groups."""
    value, low, high, n = means[label]["AUC"]
    none = "One of the two classes is empty."
    figures = [Figure("auc", "AUC of all rows", value, None, low, high, BOOTSTRAP, n, "rows", none * (value != value))]
    for kind in ("BPSN AUC", "BNSP AUC"):
        part = areas[(areas["label"] == label) & (areas["area"] == kind)].dropna(subset=["value"])
        if len(part):
            one: dict[Any, Any] = part.sort_values("value", kind="stable").iloc[0].to_dict()
            note, n = f"Of {one['group']}; without bias about the AUC of all rows.", len(part)
            figures.append(
                Figure(
                    _key("lowest", kind), f"Lowest {kind}", one["value"], None, one["low"], one["high"], BOOTSTRAP, n,
                    "groups", note,
                )
            )  # fmt: skip
    for kind in ("subgroup AUC", "BPSN AUC", "BNSP AUC"):
        value, low, high, n = means[label][kind]
        note = "n too small in every group." if value != value else "Power -5: the worst group weighs most."
        title = f"Generalised mean of {kind}"
        figures.append(Figure(_key("mean", kind), title, value, None, low, high, BOOTSTRAP, n, "groups", note))
    return figures


def _key(first: str, kind: str) -> str:
    return f"{first}_{kind.lower().replace(' ', '_')}"


def _count(parts: Parts, wanted: int) -> int:
    work = max(1, len(parts.answers.strata) * len(parts.groups.groups) * len(parts.answers.labels))
    return min(wanted, max(100, int(WORK / work)))


def _warnings(parts: Parts, unknown: int, count: int, settings: SubgroupConfig) -> tuple[str, ...]:
    said = []
    if unknown:
        said.append(f"{unknown:,} rows were left out: the model does not know their labels.")
    if parts.groups.how.startswith("mentions"):
        said.append("A text belongs to the groups that it mentions; it need not be written by them.")
    if parts.groups.left_out:
        names = ", ".join(parts.groups.left_out[:10])
        said.append(f"Only the {len(parts.groups.groups)} largest groups are compared; left out: {names}.")
    small = parts.rates[parts.rates["note"] != ""]
    if len(small):
        names = ", ".join(dict.fromkeys(small["group"]))
        said.append(f"Fewer than {settings.least} rows in a cell, so no value there: {names}.")
    if count < settings.resamples:
        said.append(f"{count} resamples instead of {settings.resamples:,}, to keep the time short on so many rows.")
    return tuple(said)
