"""What a person decides about raw text: where documents and sentences end, what is left out, what is held out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from core.data.corpus.sentences import SPLITTERS
from core.errors import UserProblem

DOCUMENTS: Mapping[str, int] = {
    "file": 0,
    "blank_line": 1,
    "2_blank_lines": 2,
    "3_blank_lines": 3,
    "4_blank_lines": 4,
}  # what ends a document -> how many blank lines in a row do so; 0: only the end of the file
DOCUMENT_TITLES = {
    "file": "the end of the file",
    "blank_line": "a blank line",
    "2_blank_lines": "two blank lines",
    "3_blank_lines": "three blank lines",
    "4_blank_lines": "four blank lines",
}
HOLDOUTS = ("auto", "documents", "passages", "files")
MOST_HELD_OUT = 0.5


@dataclass(frozen=True)
class CorpusOptions:
    """All decisions; they are stored with the corpus version and reproduce it.

    `sentences` names a splitter, `documents` one of `DOCUMENTS`. `join_lines` joins the lines of a paragraph (a row of
    a table and a paragraph of a Word file are never joined to the next). `column` and `encoding` None = found out.
    `holdout` is the share held out, 0 for none, `holdout_by` "auto" takes documents from 20 on, else passages; "files"
    holds out the documents of `holdout_files`, whatever the share.
    """

    sentences: str = "closing_punctuation"
    documents: str = "blank_line"
    language: str = "en"
    join_lines: bool = True
    strip_gutenberg: bool = False
    drop_duplicates: bool = False
    drop_near_duplicates: bool = False
    holdout: float = 0.1
    holdout_by: str = "auto"
    holdout_files: tuple[str, ...] = ()
    seed: int = 42
    column: str | None = None
    encoding: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**asdict(self), "holdout_files": list(self.holdout_files)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The options that `to_json` wrote; what an older or newer version knew beside them is left aside."""
        known = {field.name for field in fields(cls)}
        held = tuple(values.get("holdout_files", ()))
        return cls(**{**{name: value for name, value in values.items() if name in known}, "holdout_files": held})

    def check(self) -> Self:
        """These options; UserProblem for one that cannot be meant."""
        _one_of(self.sentences, SPLITTERS, "way to end a sentence")
        _one_of(self.documents, DOCUMENTS, "way to end a document")
        _one_of(self.holdout_by, HOLDOUTS, "way to hold text out")
        if not 0 <= self.holdout <= MOST_HELD_OUT:
            raise UserProblem(
                f"The share held out is {self.holdout:g}.", f"A share from 0 to {MOST_HELD_OUT} was wanted."
            )
        if (self.holdout_by == "files") != bool(self.holdout_files):
            raise UserProblem(
                "To hold out by files, files are wanted, and the other way round.", "", "Name at least one file."
            )
        return self

    @property
    def blank_lines(self) -> int:
        """How many blank lines end a document; 0 where only the end of the file does."""
        return DOCUMENTS[self.documents]


def _one_of(value: str, known: Mapping[str, Any] | tuple[str, ...], noun: str) -> None:
    if value not in known:
        raise UserProblem(f"There is no {noun} {value!r}.", f"Known are: {', '.join(known)}.")
