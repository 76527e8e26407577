"""Tables of swaps: each pair with what changed, groups, true labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from core.bias.counterfactual.decisions import Moves
from core.bias.counterfactual.figures import means, of_rows, pushed
from core.bias.counterfactual.pairs import BOTH, Swapped

PAIRS, GROUPS, BY_LABEL, COUNTS = "Pairs", "Groups", "By true label", "What became of the rows"
KEPT = 5_000  # pairs that are kept, those with the largest gaps


def frame(swaps: Sequence[Swapped], moved: Moves) -> tuple[pd.DataFrame, np.ndarray]:
    """A row a swap: row, swap, start, to, gap, flip, place; of several readings the one with the smaller gap.

    `place` (m,) says where the reading stands in `swaps`.
    """
    table = pd.DataFrame(
        {
            "row": [one.row for one in swaps], "swap": [one.swap for one in swaps],
            "start": pd.array([one.start for one in swaps], dtype="Int64"),
            "to": pd.array([one.to for one in swaps], dtype="Int64"),
            "gap": moved.gap, "flip": moved.flipped.astype(float), "place": np.arange(len(swaps)),
        }
    )  # fmt: skip
    kept = table.sort_values(["swap", "gap", "place"], kind="stable").drop_duplicates("swap")
    return kept.reset_index(drop=True), kept["place"].to_numpy(dtype=np.int64)


def pairs_table(
    swaps: Sequence[Swapped], kept: pd.DataFrame, moved: Moves, groups: Sequence[str], labels: Sequence[str],
    truth: Sequence[str] | None, ids: Sequence[Any],
) -> pd.DataFrame:  # fmt: skip
    """The pairs with the largest gaps first, at most KEPT."""
    order = kept.sort_values("gap", ascending=False, kind="stable")["place"].to_numpy(dtype=np.int64)[:KEPT]
    chosen = [swaps[place] for place in order]
    table = pd.DataFrame(
        {
            "row": [str(ids[one.row]) for one in chosen],
            "original": [one.original[0] for one in chosen],
            "counterfactual": [one.changed[0] for one in chosen],
            "change": ["; ".join(f"{old} → {new}" for old, new in one.changes) for one in chosen],
            "from": [_group(one.start, groups) for one in chosen],
            "to": [_group(one.to, groups) for one in chosen],
            "label": [labels[number] for number in moved.label[order]],
            "p before": moved.before[order],
            "p after": moved.after[order],
            "shift": (moved.after - moved.before)[order],
            "gap": moved.gap[order],
            "flipped": moved.flipped[order],
        }
    )
    if any(one.original[1] is not None for one in chosen):
        table.insert(3, "original, second text", [one.original[1] or "" for one in chosen])
        table.insert(4, "counterfactual, second text", [one.changed[1] or "" for one in chosen])
    if truth is not None:
        table["true label"] = [truth[one.row] for one in chosen]
    return table


def groups_table(
    kept: pd.DataFrame, before: np.ndarray, after: np.ndarray, groups: Sequence[str], labels: Sequence[str],
    watched: Sequence[int], *, seed: int, count: int,
) -> pd.DataFrame:  # fmt: skip
    """Signed shift of every group for every watched label; `before`, `after` (m, C)."""
    rows = []
    taken = [_taking_part(kept, number) for number in range(len(groups))]
    for label in watched:
        found = pushed(kept, before[:, label], after[:, label], groups, seed=seed, count=count)
        rows += [
            (group, labels[label], one.value, one.low, one.high, n, "" if one.value is not None else one.reason)
            for group, one, n in zip(groups, found, taken, strict=True)
        ]
    table = pd.DataFrame(rows, columns=["group", "label", "mean shift", "low", "high", "rows", "note"])
    return table.astype(dict.fromkeys(("mean shift", "low", "high"), float))


def by_label(kept: pd.DataFrame, truth: Sequence[Sequence[str]], *, seed: int, count: int) -> pd.DataFrame:
    """Flip rate and mean |shift| of the rows of each true label; a row with several labels counts for each."""
    rows, found = of_rows(kept), []
    for label in sorted({name for names in truth for name in names}):
        part = rows[[label in truth[row] for row in rows.index]]
        if len(part):
            flip, gap = means(part[["flip", "gap"]].to_numpy(float), seed=seed, count=count)
            found.append((label, len(part), flip.value, flip.low, flip.high, gap.value, gap.low, gap.high))
    names = ["true label", "rows", "flip rate", "flip low", "flip high", "mean |shift|", "|shift| low", "|shift| high"]
    return pd.DataFrame(found, columns=names)


def _taking_part(kept: pd.DataFrame, group: int) -> int:
    part = kept[(kept["start"] == group).fillna(False) | (kept["to"] == group).fillna(False)]
    return int(part["row"].nunique())


def _group(number: int | None, groups: Sequence[str]) -> str:
    return BOTH if number is None else groups[number]
