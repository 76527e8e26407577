"""A split column with words that name no split."""

from __future__ import annotations

import numpy as np

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend
from core.data.split_names import UNKNOWN


def _mask(draft: Draft) -> np.ndarray:
    return draft.frame["given"].eq(UNKNOWN).to_numpy(dtype=bool)


def _find(draft: Draft) -> Finding | None:
    mask = _mask(draft)
    if not mask.any():
        return None
    count = showing.counted(int(mask.sum()), "row")
    words = (
        f"The split column of {count} names no split. Known are train, validation (val, valid, dev, eval) and test, "
        "or 0, 1 and 2. A blank cell lets the split be chosen for you."
    )
    blocker = (
        f"The split column of {count} names no split: correct it, choose another column, or let these be split for you."
    )
    samples = showing.rows(draft, mask)
    return Finding("unknown_splits", "Unknown split names", "error", int(mask.sum()), words, samples, blocker=blocker)


def _ignore(draft: Draft) -> Draft:
    return draft.with_columns(given=draft.frame["given"].where(~_mask(draft), ""))


def _drop(draft: Draft) -> Draft:
    return draft.drop(_mask(draft), "the split column names no split")


CHECKS = (
    Check(
        "unknown_splits",
        _find,
        (
            Mend("split_unknown_rows", "Split these rows for me", _ignore, suggested=True),
            Mend("drop_unknown_splits", "Leave these rows out", _drop),
        ),
    ),
)
