"""Sets of words: targets that are compared, attributes that they are compared by, each with where it comes from.

Targets and attributes are named as in Caliskan et al. 2017: targets are the groups or concepts (X, Y), attributes
what they may be associated with (A, B). Any number of sets of any size; a measure says what it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.errors import UserProblem

LEAST = 4  # words a side below which a p-value cannot fall under 1/70


@dataclass(frozen=True)
class WordSet:
    """A named set of words in the order given."""

    name: str
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True)
class WordTest:
    """Target and attribute sets under a name; `source` is a citation, or says who gave the words."""

    name: str
    targets: tuple[WordSet, ...]
    attributes: tuple[WordSet, ...] = ()
    source: str = ""
    language: str = "en"

    @property
    def sets(self) -> tuple[WordSet, ...]:
        return (*self.targets, *self.attributes)

    @property
    def words(self) -> tuple[str, ...]:
        """Every distinct word, in order."""
        return tuple(dict.fromkeys(word for one in self.sets for word in one.words))

    def to_json(self) -> dict[str, Any]:
        """name, source, language, and targets and attributes as name -> words."""
        return {
            "name": self.name,
            "targets": {one.name: list(one.words) for one in self.targets},
            "attributes": {one.name: list(one.words) for one in self.attributes},
            "source": self.source,
            "language": self.language,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> WordTest:
        """UserProblem where it is no test: two sets of one name, a word that is no text."""
        return cls(
            str(values.get("name") or "own words"),
            _sets(values.get("targets") or {}),
            _sets(values.get("attributes") or {}),
            str(values.get("source") or ""),
            str(values.get("language") or ""),
        )

    def kept(self, known: Iterable[str]) -> WordTest:
        """The same test with the words that are in `known`."""
        have = set(known)

        def left(sets: tuple[WordSet, ...]) -> tuple[WordSet, ...]:
            return tuple(replace(one, words=tuple(word for word in one.words if word in have)) for one in sets)

        return replace(self, targets=left(self.targets), attributes=left(self.attributes))


def checked(
    test: WordTest, *, targets: Sequence[int] | None = None, attributes: Sequence[int] | None = None
) -> tuple[WordTest, tuple[str, ...]]:
    """The test without blanks and doubled words, and a sentence for each thing a reader should know.

    `targets` and `attributes` are the numbers of sets that a measure takes (None: any, at least one target).
    UserProblem for a wrong number of sets, an empty set, two sets of one name, and a word that stands in two targets
    or two attributes: it would be counted on both sides.
    """
    clean, notes = _deduplicated(test)
    _counted("target", clean.targets, targets)
    _counted("attribute", clean.attributes, attributes)
    for one in clean.sets:
        if not one.words:
            raise UserProblem(f"The set {one.name!r} is empty.", "Each set needs a word.", "Add words or leave it out.")
    for kind, sets in (("targets", clean.targets), ("attributes", clean.attributes)):
        _named(kind, sets)
        _apart(kind, sets)
    return clean, (*notes, *_both(clean), *_sizes(clean))


def _sets(given: Mapping[str, Any]) -> tuple[WordSet, ...]:
    return tuple(WordSet(str(name), tuple(str(word) for word in words)) for name, words in given.items())


def _deduplicated(test: WordTest) -> tuple[WordTest, list[str]]:
    notes: list[str] = []

    def one(given: WordSet) -> WordSet:
        stripped = [word.strip() for word in given.words if word.strip()]
        words = tuple(dict.fromkeys(stripped))
        twice = sorted({word for word in words if stripped.count(word) > 1})
        if twice:
            notes.append(f"{given.name}: {', '.join(twice)} stood there more than once and counts once.")
        return replace(given, words=words)

    clean = replace(test, targets=tuple(map(one, test.targets)), attributes=tuple(map(one, test.attributes)))
    return clean, notes


def _counted(kind: str, sets: tuple[WordSet, ...], wanted: Sequence[int] | None) -> None:
    if wanted is not None and len(sets) not in wanted or wanted is None and kind == "target" and not sets:
        numbers = "at least 1" if wanted is None else " or ".join(map(str, wanted))
        raise UserProblem(f"There are {len(sets)} {kind} sets.", f"This measure takes {numbers}.", "Mend the sets.")


def _named(kind: str, sets: tuple[WordSet, ...]) -> None:
    names = [one.name for one in sets]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UserProblem(f"Two of the {kind} are called {twice!r}.", "Each needs a name of its own.", "Rename one.")


def _apart(kind: str, sets: tuple[WordSet, ...]) -> None:
    for place, one in enumerate(sets):
        for other in sets[place + 1 :]:
            shared = [word for word in one.words if word in set(other.words)]
            if shared:
                raise UserProblem(
                    f"{', '.join(shared[:5])} stand{'s' if len(shared) == 1 else ''} in both {one.name!r} and "
                    f"{other.name!r}.", f"A word belongs to one of the {kind}.", "Take it out of one of them.",
                )  # fmt: skip


def _both(test: WordTest) -> list[str]:
    targets = {word for one in test.targets for word in one.words}
    shared = [word for one in test.attributes for word in one.words if word in targets]
    if not shared:
        return []
    return [
        f"{', '.join(shared[:5])}: target and attribute at once; a word is nearest to itself, so the score is drawn."
    ]


def _sizes(test: WordTest) -> list[str]:
    notes = []
    if len({len(one) for one in test.targets}) > 1:
        sizes = ", ".join(f"{one.name} {len(one)}" for one in test.targets)
        notes.append(f"The targets differ in size ({sizes}); means are compared, not sums.")
    for one in test.sets:
        if len(one) < LEAST:
            plural = "word" if len(one) == 1 else "words"
            notes.append(f"{one.name} has {len(one)} {plural}: too few to say anything about the group it stands for.")
    return notes
