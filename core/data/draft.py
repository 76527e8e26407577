"""A data set on its way through the pre-flight: the rows still kept, and every row rejected so far.

`frame` holds one row for each kept record: source ("train" or "test" file), position (row of the parsed table), line,
given (split the user named, "" for none), text, pair, label (several joined by LABEL_JOINT), id, group, weight, key
(equal numbers for texts that count as the same), and after measuring: pieces, words, broken, unknown.
Nothing leaves but through `drop`, which writes down why; so rows in = rows kept + rows rejected, always.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from core.data import canonical
from core.data.labels import LABEL_JOINT
from core.errors import UserProblem

SHOWN = 120  # characters of a rejected row's text that are kept for the report


@dataclass(frozen=True)
class CheckOptions:
    """What the user chose: repairs by id, seed and shares of the split, and the number of tokens a model will see."""

    repairs: tuple[str, ...] = ()
    seed: int = 42
    validation_share: float = 0.1
    test_share: float = 0.1
    max_length: int = 128

    def __post_init__(self) -> None:
        if not (self.validation_share >= 0 and self.test_share >= 0 and self.validation_share + self.test_share <= 0.8):
            raise UserProblem(
                f"The shares are validation {self.validation_share} and test {self.test_share}.",
                "Both must be 0 or more, and together at most 0.8, so that training keeps a fifth of the rows.",
            )
        if self.max_length < 3:
            raise UserProblem(f"max_length is {self.max_length}.", "It must be at least 3.")

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "repairs": list(self.repairs)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> CheckOptions:
        return cls(**{**values, "repairs": tuple(values.get("repairs", ()))})


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that is not kept; `position` is its row in the parsed table, None where it never became one.

    `raw` is what the reader saw of a row that never became one; `text` begins the text of a row that did.
    """

    file: str
    line: int
    reason: str
    position: int | None = None
    raw: str = ""
    text: str = ""


@dataclass(frozen=True)
class Draft:
    """The rows kept so far, the rows rejected so far, and what was asked for."""

    frame: pd.DataFrame
    rejected: tuple[Rejected, ...]
    multi_label: bool
    options: CheckOptions
    wanted: tuple[str, ...] = ()
    train_only: frozenset[str] = frozenset()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def drop(self, rows: Any, reason: str | Sequence[str]) -> Draft:
        """Reject the rows where the mask (n,) is true, for one reason or one reason a dropped row."""
        mask = np.asarray(rows, dtype=bool)
        if not mask.any():
            return self
        gone = self.frame.loc[mask, ["source", "line", "position"]].assign(text=self.frame["text"][mask].str[:SHOWN])
        reasons = [reason] * len(gone) if isinstance(reason, str) else list(reason)
        fresh = tuple(
            Rejected(source, int(line), why, int(position), text=text)
            for (source, line, position, text), why in zip(
                gone.itertuples(index=False, name=None), reasons, strict=True
            )
        )
        return replace(self, frame=self.frame.loc[~mask].reset_index(drop=True), rejected=self.rejected + fresh)

    def with_columns(self, **columns: Any) -> Draft:
        """The same rows with some columns set anew."""
        return replace(self, frame=self.frame.assign(**columns))

    def with_texts(self, change: Mapping[str, str]) -> Draft:
        """Texts (and pairs) replaced as `change` says, and compared anew."""
        if not change:
            return self
        sides = [side for side in ("text", "pair") if side in self.frame]
        return self.with_columns(**{side: _changed(self.frame[side], change) for side in sides}).compared()

    def compared(self) -> Draft:
        """The same rows with `key` worked out from the texts they now have."""
        pairs = self.frame["pair"].tolist() if "pair" in self.frame else None
        return self.with_columns(key=canonical.codes(self.frame["text"].tolist(), pairs))

    @property
    def label_names(self) -> tuple[str, ...]:
        """All labels in use, sorted by the user's spelling."""
        return tuple(sorted(self.label_counts()))

    @property
    def id_like(self) -> bool:
        """Whether the labels look like ids: more different ones than half the rows, of ten rows or more."""
        rows, cells = len(self.frame), self.frame["label"].nunique()
        names = len(self.label_counts()) if self.multi_label else cells
        return rows >= 10 and names > rows / 2

    def has_label(self, names: frozenset[str] | set[str]) -> np.ndarray:
        """Mask (n,) of rows that carry one of the labels."""
        cells = [cell for cell in self.frame["label"].unique() if names.intersection(names_of(cell, self.multi_label))]
        return self.frame["label"].isin(cells).to_numpy()

    def label_counts(self) -> dict[str, int]:
        """Rows of each label, most frequent first."""
        counts: Counter[str] = Counter()
        for cell, rows in self.frame["label"].value_counts().items():
            counts.update(dict.fromkeys(names_of(str(cell), self.multi_label), int(rows)))
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def without_labels(self, names: frozenset[str], reason: str) -> Draft:
        """Reject the rows of these labels; where rows may have several, only rows that had no other label."""
        if not self.multi_label:
            return self.drop(self.has_label(names), reason)
        left = {cell: _left(cell, names) for cell in self.frame["label"].unique()}
        labels = self.frame["label"].map(left).astype("str")
        emptied = (self.frame["label"].ne("") & labels.eq("")).to_numpy(dtype=bool)
        return self.with_columns(label=labels).drop(emptied, reason)


def names_of(cell: str, multi_label: bool) -> tuple[str, ...]:
    """The label names of one row."""
    if not multi_label:
        return (cell,)
    return tuple(cell.split(LABEL_JOINT)) if cell else ()


def _left(cell: str, gone: frozenset[str]) -> str:
    return LABEL_JOINT.join(name for name in names_of(cell, True) if name not in gone)


def _changed(texts: pd.Series, change: Mapping[str, str]) -> pd.Series:
    return pd.Series([change.get(text, text) for text in texts.tolist()], dtype="str")
