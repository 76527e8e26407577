"""Chosen occurrences with their vectors, and every reason why one has none or is less than it seems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.encoding.cache import VectorCache
from core.inspection.occurrences import Placed, labels, repeated
from core.inspection.subject import Subject
from core.inspection.word_vectors import word_vectors
from core.progress import Report, ShouldStop, never, silent


@dataclass(frozen=True)
class InContext:
    """The n occurrences that have a vector: `states` (n, L + 1, H) and `static` (n, E) float32, `labels`, `pieces`.

    `problems` says of every other one why it has none; `notes` tells what to bear in mind; `computed` counts the
    texts that the model had to read.
    """

    placed: tuple[Placed, ...]
    labels: tuple[str, ...]
    pieces: tuple[tuple[str, ...], ...]
    states: np.ndarray
    static: np.ndarray
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    computed: int


def in_context(
    subject: Subject,
    placed: Sequence[Placed],
    *,
    pooling: str = "mean",
    cache: VectorCache | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> InContext:
    """Vectors of chosen occurrences, in order; one that was chosen twice is kept once."""
    chosen = tuple(dict.fromkeys(placed))
    found = word_vectors(
        subject, [each.occurrence for each in chosen], pooling=pooling, cache=cache, report=report,
        should_stop=should_stop,
    )  # fmt: skip
    named, keep = labels(chosen), found.usable
    problems = tuple(f"{name}: {problem}" for name, problem in zip(named, found.problems, strict=True) if problem)
    kept = [place for place in range(len(chosen)) if keep[place]]
    pieces = tuple(found.pieces[place] for place in kept)
    names = tuple(named[place] for place in kept)
    placed_kept = tuple(chosen[place] for place in kept)
    notes = (*_unknown(subject, names, pieces), *_split(names, pieces, pooling), *_same(placed_kept))
    return InContext(
        placed_kept, names, pieces, found.layers[keep], found.static[keep], problems, notes, found.computed
    )


def _unknown(subject: Subject, names: Sequence[str], pieces: Sequence[Sequence[str]]) -> list[str]:
    unknown = subject.tokenizer.unk_token
    lost = [name for name, parts in zip(names, pieces, strict=True) if unknown in parts]
    return [f"Read as {unknown}, so the model does not know these characters: {_some(lost)}."] if lost else []


def _split(names: Sequence[str], pieces: Sequence[Sequence[str]], pooling: str) -> list[str]:
    rule = {"mean": "the mean of its pieces", "first": "its first piece", "last": "its last piece"}[pooling]
    several = [f"{name} = {' '.join(parts)}" for name, parts in zip(names, pieces, strict=True) if len(parts) > 1]
    return [f"Read as several pieces, where a word is {rule}: {_some(several)}."] if several else []


def _same(placed: Sequence[Placed]) -> list[str]:
    texts = {each.sentence: each.occurrence.text for each in placed}
    numbers = sorted(texts)
    same = [tuple(numbers[n - 1] for n in group) for group in repeated([texts[number] for number in numbers])]
    return [
        f"Sentences {', '.join(map(str, group))} are the same text, so their cosine of 1 says nothing."
        for group in same
    ]


def _some(items: Sequence[str], limit: int = 8) -> str:
    more = f" and {len(items) - limit} more" if len(items) > limit else ""
    return ", ".join(items[:limit]) + more
