"""Sentences by the rules of a language: abbreviations, numbers, quotes, brackets.

Source: sentencex, by the Wikimedia language team (https://github.com/wikimedia/sentencex), some 300 languages with
fallbacks. Unusual: it may call a part a sentence that holds nothing but blanks; such parts are left out. It dies at a
blank of several bytes (U+00A0) in some places, so every blank is handed over as the plain one.
"""

from __future__ import annotations

import re

from core.data.corpus.sentences.contract import Splitter, stripped

_BLANK = re.compile(r"[^\S ]")


def split(paragraph: str, language: str) -> list[str]:
    """The sentences of a paragraph in the language whose code (`en`, `de`, ...) is given."""
    from sentencex import segment

    return stripped(list(segment(language, _BLANK.sub(" ", paragraph))))


SPLITTER = Splitter(
    name="language_rules",
    title="Rules of the language",
    summary="Knows abbreviations such as “Mr.” and what stands in quotes (sentencex).",
    split=split,
    order=3,
    languages=True,
)
