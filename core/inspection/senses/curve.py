"""The sense curve: leave-one-out accuracy by layer on a person's own sentences, beside controls and its doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.cache import VectorCache
from core.errors import UserProblem
from core.inspection.anisotropy import Background
from core.inspection.senses.nearest import CENTROID, RULES
from core.inspection.senses.scores import Against, Score, against, most_frequent, scored
from core.inspection.senses.sheet import Labelled
from core.inspection.senses.vectors import CONTROLS, SenseVectors, representations, sense_vectors
from core.inspection.subject import Subject
from core.progress import Report, ShouldStop, never, silent

FEW = 3  # sentences of a sense below which nobody should read much into the curve


@dataclass(frozen=True)
class Best:
    """The best layer under a rule, the other layers and the controls against it; `equal` reach the very same share."""

    score: Score
    equal: tuple[str, ...]
    layers: tuple[Against, ...]
    controls: tuple[Against, ...]


@dataclass(frozen=True)
class SenseCurve:
    """Scores of every representation under every rule on `rows`; `notes` say what was left out and what is thin."""

    rows: tuple[Labelled, ...]
    vectors: SenseVectors
    scores: tuple[Score, ...]
    best: Mapping[str, Best]
    layers: int
    notes: tuple[str, ...]

    @property
    def senses(self) -> dict[str, dict[str, int]]:
        """Sentences by word and sense."""
        return senses(self.rows)

    def score(self, name: str, rule: str = CENTROID) -> Score:
        """One score; the most frequent sense has no rule."""
        return picked(self.scores, name, rule)

    def to_json(self) -> dict[str, Any]:
        return {
            "n": len(self.rows), "senses": self.senses, "layers": self.layers, "notes": list(self.notes),
            "best": {rule: _best(each) for rule, each in self.best.items()},
            "scores": [one.to_json() for one in self.scores],
            "rows": [{"word": row.word, "sense": row.sense, "sentence": row.occurrence.text,
                      "start": row.occurrence.start, "end": row.occurrence.end} for row in self.rows],
        }  # fmt: skip


def _best(best: Best) -> dict[str, Any]:
    compared = [(each, kind) for kind in ("layers", "controls") for each in getattr(best, kind)]
    return {
        "name": best.score.name, "accuracy": best.score.accuracy.to_json(), "equal": list(best.equal),
        "against": [{"name": each.name, "kind": kind, "difference": each.difference.to_json(), "apart": each.apart}
                    for each, kind in compared],
    }  # fmt: skip


def senses(rows: Sequence[Labelled]) -> dict[str, dict[str, int]]:
    """Sentences by word and sense."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row.word, Counter())[row.sense] += 1
    return {word: dict(counts) for word, counts in found.items()}


def sense_curve(
    subject: Subject,
    rows: Sequence[Labelled],
    *,
    pooling: str = "mean",
    background: Background | None = None,
    cache: VectorCache | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> SenseCurve:
    """Measure the rows that have a sense and a vector, with a background z-scored as well.

    Raises UserProblem where no word has two senses of two such rows.
    """
    vectors = sense_vectors(
        subject, [row.occurrence for row in rows], pooling=pooling, cache=cache, report=report, should_stop=should_stop
    )
    kept, notes = comparable(rows, vectors.problems)
    chosen, used = [rows[row] for row in kept], vectors.at(kept)
    found = [one for name, each in representations(used, background).items() for one in scored(name, chosen, each)]
    if used.alone:
        notes.append(f"{used.alone} sentences hold no other word: for them context-only is always a tie.")
    scores = (*found, most_frequent(chosen))
    best = {rule: best_layer(scores, subject.layers, rule) for rule in RULES}
    return SenseCurve(tuple(chosen), used, scores, best, subject.layers, tuple(notes))


def picked(scores: Sequence[Score], name: str, rule: str) -> Score:
    """The score of `name` under a rule; the most frequent sense has none."""
    return next(one for one in scores if one.name == name and one.rule in (rule, ""))


def best_layer(scores: Sequence[Score], layers: int, rule: str) -> Best:
    """The best of layers 0 to L (the lowest of equals) against all others; sums and z-scores do not take part."""
    curve = [picked(scores, f"layer {layer}", rule) for layer in range(layers + 1)]
    top = curve[int(np.argmax([one.hits.sum() for one in curve]))]
    others = [one for one in curve if one is not top]
    equal = tuple(one.name for one in others if one.hits.sum() == top.hits.sum())
    controls = [picked(scores, name, rule) for name in CONTROLS]
    return Best(
        top, equal, tuple(against(top, one) for one in others), tuple(against(top, one) for one in controls)
    )  # fmt: skip


def comparable(rows: Sequence[Labelled], problems: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    """The places (n,) of rows of words with two senses of two usable sentences, and in sentences what was left out."""
    notes = [f"Left out: {problem}" for problem in dict.fromkeys(problems) if problem]
    usable = [place for place, row in enumerate(rows) if row.sense and not problems[place]]
    bare = sum(not row.sense for row in rows)
    notes += [f"{bare} sentences have no sense: they take part in the clusters alone."] if bare else []
    counts = senses([rows[place] for place in usable])
    for word, of in counts.items():
        for sense in [sense for sense, count in of.items() if count < 2]:
            del of[sense]
            notes.append(f"{sense!r} of {word!r} has one sentence: nothing is left to compare it with, so it is out.")
    lone = [word for word, of in counts.items() if len(of) < 2]
    notes += [f"{word!r} has fewer than two senses with two sentences: it is out." for word in lone]
    kept = [at for at in usable if rows[at].word not in lone and rows[at].sense in counts[rows[at].word]]
    if not kept:
        raise UserProblem(
            "No word has two senses with two sentences each. " + " ".join(notes[:3]),
            "Two senses with two sentences at least were wanted; three to ten are better.",
            "Write `sense: sentence with the [[word]]` on a line each.",
        )
    return np.array(kept), notes + _thin([rows[at] for at in kept])


def _thin(rows: Sequence[Labelled]) -> list[str]:
    least = min(count for of in senses(rows).values() for count in of.values())
    told = [f"The smallest sense has {least} sentences; from {FEW} on the curve begins to say something."]
    even = [f"The smallest sense has {least} sentences: five neighbours cannot all be of it, which holds 5-NN down."]
    return (told if least < FEW else []) + (even if least <= 5 else [])
