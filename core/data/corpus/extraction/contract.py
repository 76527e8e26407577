"""What a format of raw text declares, and what is told about a file that was read.

A format is one file in this folder that ends with `FORMAT = Format(...)`. `read` writes the text as UTF-8 (or, for a
table, its rows as Parquet) and says what was odd; it raises `UserProblem` for a file that holds no text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from core.data.corpus.options import CorpusOptions


@dataclass(frozen=True)
class Given:
    """A plain file to read: where it lies, its name as the user knows it, and a folder for what is written."""

    path: Path
    name: str
    folder: Path


@dataclass(frozen=True)
class Text:
    """What a format made of a file: `path` holds UTF-8 text, or, with `column`, a table one of whose columns is it.

    `wrapped` says whether a line may be a part of a paragraph; where not, every line is a paragraph. `facts` are the
    format's own (encoding, pages, rows, ...), ready for JSON.
    """

    path: Path
    wrapped: bool = True
    column: str | None = None
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Format:
    """One format: its name, and how it is read with a user's options."""

    name: str
    title: str
    read: Callable[[Given, CorpusOptions], Text]


@dataclass(frozen=True)
class Source:
    """A file that was read. `gutenberg` are the ranges of lines between the marks of Project Gutenberg."""

    name: str
    format: str
    sha256: str
    size: int
    path: str
    wrapped: bool = True
    column: str | None = None
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    gutenberg: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**asdict(self), "notes": list(self.notes), "gutenberg": [list(pair) for pair in self.gutenberg]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The source that `to_json` wrote."""
        ranges = tuple((int(first), int(last)) for first, last in values.get("gutenberg", ()))
        return cls(**{**values, "notes": tuple(values.get("notes", ())), "gutenberg": ranges})


@dataclass(frozen=True)
class Refused:
    """A file that could not be read, and why."""

    name: str
    reason: str

    def to_json(self) -> dict[str, str]:
        """Plain values, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Extracted:
    """What came of all files: `files_in == len(sources) + len(refused)`, always."""

    sources: tuple[Source, ...]
    refused: tuple[Refused, ...]

    @property
    def files_in(self) -> int:
        """All files that came in, those inside archives one by one."""
        return len(self.sources) + len(self.refused)

    @property
    def gutenberg(self) -> int:
        """In how many files marks of Project Gutenberg were found."""
        return sum(bool(source.gutenberg) for source in self.sources)

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {"sources": [one.to_json() for one in self.sources], "refused": [one.to_json() for one in self.refused]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(
            tuple(Source.from_json(one) for one in values["sources"]),
            tuple(Refused(**one) for one in values["refused"]),
        )
