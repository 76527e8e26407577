"""Which column of an upload plays which part; guessed by us, confirmed by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.errors import UserProblem

SEPARATORS = ("|", ";", ",")


@dataclass(frozen=True)
class ColumnMapping:
    """Column names by part. `label` is one column, or one 0/1 column for each label (then always multi-label)."""

    text: str
    label: str | tuple[str, ...]
    text_pair: str | None = None
    id: str | None = None
    split: str | None = None
    group: str | None = None
    weight: str | None = None
    multi_label: bool = False
    label_separator: str = "|"

    @property
    def several(self) -> bool:
        """Whether a row may carry several labels."""
        return self.multi_label or isinstance(self.label, tuple)

    @property
    def label_columns(self) -> tuple[str, ...]:
        return self.label if isinstance(self.label, tuple) else (self.label,)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """(part, column) for every column in use."""
        single = [("text", self.text), ("text_pair", self.text_pair), *(("label", name) for name in self.label_columns)]
        single += [("id", self.id), ("split", self.split), ("group", self.group), ("weight", self.weight)]
        return tuple((part, column) for part, column in single if column is not None)

    def require(self, columns: Sequence[str], *, file: str = "file") -> None:
        """Raise UserProblem where a named column is not there, or plays two parts."""
        missing = [column for _, column in self.parts if column not in columns]
        if missing:
            raise UserProblem(
                f"The {file} has no column {missing[0]!r}.",
                f"Its columns are: {', '.join(map(repr, columns))}.",
                "Choose one of them.",
            )
        taken: dict[str, str] = {}
        for part, column in self.parts:
            if column in taken:
                raise UserProblem(
                    f"The column {column!r} is chosen as {taken[column]} and as {part}.",
                    "Each part needs a column of its own.",
                    f"Choose another column as {part}.",
                )
            taken[column] = part

    def for_columns(self, columns: Sequence[str]) -> ColumnMapping:
        """The same mapping without the optional parts that a second file does not have."""
        gone = {part: None for part in ("id", "split", "group", "weight") if getattr(self, part) not in columns}
        return replace(self, **gone)  # type: ignore[arg-type]

    def to_json(self) -> dict[str, Any]:
        label = list(self.label) if isinstance(self.label, tuple) else self.label
        return {**self.__dict__, "label": label}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ColumnMapping:
        label = values["label"]
        return cls(**{**values, "label": label if isinstance(label, str) else tuple(label)})
