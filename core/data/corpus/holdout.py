"""Which text training never sees: whole documents, or contiguous passages of few long ones, drawn with a seed; or
the documents of files that a person names.

Near-duplicates of each other stay on one side: by documents a group is drawn as one, by passages a document that has
a near-duplicate is never cut. What is drawn is said as ranges of sentences of each document, so a corpus is split as
it streams.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import UserProblem

FEW = 20  # documents; with fewer, passages are held out by default
SHORTEST, LONGEST = 4, 100  # sentences of a passage
PASSAGES = 10  # held out, where the text is long enough
Ranges = Mapping[int, tuple[tuple[int, int], ...]]


@dataclass(frozen=True)
class Holdout:
    """`by` is "documents", "passages", "files" or "none"; `ranges` are the sentences first <= number < last held out of
    each.
    """

    by: str
    ranges: Ranges


def draw(
    sentences: np.ndarray, kept: np.ndarray, linked: Sequence[Sequence[int]], *, share: float, by: str, seed: int
) -> Holdout:
    """Draw from documents with `sentences` (n,) sentences each, of which those in the mask `kept` are saved."""
    documents = np.flatnonzero(kept)
    if by == "auto":
        by = "documents" if len(documents) >= FEW else "passages"
    if share <= 0 or not len(documents):
        return Holdout("none", {})
    random = np.random.default_rng(seed)
    if by == "documents":
        return Holdout(by, _documents(sentences, documents, linked, share, random))
    return Holdout(by, _passages(sentences, documents, linked, share, random))


def named(files: Sequence[str], sources: Sequence[str]) -> list[int]:
    """The places of the files in `sources`: by the whole name, or by its last part where only one has it."""
    places = []
    for file in files:
        found = [place for place, name in enumerate(sources) if name == file] or [
            place for place, name in enumerate(sources) if name.rpartition("/")[2] == file
        ]
        if len(found) != 1:
            many = f"{len(found)} files are" if found else "No file that was read is"
            raise UserProblem(f"{many} called {file!r}.", "", f"The files are: {', '.join(sources[:20])}.")
        places += found
    return places


def of_files(sentences: np.ndarray, kept: np.ndarray, linked: Sequence[Sequence[int]], chosen: np.ndarray) -> Holdout:
    """Hold out the documents in the mask `chosen` (n,), and every near-duplicate of one of them."""
    held = chosen.copy()
    for members in linked:
        held[list(members)] = held[list(members)].any()
    return Holdout("files", {one: ((0, int(sentences[one])),) for one in np.flatnonzero(held & kept).tolist()})


def _documents(
    sentences: np.ndarray,
    documents: np.ndarray,
    linked: Sequence[Sequence[int]],
    share: float,
    random: np.random.Generator,
) -> Ranges:
    """A share of the documents, to the nearest whole one; at least one where two units are there, never all."""
    leader = np.arange(len(sentences))
    for members in linked:
        leader[list(members)] = members[0]
    units, sizes = np.unique(leader[documents], return_counts=True)
    wanted = max(1, round(share * len(documents)))
    drawn = np.zeros(len(sentences), dtype=bool)
    held = 0
    for place in random.permutation(len(units)) if len(units) > 1 else ():
        if held + sizes[place] <= wanted:
            drawn[units[place]] = True
            held += int(sizes[place])
        if held == wanted:
            break
    chosen = documents[drawn[leader[documents]]]
    return {one: ((0, int(sentences[one])),) for one in chosen.tolist()}


def _passages(
    sentences: np.ndarray,
    documents: np.ndarray,
    linked: Sequence[Sequence[int]],
    share: float,
    random: np.random.Generator,
) -> Ranges:
    """Passages of equal length, drawn one by one until the share of all sentences is reached."""
    twins = {member for members in linked for member in members}
    wanted = share * float(sentences[documents].sum())
    length = int(min(max(wanted / PASSAGES, SHORTEST), LONGEST))
    places = [
        (one, start)
        for one in documents.tolist()
        if one not in twins
        for start in range(0, int(sentences[one]) - length + 1, length)
    ]
    drawn: dict[int, list[tuple[int, int]]] = {}
    taken = 0
    for place in random.permutation(len(places)).tolist():
        if taken + length > max(wanted, length) or len(places) < 2:
            break
        one, start = places[place]
        drawn.setdefault(one, []).append((start, start + length))
        taken += length
    return {one: _merged(ranges) for one, ranges in sorted(drawn.items())}


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)
