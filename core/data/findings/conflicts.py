"""The same text with two labels: one of them must be wrong, and a model can only learn to be unsure.

Rows of one file (and one split of the user's) are compared; what stands in two of them is the business of `leaks`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend

GROUP = ["source", "given", "key"]


def _label_sets(draft: Draft) -> pd.Series:
    """The label cell of each row, with several labels in one order."""
    if not draft.multi_label:
        return draft.frame["label"]
    return draft.frame["label"].map(lambda cell: "\x1f".join(sorted(cell.split("\x1f"))))


def _mask(draft: Draft) -> np.ndarray:
    sets = draft.frame[GROUP].assign(label=_label_sets(draft))
    return (sets.groupby(GROUP)["label"].transform("nunique") > 1).to_numpy(dtype=bool)


def _find(draft: Draft) -> Finding | None:
    mask = _mask(draft)
    if not mask.any():
        return None
    found = draft.frame.loc[mask, GROUP]
    texts = int(found.drop_duplicates().shape[0])
    order = found.assign(first=found.groupby(GROUP).ngroup(), at=np.flatnonzero(mask)).sort_values(["first", "at"])[
        "at"
    ]
    words = (
        f"{showing.counted(texts, 'text')} (blanks and case aside) carry more than one label, in {int(mask.sum()):,} rows. "
        "Majority keeps the label most of its rows have, and drops texts where two labels are level."
    )
    samples = showing.rows(draft, order.to_numpy())
    severity = "warning" if draft.multi_label else "error"
    return Finding("conflicting_labels", "The same text with two labels", severity, int(mask.sum()), words, samples)  # type: ignore[arg-type]


def _drop_all(draft: Draft) -> Draft:
    return draft.drop(_mask(draft), "same text with two labels")


def _keep_majority(draft: Draft) -> Draft:
    mask = _mask(draft)
    rows = draft.frame.loc[mask, GROUP].assign(label=_label_sets(draft)[mask])
    counts = rows.groupby([*GROUP, "label"]).size().rename("times").reset_index()
    top = counts.groupby(GROUP)["times"].transform("max")
    best = (
        counts[counts["times"] == top]
        .groupby(GROUP)
        .agg(best=("label", "first"), level=("label", "size"))
        .reset_index()
    )
    told = rows.merge(best, on=GROUP, how="left")
    keep = (told["label"] == told["best"]) & (told["level"] == 1)
    gone = mask.copy()
    gone[np.flatnonzero(mask)] = ~keep.to_numpy(dtype=bool)
    return draft.drop(gone, "same text with two labels; another label has the majority, or none has")


CHECKS = (
    Check(
        "conflicting_labels",
        _find,
        (
            Mend("drop_conflicts", "Leave all rows of these texts out", _drop_all, suggested=True),
            Mend("keep_majority_label", "Keep the label most rows have", _keep_majority),
        ),
    ),
)
