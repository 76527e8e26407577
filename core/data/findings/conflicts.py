"""The same text with two labels: one of them must be wrong, and a model can only learn to be unsure.

Rows of one file (and one split of the user's) are compared; what stands in two of them is the business of `leaks`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend, Severity
from core.data.labels import LABEL_JOINT

_PLACE = ["source", "given", "key"]


def _rows(draft: Draft) -> pd.DataFrame:
    """source, given, key and label of each row that has copies, several labels put in one order."""
    copies = draft.frame.duplicated(_PLACE, keep=False)
    rows = draft.frame.loc[copies, [*_PLACE, "label"]]
    if draft.multi_label:
        rows["label"] = rows["label"].map(lambda cell: LABEL_JOINT.join(sorted(cell.split(LABEL_JOINT))))
    return rows[rows.groupby(_PLACE)["label"].transform("nunique") > 1]


def _mask(draft: Draft, rows: pd.Index) -> np.ndarray:
    mask = np.zeros(len(draft.frame), dtype=bool)
    mask[rows.to_numpy()] = True
    return mask


def _find(draft: Draft) -> Finding | None:
    rows = _rows(draft)
    if rows.empty:
        return None
    texts = len(rows.drop_duplicates(_PLACE))
    words = (
        f"{showing.counted(texts, 'text')} (case and blanks aside) carry more than one label, in {len(rows):,} rows. "
        "Keeping the majority leaves out the rows with another label, and texts where two labels are level."
    )
    together = rows.groupby(_PLACE, sort=False).ngroup().sort_values(kind="stable").index.to_numpy()
    severity: Severity = "warning" if draft.multi_label else "error"
    title, samples = "The same text with two labels", showing.rows(draft, together)
    return Finding("conflicting_labels", title, severity, len(rows), words, samples)


def _drop_all(draft: Draft) -> Draft:
    return draft.drop(_mask(draft, _rows(draft).index), "same text with two labels")


def _keep_majority(draft: Draft) -> Draft:
    rows = _rows(draft)
    votes = rows.groupby([*_PLACE, "label"])["label"].transform("size")
    top = votes.groupby([rows[name] for name in _PLACE]).transform("max")
    winners = rows[votes == top]
    level = winners.groupby(_PLACE)["label"].transform("nunique") > 1
    gone = rows.index.difference(winners.index[~level])
    return draft.drop(_mask(draft, gone), "same text with two labels; this one has no majority")


DROP = Mend("drop_conflicts", "Leave all rows of these texts out", _drop_all, suggested=True)
MAJORITY = Mend("keep_majority_label", "Keep the label most rows have", _keep_majority)
CHECKS = (Check("conflicting_labels", _find, (DROP, MAJORITY)),)
