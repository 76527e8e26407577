"""From a draft to its splits: what the user fixed stays, the rest is dealt out.

Rows are dealt out only for splits that the user did not give: with a test file or test rows, only validation is split
off. Rows that a split column leaves blank, but whose text it puts into a split, follow their text.
"""

from __future__ import annotations

import pandas as pd

from core.data.draft import Draft, names_of
from core.data.labels import LABEL_JOINT
from core.data.split_names import UNKNOWN
from core.data.splits import deal

_ORDER = {"train": 0, "validation": 1, "test": 2}
_NAMES = {rank: name for name, rank in _ORDER.items()}


def shares(draft: Draft) -> dict[str, float]:
    """The splits that must be made here, with their shares; none where the labels look like ids."""
    if draft.id_like:
        return {}
    given = set(draft.frame["given"].unique())
    asked = {"validation": draft.options.validation_share, "test": draft.options.test_share}
    return {name: share for name, share in asked.items() if share > 0 and name not in given}


def settled(draft: Draft) -> pd.Series:
    """The split the user gave each row, by file, by the split column, or by a copy of the text there; "" for none."""
    given = draft.frame["given"].replace({UNKNOWN: ""})
    column = draft.frame["source"].eq("train") & given.ne("")
    if not column.any():
        return given
    highest = given[column].map(_ORDER).groupby(draft.frame.loc[column, "key"]).max().map(_NAMES)
    return given.where(given.ne(""), draft.frame["key"].map(highest).fillna(""))


def pool(draft: Draft) -> pd.DataFrame:
    """Distinct texts to deal out: index key, columns label (cell) and free (in no other split of the user's)."""
    split = settled(draft)
    inside = split.isin(["", "train"])
    rows = draft.frame.loc[inside, ["key", "label"]]
    cells = _combined(rows) if draft.multi_label else _majority(rows)
    return pd.DataFrame({"label": cells, "free": ~cells.index.isin(draft.frame.loc[~inside, "key"])})


def split_rows(draft: Draft) -> Draft:
    """The draft with a column `split`, none of it blank."""
    given = settled(draft)
    to_deal = given.isin(["", "train"])
    dealt = draft.frame["key"].map(_dealt(draft))
    return draft.with_columns(split=given.where(~to_deal, dealt).astype("str"))


def _dealt(draft: Draft) -> pd.Series:
    """The split of each distinct text of the pool."""
    texts, wanted = pool(draft), shares(draft)
    names = {cell: names_of(cell, draft.multi_label) for cell in texts["label"].unique()}
    labels = [names[cell] for cell in texts["label"].tolist()]
    held = {cell for cell, found in names.items() if draft.train_only.intersection(found)}
    free = (texts["free"] & ~texts["label"].isin(held)).to_numpy(dtype=bool)
    return pd.Series(deal(labels, free, wanted, draft.options.seed), index=texts.index, dtype="str")


def _majority(rows: pd.DataFrame) -> pd.Series:
    """The most frequent label cell of each text; on a tie, the first in the file."""
    keys = pd.unique(rows["key"])
    counts: pd.DataFrame = rows.groupby(["key", "label"], sort=False).size().rename("times").reset_index()
    best = counts.sort_values("times", ascending=False, kind="stable").drop_duplicates("key")
    cells: pd.Series = best.set_index("key")["label"].reindex(keys)
    return cells


def _combined(rows: pd.DataFrame) -> pd.Series:
    """All labels of each text."""
    several = rows["key"].duplicated(keep=False)
    single = rows[~several].set_index("key")["label"]
    joined = rows[several].groupby("key", sort=False)["label"].agg(_union)
    cells: pd.Series = pd.concat([single, joined]).reindex(pd.unique(rows["key"]))
    return cells


def _union(cells: pd.Series) -> str:
    names = [name for cell in cells for name in names_of(cell, True)]
    return LABEL_JOINT.join(dict.fromkeys(names))
