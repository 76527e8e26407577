"""From a draft to its splits: what the user fixed stays, the rest is dealt out.

Training rows are dealt out only for splits that the user did not give: with a test file or test rows, only validation is
split off. Rows with a blank split cell whose text the user put into a split follow their text.
"""

from __future__ import annotations

import pandas as pd

from core.data.draft import Draft, names_of
from core.data.splits import Group, deal

UNKNOWN_IS_BLANK = {"?": ""}
_ORDER = {"train": 0, "validation": 1, "test": 2}


def shares(draft: Draft) -> dict[str, float]:
    """The splits that must be made here, with their shares."""
    given = set(draft.frame["given"].unique())
    asked = {"validation": draft.options.validation_share, "test": draft.options.test_share}
    return {name: share for name, share in asked.items() if share > 0 and name not in given}


def settled(draft: Draft) -> pd.Series:
    """The split the user gave each row, "" where none: blank rows follow their text into the user's split."""
    given = draft.frame["given"].replace(UNKNOWN_IS_BLANK)
    ranked = given.map(_ORDER)
    followed = ranked.groupby(draft.frame["key"]).transform("max")
    names = {rank: name for name, rank in _ORDER.items()}
    return given.where(given.ne(""), followed.map(names)).fillna("").astype(str)


def pool(draft: Draft) -> pd.DataFrame:
    """Distinct texts that may be dealt out: index key, columns label (cell) and free; a text of the user's other splits is not free."""
    split = settled(draft)
    inside = split.isin(["", "train"]).to_numpy(dtype=bool)
    elsewhere = set(draft.frame["key"][~inside])
    rows = pd.DataFrame({"key": draft.frame["key"], "label": draft.frame["label"]})[inside]
    cells = _combined(rows) if draft.multi_label else _majority(rows)
    return pd.DataFrame({"label": cells, "free": ~cells.index.isin(elsewhere)})


def split_rows(draft: Draft) -> Draft:
    """The draft with a column `split`, none of it blank."""
    given, wanted = settled(draft), shares(draft)
    texts = pool(draft)
    groups = [
        Group(names, train_only=not free or bool(draft.train_only.intersection(names)))
        for names, free in zip(
            (names_of(cell, draft.multi_label) for cell in texts["label"]), texts["free"], strict=True
        )
    ]
    dealt = pd.Series(deal(groups, wanted, draft.options.seed) if wanted else "train", index=texts.index, dtype=object)
    inside = given.isin(["", "train"])
    split = given.where(~inside, draft.frame["key"].map(dealt))
    return draft.with_columns(split=split.to_numpy(dtype=object))


def _majority(rows: pd.DataFrame) -> pd.Series:
    """The most frequent label cell of each text; on a tie, the first in the file."""
    if not rows["key"].duplicated().any():
        return rows.set_index("key")["label"]
    counts = rows.groupby(["key", "label"], sort=False).size().rename("times").reset_index()
    best = counts.sort_values("times", ascending=False, kind="stable").drop_duplicates("key")
    return best.set_index("key")["label"].reindex(pd.unique(rows["key"]))


def _combined(rows: pd.DataFrame) -> pd.Series:
    """All labels of each text."""
    if not rows["key"].duplicated().any():
        return rows.set_index("key")["label"]
    return rows.groupby("key", sort=False)["label"].agg(
        lambda cells: "\x1f".join(dict.fromkeys("\x1f".join(c for c in cells if c).split("\x1f")))
    )
