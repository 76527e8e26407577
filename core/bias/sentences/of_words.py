"""The sentences of every word of a test: bleached templates by kind of word, templates of a person's own, or a table
with the sentences themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.bias.sentences.filled import filled, own
from core.bias.sentences.templates import bleached
from core.bias.sentences.word_kinds import kind_of
from core.bias.word_sets import WordSet, WordTest

SENTENCE, WORD, TEMPLATE = "sentence", "word", "template"


@dataclass(frozen=True)
class OfWords:
    """Sentences of the words, in order: `texts` (n,), the word of each, its kind, and the template, "" where given."""

    texts: tuple[str, ...]
    words: tuple[str, ...]
    kinds: tuple[str, ...]


def of_words(test: WordTest, kinds: tuple[str, str], templates: str, table: pd.DataFrame | None) -> OfWords:
    """Sentences of all sets; `kinds` are what targets and attributes are said to be ("auto": by the word).

    `templates` are a person's own, separated by "|" or lines; a table may bring more in a column "template", or whole
    sentences in the columns "sentence" and "word", which then are the only ones of their words.
    """
    given, more = _given(table), own([*templates.replace("|", "\n").splitlines(), *_column(table, TEMPLATE)])
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for sets, kind in ((test.targets, kinds[0]), (test.attributes, kinds[1])):
        for one in sets:
            for word in one.words:
                if word not in rows:
                    rows[word] = given.get(word) or _made(one, word, kind, more)
    flat = [row for some in rows.values() for row in some]
    return OfWords(tuple(r[0] for r in flat), tuple(r[1] for r in flat), tuple(r[2] for r in flat))


def _made(of: WordSet, word: str, kind: str, more: Sequence[str]) -> list[tuple[str, str, str]]:
    known = kind_of(word, of.name) if kind == "auto" else kind
    texts = dict.fromkeys(filled(template, word).text for template in more or bleached(known))
    return [(text, word, "own templates" if more else known) for text in texts]


def _given(table: pd.DataFrame | None) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for text, word in zip(_column(table, SENTENCE), _column(table, WORD), strict=False):
        found.setdefault(word.strip(), []).append((text, word.strip(), "given"))
    return found


def _column(table: pd.DataFrame | None, name: str) -> list[str]:
    return [] if table is None or name not in table.columns else [str(cell) for cell in table[name]]
