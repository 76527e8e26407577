"""Sentences whose marked word a person gave a sense, from whatever way they were written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import UserProblem
from core.inspection.occurrences import marked, of_word
from core.inspection.word_vectors import Occurrence

MOST = 2_000  # sentences of one sheet
LONGEST = 20_000  # characters of one sentence


@dataclass(frozen=True)
class Labelled:
    """An occurrence with its sense ("" where it has none) and the `word` whose senses compete with each other."""

    word: str
    sense: str
    occurrence: Occurrence


@dataclass(frozen=True)
class Sheet:
    """The rows that can be used in order, and in sentences what could not (`problems`) or is good to know (`notes`)."""

    rows: tuple[Labelled, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Words in order of appearance."""
        return tuple(dict.fromkeys(row.word for row in self.rows))


@dataclass(frozen=True)
class Line:
    """One sentence as written; `where` names it ("line 3"), `span` its word's characters where they are given."""

    where: str
    sense: str
    sentence: str
    word: str = ""
    span: tuple[int, int] | None = None


def sheet(lines: Iterable[Line], word: str = "") -> Sheet:
    """Find every line's word: its span, else [[its mark]], else its own `word` or the general one, once and whole."""
    rows: list[Labelled] = []
    problems: list[str] = []
    notes: list[str] = []
    for line in lines:
        if len(rows) >= MOST:
            problems.append(f"Only the first {MOST:,} sentences are used.")
            break
        try:
            occurrence, note = located(line, line.word or word)
        except UserProblem as problem:
            problems.append(f"{line.where}: {problem}")
            continue
        notes += [f"{line.where}: {note}"] if note else []
        rows.append(Labelled(line.word or word, line.sense.strip(), occurrence))
    return Sheet(_named(rows), tuple(problems), tuple(notes))


def located(line: Line, word: str) -> tuple[Occurrence, str]:
    """The occurrence of a line, and a note where it was not the only choice; raises UserProblem where it is none."""
    if len(line.sentence) > LONGEST:
        raise UserProblem(f"the sentence has {len(line.sentence):,} characters.", f"At most {LONGEST:,} are read.")
    if line.span is not None:
        start, end = line.span
        if not 0 <= start < end <= len(line.sentence):
            raise UserProblem(f"characters {start} to {end} do not lie in the sentence.")
        return Occurrence(line.sentence, start, end), ""
    _, marks = marked(line.sentence)
    if len(marks) > 1:
        raise UserProblem("several words are marked.", "One [[word]] a sentence was wanted.")
    if marks:
        return marks[0], ""
    return _by_word(line.sentence, word.strip())


def _by_word(sentence: str, word: str) -> tuple[Occurrence, str]:
    if not sentence.strip():
        raise UserProblem("there is no sentence.")
    if not word:
        raise UserProblem("no word is marked.", "Put it in double brackets, as in the [[bank]] of the river.")
    found = of_word(sentence, word)
    if not found:
        raise UserProblem(f"{word!r} does not stand in the sentence as a whole word.", "Mark it as [[word]].")
    note = f"{word!r} stands {len(found)} times; the first is taken, mark another as [[word]]."
    return found[0], note if len(found) > 1 else ""


def _named(rows: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """Rows without a word get the form that is most frequent among them."""
    forms = Counter(row.occurrence.word.lower() for row in rows if not row.word)
    name = forms.most_common(1)[0][0] if forms else ""
    return tuple(row if row.word else Labelled(name, row.sense, row.occurrence) for row in rows)
