"""The same text in two splits that the user named: in the training and the test file, or by the split column.

A score on a text seen in training is too good, so no text ever stands in two splits: the rows are left out of the
earlier one (test is kept before validation, validation before training), told, and listed with their lines.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.data.canonical import joined
from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding

_RANK = {"validation": 1, "test": 2}


def _ranks(draft: Draft) -> pd.Series:
    return draft.frame["given"].map(lambda given: _RANK.get(given, 0)).astype(int)


def _mask(draft: Draft) -> np.ndarray:
    """Rows whose text stands in a later split too (train before validation before test).

    Rows that a split column leaves blank are no leak: they follow their text (see core.data.splitting).
    """
    ranks, keys, source = _ranks(draft), draft.frame["key"], draft.frame["source"]
    lower = ranks < ranks.groupby(keys).transform("max")
    in_test_file = keys.isin(keys[source == "test"])
    fixed = draft.frame["given"].ne("") | (in_test_file & source.eq("train"))
    found: np.ndarray = (lower & fixed).to_numpy(dtype=bool)
    return found


def _exact(draft: Draft, mask: np.ndarray) -> int:
    pairs = draft.frame["pair"].tolist() if "pair" in draft.frame else None
    texts = pd.Series(joined(draft.frame["text"].tolist(), pairs))
    kept = ~mask & (_ranks(draft) > 0).to_numpy(dtype=bool)
    return int(texts[mask].isin(set(texts[kept])).sum())


def _find(draft: Draft) -> Finding | None:
    mask = _mask(draft)
    if not mask.any():
        return None
    count, exact = int(mask.sum()), _exact(draft, mask)
    words = (
        f"{showing.counted(count, 'text')} of training (or validation) also found in test (or validation): {exact:,} "
        f"letter by letter, {count - exact:,} but for case and blanks. Left out of the earlier split, since a score "
        "on a text seen in training says nothing about new texts."
    )
    title, samples = "Texts shared between training and test", showing.rows(draft, mask)
    return Finding("leaks", title, "warning", count, words, samples)


def _drop_from_train(draft: Draft) -> Draft:
    return draft.drop(_mask(draft), "text also stands in the test or validation rows")


CHECKS = (Check("leaks", _find, always=_drop_from_train),)
