"""Words where they stand: marked by hand, searched, or as the model's tokenizer splits them; and their names.

Whole word: no letter, digit or underscore touches it. Scripts that write no blanks (Han, Kana, Thai, Lao, Khmer,
Myanmar) know no such border, so there a word is found wherever its characters stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from core.errors import UserProblem
from core.inspection.reading import Reading
from core.inspection.word_vectors import Occurrence

LIMIT = 1_000  # occurrences of one search
SEARCHED = 1_000_000  # texts at most
_MARK = re.compile(r"\[\[((?:(?!\[\[|\]\]).)+)\]\]", re.DOTALL)
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")

Find = Callable[[str], Sequence[Occurrence]]


@dataclass(frozen=True)
class Placed:
    """An occurrence in the sentence with this number, from 1."""

    sentence: int
    occurrence: Occurrence


@dataclass(frozen=True)
class Found:
    """Occurrences in the order of the texts: all `total` of them, or a random sample; `texts` were searched."""

    occurrences: tuple[Occurrence, ...]
    total: int
    texts: int


def marked(sentence: str) -> tuple[str, tuple[Occurrence, ...]]:
    """The sentence without its marks, and what stood between them: "The [[bank]] of the river"."""
    spans, bare, end = [], "", 0
    for mark in _MARK.finditer(sentence):
        bare += sentence[end : mark.start()]
        spans.append((len(bare), len(bare) + len(mark[1])))
        bare, end = bare + mark[1], mark.end()
    bare += sentence[end:]
    return bare, tuple(Occurrence(bare, *span) for span in spans)


def of_word(text: str, word: str, *, match_case: bool = False) -> tuple[Occurrence, ...]:
    """Every occurrence of a whole word in order; UserProblem for a word of nothing but blanks."""
    return _searched(text, _pattern(word, match_case))


def searching(word: str, *, match_case: bool = False) -> Find:
    """`of_word` of many texts."""
    pattern = _pattern(word, match_case)
    return lambda text: _searched(text, pattern)


def of_reading(reading: Reading) -> tuple[Occurrence, ...]:
    """The words of the first text as its tokenizer splits them, without marks at their ends and words of marks alone.

    What truncation took or cut is not among them.
    """
    text = reading.texts[0]
    found = []
    for word in reading.words:
        letters = [place for place in range(word.start, word.end) if text[place].isalnum()]
        if word.part == 0 and not word.cut and letters:
            found.append(Occurrence(text, letters[0], letters[-1] + 1))
    return tuple(found)


def sample(texts: Iterable[str], find: Find, *, limit: int = LIMIT, seed: int = 0) -> Found:
    """What `find` finds in the distinct texts; a uniform sample of `limit` where there is more (reservoir)."""
    random = np.random.default_rng(seed)
    kept: list[tuple[int, Occurrence]] = []
    total = searched = 0
    for text in dict.fromkeys(islice(texts, SEARCHED)):
        searched += 1
        for one in find(text):
            total += 1
            place = len(kept) if len(kept) < limit else int(random.integers(total))
            if place < limit:
                kept[place : place + 1] = [(total, one)]
    return Found(tuple(one for _, one in sorted(kept, key=lambda each: each[0])), total, searched)


def labels(placed: Sequence[Placed]) -> tuple[str, ...]:
    """A name for each, never twice the same: sentence, word, and which one where the sentence has several."""
    named = []
    for each in placed:
        one = each.occurrence
        same = _searched(one.text, _pattern(one.word, False)) if one.word.strip() else ()
        places = [other.start for other in same]
        which = f" ({places.index(one.start) + 1})" if len(places) > 1 and one.start in places else ""
        named.append(f"{each.sentence}. {' '.join(one.word.split())}{which}")
    return tuple(
        name if named.count(name) == 1 else f"{name} [{each.occurrence.start}:{each.occurrence.end}]"
        for name, each in zip(named, placed, strict=True)
    )


def repeated(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Numbers, from 1, of sentences that are the same text."""
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts, start=1):
        places.setdefault(text, []).append(number)
    return [tuple(numbers) for numbers in places.values() if len(numbers) > 1]


def _pattern(word: str, match_case: bool) -> re.Pattern[str]:
    bare = word.strip()
    if not bare:
        raise UserProblem("No word was given.", "A word to look for was wanted.")
    before = "" if _unspaced(bare[0]) else r"(?<!\w)"
    after = "" if _unspaced(bare[-1]) else r"(?!\w)"
    return re.compile(before + re.escape(bare) + after, 0 if match_case else re.IGNORECASE)


def _searched(text: str, pattern: re.Pattern[str]) -> tuple[Occurrence, ...]:
    return tuple(Occurrence(text, *found.span()) for found in pattern.finditer(text))


def _unspaced(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_UNSPACED)
