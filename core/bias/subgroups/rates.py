"""Decisions by group, and how far groups lie apart: names and definitions as in fairlearn, whose MetricFrame counts.

Selection rate: share decided positive. TPR, FPR: that share among true positives and true negatives. Difference:
highest minus lowest group; ratio: lowest by highest. Equalised odds difference: the larger of the TPR and FPR
differences (Hardt, Price and Srebro 2016). A rate on fewer than `least` rows has no value: never 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from core.bias.subgroups.membership import NO_GROUP
from core.evaluation.wilson import wilson

LEAST = 20
RATES = ("selection rate", "TPR", "FPR", "accuracy")
EQUALISED = "equalised odds"


def at_threshold(scores: pd.DataFrame, threshold: float | None = None, least: int = LEAST) -> pd.DataFrame:
    """Rates by label and group at a threshold, or as decided by the model where there is none.

    `scores` holds a row for each row in each of its groups: label, group, target (bool), score, decided (bool). Columns
    out: label, group, rows, positives, negatives, each rate with "low" and "high" (Wilson, 95 %), note.
    """
    chosen = scores["decided"] if threshold is None else scores["score"] >= threshold
    counted = _counted(scores, chosen.to_numpy(dtype=bool))
    order = scores[["label", "group"]].drop_duplicates().itertuples(index=False, name=None)
    return pd.DataFrame([_rates(label, group, counted.loc[(label, group)], least) for label, group in order])


def differences(rates: pd.DataFrame) -> pd.DataFrame:
    """Difference and ratio of each rate over the groups that have one, and the equalised odds difference, by label."""
    rows: list[tuple[Any, ...]] = []
    for label in rates["label"].unique():
        part = rates[(rates["label"] == label) & (rates["group"] != NO_GROUP)].set_index("group")
        gaps = {name: _apart(part[name].dropna()) for name in RATES}
        rows += [(label, name, *gaps[name]) for name in RATES]
        odds = [gaps[name] for name in ("TPR", "FPR") if gaps[name][0] is not None]
        worst = max(odds, key=lambda gap: gap[0] or 0.0) if odds else (None, None, "", "", 0)
        ratios = [gap[1] for gap in odds if gap[1] is not None]
        rows.append((label, EQUALISED, worst[0], min(ratios) if ratios else None, *worst[2:]))
    names = ["label", "rate", "difference", "ratio", "highest", "lowest", "groups"]
    return pd.DataFrame(rows, columns=names).astype({"difference": float, "ratio": float})


def _counted(scores: pd.DataFrame, chosen: np.ndarray) -> pd.DataFrame:
    """Counts by (label, group)."""
    from fairlearn.metrics import MetricFrame, count

    frame = MetricFrame(
        metrics={
            "rows": count, "positives": _positives, "hits": _hits, "false alarms": _false_alarms, "chosen": _chosen,
            "right": _right,
        },
        y_true=scores["target"].to_numpy(dtype=bool), y_pred=chosen,
        sensitive_features=pd.Series(scores["group"].tolist(), name="group", dtype=object),
        control_features=pd.Series(scores["label"].tolist(), name="label", dtype=object),
    )  # fmt: skip
    found: pd.DataFrame = frame.by_group
    return found


def _rates(label: str, group: str, counted: Any, least: int) -> dict[str, Any]:
    rows, positives = int(counted["rows"]), int(counted["positives"])
    negatives = rows - positives
    row: dict[str, Any] = {"label": label, "group": group, "rows": rows, "positives": positives, "negatives": negatives}
    parts = ((counted["chosen"], rows), (counted["hits"], positives), (counted["false alarms"], negatives),
             (counted["right"], rows))  # fmt: skip
    small = []
    for name, (hits, of) in zip(RATES, parts, strict=True):
        known = wilson(float(hits), of) if of >= max(least, 1) else None
        row |= {name: np.nan, f"{name} low": np.nan, f"{name} high": np.nan}
        if known is None:
            small.append(f"{name} ({of})")
        else:
            row |= {name: known.value, f"{name} low": known.low, f"{name} high": known.high}
    return {**row, "note": f"n too small: {', '.join(small)}" if small else ""}


def _apart(rates: pd.Series) -> tuple[float | None, float | None, str, str, int]:
    """Difference, ratio, highest and lowest group, number of groups; no value under two groups."""
    if len(rates) < 2:
        return None, None, "", "", len(rates)
    high, low = float(rates.max()), float(rates.min())
    ratio = low / high if high > 0 else None
    return high - low, ratio, str(rates.idxmax()), str(rates.idxmin()), len(rates)


def _positives(y_true: Any, y_pred: Any) -> int:
    return int(np.sum(y_true))


def _hits(y_true: Any, y_pred: Any) -> int:
    return int(np.sum(np.asarray(y_true) & np.asarray(y_pred)))


def _false_alarms(y_true: Any, y_pred: Any) -> int:
    return int(np.sum(~np.asarray(y_true) & np.asarray(y_pred)))


def _chosen(y_true: Any, y_pred: Any) -> int:
    return int(np.sum(y_pred))


def _right(y_true: Any, y_pred: Any) -> int:
    return int(np.sum(np.asarray(y_true) == np.asarray(y_pred)))
