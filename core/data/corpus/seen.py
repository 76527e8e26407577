"""Which labelled texts a model has read before, in the raw text that it or an ancestor was pre-trained on.

A text counts as read when all its sentences of at least `WORDS` words occur in the corpus, and there is one: shorter
ones ("Thank you.") stand everywhere. Compared is the canonical form (core/data/canonical.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.data.canonical import canonical
from core.data.corpus.sentences.closing_punctuation import split
from core.data.corpus.store import Corpus

WORDS = 4


def seen(texts: Sequence[str], corpus: Corpus) -> np.ndarray:
    """For each text (n,) bool whether it was read; memory grows with the texts, not with the corpus."""
    asked = [_sentences(text) for text in texts]
    wanted = set().union(*asked) if asked else set()
    found: set[str] = set()
    for document in corpus.documents("train"):
        for sentence in document.sentences:
            found |= wanted & _sentences(sentence)
    return np.array([bool(each) and each <= found for each in asked], dtype=bool)


def _sentences(text: str) -> set[str]:
    """The canonical sentences of a text that are long enough to be told by."""
    found = (canonical(part) for line in text.splitlines() for part in split(line, "en"))
    return {part for part in found if len(part.split()) >= WORDS}
