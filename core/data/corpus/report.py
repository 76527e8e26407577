"""The cleaning report of raw text: what came in, what would be saved, what was found, and whether it can be saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class CorpusReport:
    """Two accounts always hold: `files_in == files_read + files_refused`, and `documents_in == documents + empty +
    dropped_duplicates + dropped_near_duplicates`.

    Sentences, words (by blanks), characters and everything measured on sentences count what would be saved. `splits`
    counts sentences. `duplicates` counts documents that repeat an earlier one word for word; `near_duplicates` lists
    groups with their documents, names and similarity, `near_duplicate_groups` how many there are. `lengths` has the
    histogram in words and, on a sample, in word pieces. `preview` holds the first documents as lists of sentences.
    """

    files_in: int
    files_read: int
    files_refused: int
    sources: tuple[Mapping[str, Any], ...]
    refused: tuple[Mapping[str, str], ...]
    documents_in: int
    documents: int
    empty: int
    duplicates: int
    dropped_duplicates: int
    dropped_near_duplicates: int
    near_duplicates: tuple[Mapping[str, Any], ...]
    near_duplicate_groups: int
    sentences: int
    words: int
    characters: int
    replaced: int
    long_sentences: int
    longest: tuple[Mapping[str, Any], ...]
    lengths: Mapping[str, Any]
    preview: tuple[Mapping[str, Any], ...]
    holdout: Mapping[str, Any]
    splits: Mapping[str, int]
    split_documents: Mapping[str, int]
    gutenberg: int
    content_hash: str
    can_save: bool
    blockers: tuple[str, ...]
    notes: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def replaced_share(self) -> float:
        """Share of all characters that stand for bytes nobody could read, in [0, 1]."""
        return self.replaced / self.characters if self.characters else 0.0

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**asdict(self), "replaced_share": self.replaced_share}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The report that `to_json` wrote."""
        lists = ("sources", "refused", "near_duplicates", "longest", "preview", "blockers", "notes")
        known = {name: value for name, value in values.items() if name != "replaced_share"}
        return cls(**{**known, **{name: tuple(values[name]) for name in lists}})
