"""The words of a measure with their vectors: sets checked, what has no usable vector left out and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.bias.inputs import Inputs
from core.bias.vectors.kinds import VectorConfig, Vectors, contexts_of, vectors
from core.bias.word_sets import WordSet, WordTest, checked
from core.errors import UserProblem
from core.progress import Report, ShouldStop

if TYPE_CHECKING:
    from core.bias.audited import Audited

TOLD = 5  # words named in one sentence
EMPTY = "No word of {} has a vector that can be used; there is nothing to compare."


@dataclass(frozen=True)
class Given:
    """Sets with the words that have a vector; `lost` names the others by set, `notes` are for a reader."""

    test: WordTest
    vectors: Vectors
    notes: tuple[str, ...]
    lost: Mapping[str, tuple[str, ...]]

    @property
    def targets(self) -> tuple[WordSet, ...]:
        return self.test.targets

    @property
    def attributes(self) -> tuple[WordSet, ...]:
        return self.test.attributes

    def rows(self, *sets: WordSet) -> np.ndarray:
        """Vectors (n, d) of the words of the sets, one set after another."""
        return self.vectors.of([word for one in sets for word in one.words])

    @property
    def empty(self) -> str:
        """Why nothing can be computed: a set of which no word is left; "" where every set has one."""
        bare = [one.name for one in self.test.sets if not one.words]
        return EMPTY.format(" and none of ".join(bare)) if bare else ""


def look_up(
    audited: Audited,
    inputs: Inputs,
    settings: VectorConfig,
    *,
    targets: Sequence[int] | None,
    attributes: Sequence[int] | None,
    report: Report,
    should_stop: ShouldStop,
) -> Given:
    """The sets with their vectors; UserProblem where they do not fit what the measure takes."""
    assert inputs.words is not None
    test, notes = checked(inputs.words, targets=targets, attributes=attributes)
    if not test.attributes:
        raise UserProblem("There is no attribute set.", "This measure takes one or more.", "Add a set of attributes.")
    found = vectors(
        audited, test.words, settings, contexts=contexts_of(inputs), report=report, should_stop=should_stop
    )  # fmt: skip
    zero = [word for word, row in zip(found.words, found.rows, strict=True) if not row.any()]
    kept = test.kept(set(found.words) - set(zero))
    lost = {one.name: _gone(one, left) for one, left in zip(test.sets, kept.sets, strict=True)}
    said = (*notes, *found.notes, *_zero(zero), *identical(found, kept))
    return Given(kept, found, said, {name: words for name, words in lost.items() if words})


def identical(found: Vectors, test: WordTest) -> tuple[str, ...]:
    """A sentence where words of one test share a vector, as "Hope" and "hope" do where case is dropped."""
    groups: dict[bytes, list[str]] = {}
    for word in test.words:
        groups.setdefault(found.of([word]).tobytes(), []).append(word)
    same = [words for words in groups.values() if len(words) > 1]
    if not same:
        return ()
    shown = "; ".join(" = ".join(words[:TOLD]) for words in same[:TOLD])
    return (f"Words with one and the same vector, which no measure can tell apart: {shown}.",)


def _gone(before: WordSet, left: WordSet) -> tuple[str, ...]:
    have = set(left.words)
    return tuple(word for word in before.words if word not in have)


def _zero(words: Sequence[str]) -> tuple[str, ...]:
    if not words:
        return ()
    shown = ", ".join(words[:TOLD])
    return (f"{shown}{' and others' if len(words) > TOLD else ''}: the vector is zero, has no direction, is left out.",)
