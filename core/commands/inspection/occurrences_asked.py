"""What `inspect word` and `inspect neighbours` share: sentences with their words, the layer, the background."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.commands.options import workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.inspection.anisotropy import Background
    from core.inspection.occurrences import Placed
    from core.inspection.subject import Subject
    from core.inspection.word_vectors import Occurrence

POOLINGS = ("mean", "first", "last")


@dataclass(frozen=True)
class Asked:
    """The chosen occurrences, the group of each (a sense, or the word itself), and what was left."""

    placed: tuple[Placed, ...]
    groups: tuple[str, ...]
    notes: tuple[str, ...]


def sentence_options(parser: argparse.ArgumentParser) -> None:
    """--sentence, --word, --match-case, --span."""
    parser.add_argument(
        "--sentence", action="append", default=[], metavar="TEXT", help='mark the word: "The [[bank]] of the river"'
    )
    parser.add_argument("--word", metavar="WORD", help="its first occurrence in every sentence that has no mark")
    parser.add_argument("--match-case", action="store_true", help="Bank is not bank")
    parser.add_argument(
        "--span",
        action="append",
        default=[],
        metavar="N:START:END",
        help="characters of sentence N, from 1; end outside",
    )


def vector_options(parser: argparse.ArgumentParser) -> None:
    """--layer, --pooling, --standardise, --background."""
    parser.add_argument("--layer", default="last_four", metavar="L", help="0 to L, or last_four (default)")
    parser.add_argument("--pooling", choices=POOLINGS, default="mean", help="of a word's pieces (default mean)")
    parser.add_argument("--standardise", action="store_true", help="z-scores over the background")
    parser.add_argument("--background", metavar="DATASET", help="random pairs come from here (default: our sentences)")


def typed(asked: argparse.Namespace, every: bool = False) -> Asked:
    """The occurrences of the sentences: marks and spans, else the word."""
    from core.inspection.occurrences import Placed, marked, of_word

    placed: list[Placed] = []
    notes: list[str] = []
    spans = [_span(text, len(asked.sentence)) for text in asked.span]
    for number, sentence in enumerate(asked.sentence, start=1):
        bare, found = marked(sentence)
        found = (*found, *(_characters(bare, *span[1:]) for span in spans if span[0] == number))
        if not found and asked.word:
            found = of_word(bare, asked.word, match_case=asked.match_case)
            if len(found) > 1 and not every:
                notes.append(f"Sentence {number} has {len(found)} occurrences; the first was taken. Take all by --all.")
                found = found[:1]
        if not found:
            notes.append(f"Sentence {number} has no word that was asked for, so it is left out.")
        placed += [Placed(number, one) for one in found]
    return Asked(tuple(placed), tuple(each.occurrence.word.lower() for each in placed), tuple(notes))


def background(asked: argparse.Namespace, subject: Subject) -> Background:
    """Measured, or from the cache."""
    from core.jobs import inspecting

    return inspecting.background(workspace(), subject, asked.pooling, asked.background)


def _span(text: str, sentences: int) -> tuple[int, int, int]:
    try:
        number, start, end = (int(part) for part in text.split(":"))
    except ValueError:
        raise UserProblem(f"--span {text!r} cannot be read.", "Write it as 1:4:8.") from None
    if not 1 <= number <= sentences:
        raise UserProblem(f"--span {text!r} names sentence {number}.", f"There are {sentences}.")
    return number, start, end


def _characters(text: str, start: int, end: int) -> Occurrence:
    from core.inspection.word_vectors import Occurrence

    if not 0 <= start < end <= len(text):
        raise UserProblem(f"There are no characters {start} to {end}.", f"The sentence has {len(text)}.")
    return Occurrence(text, start, end)
