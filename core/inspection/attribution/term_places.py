"""Where the features of a word count stand in the text: words, their neighbours, and letter groups inside words.

scikit-learn's vectorizers answer what they counted and not where. The places are found anew here and accepted only when
they give exactly the vectorizer's own counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

Place = tuple[str, tuple[tuple[int, int], ...]]  # term, and the spans of characters that it stands on


def places(vectorizer: Any, text: str) -> list[Place] | None:
    """Every occurrence of every term of `text`; None where they cannot be told from the vectorizer's settings."""
    prepared, origins = _prepared(vectorizer, text)
    search = {"word": _word_groups, "char_wb": _letter_groups}.get(vectorizer.analyzer)
    if search is None:
        return None
    found = [(term, tuple(_at(origins, span) for span in spans)) for term, spans in search(vectorizer, prepared)]
    counted = Counter(vectorizer.build_analyzer()(text))
    return found if Counter(term for term, _ in found) == counted else None


def _prepared(vectorizer: Any, text: str) -> tuple[str, list[int]]:
    """The text in small letters and without accents as the vectorizer has it, and where each character came from."""
    prepare = vectorizer.build_preprocessor()
    known = {letter: prepare(letter) for letter in set(text)}
    origins = [place for place, letter in enumerate(text) for _ in known[letter]]
    return "".join(known[letter] for letter in text), origins


def _at(origins: list[int], span: tuple[int, int]) -> tuple[int, int]:
    return origins[span[0]], origins[span[1] - 1] + 1


def _word_groups(vectorizer: Any, text: str) -> Iterator[Place]:
    stop = vectorizer.get_stop_words() or ()
    words = [(found[0], found.span()) for found in re.finditer(vectorizer.token_pattern, text) if found[0] not in stop]
    shortest, longest = vectorizer.ngram_range
    for size in range(shortest, longest + 1):
        for first in range(len(words) - size + 1):
            group = words[first : first + size]
            yield " ".join(word for word, _ in group), tuple(span for _, span in group)


def _letter_groups(vectorizer: Any, text: str) -> Iterator[Place]:
    """Groups inside a word with a blank before and behind it; a word shorter than the group counts once."""
    shortest, longest = vectorizer.ngram_range
    for found in re.finditer(r"\S+", text):
        padded = f" {found[0]} "
        for size in range(shortest, longest + 1):
            for first in range(max(1, len(padded) - size + 1)):
                start = found.start() + first - 1
                inside = (max(start, found.start()), min(start + size, found.end()))
                yield padded[first : first + size], (inside,)
            if len(padded) <= size:
                break
