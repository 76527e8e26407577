"""The same text in two splits that the user named: in the training and the test file, or in two values of the split column.

A score on a text seen in training is too good. The splits made here never do this; the user's are kept as they are until
the repair leaves the rows out of training (test is kept before validation, validation before training).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.data.canonical import joined
from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend

_RANK = {"": 0, "train": 0, "validation": 1, "test": 2}


def _ranks(draft: Draft) -> pd.Series:
    return draft.frame["given"].map(lambda given: _RANK.get(given, 0)).astype(int)


def _mask(draft: Draft) -> np.ndarray:
    """Rows whose text stands in a later split too (train before validation before test)."""
    ranks = _ranks(draft)
    highest = ranks.groupby(draft.frame["key"]).transform("max")
    return ((ranks < highest) & draft.frame["given"].ne("")).to_numpy(dtype=bool) | _file_mask(draft, ranks, highest)


def _file_mask(draft: Draft, ranks: pd.Series, highest: pd.Series) -> np.ndarray:
    """Rows without a split of their own that stand in the test file; a split column's blank rows simply follow their text."""
    in_test_file = draft.frame["key"].isin(draft.frame.loc[draft.frame["source"] == "test", "key"])
    return ((ranks < highest) & in_test_file & draft.frame["source"].eq("train")).to_numpy(dtype=bool)


def _exact(draft: Draft, mask: np.ndarray) -> int:
    pairs = draft.frame["pair"].tolist() if "pair" in draft.frame else None
    texts = pd.Series(joined(draft.frame["text"].tolist(), pairs))
    return int(texts[mask].isin(set(texts[~mask & (_ranks(draft) > 0).to_numpy(dtype=bool)])).sum())


def _find(draft: Draft) -> Finding | None:
    mask = _mask(draft)
    if not mask.any():
        return None
    count, exact = int(mask.sum()), _exact(draft, mask)
    words = (
        f"{showing.counted(count, 'row')} of training (or validation) also stand in test (or validation): {exact:,} letter by "
        f"letter, {count - exact:,} but for case and blanks. Scores on these rows say nothing about new texts."
    )
    samples = showing.rows(draft, mask)
    return Finding("leaks", "Texts shared between training and test", "error", count, words, samples)


def _drop_from_train(draft: Draft) -> Draft:
    return draft.drop(_mask(draft), "text also stands in the test or validation rows")


CHECKS = (
    Check(
        "leaks",
        _find,
        (Mend("drop_shared_from_train", "Leave these rows out of training", _drop_from_train, suggested=True),),
    ),
)
