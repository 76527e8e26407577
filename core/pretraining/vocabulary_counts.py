"""How often each piece of a vocabulary occurs in a corpus, for heads that start at the words' frequencies."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

import numpy as np

from core.data.corpus.store import Document
from core.encoding.tokenizing import SLICE, tokenize
from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop, never, silent

SENTENCES = 100_000  # enough to know how common a piece is; a corpus may hold many more


def piece_counts(
    documents: Iterable[Document],
    tokenizer: Any,
    *,
    most: int = SENTENCES,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> np.ndarray:
    """Occurrences (V,) int64 of every piece in the first `most` sentences; special pieces are left at 0."""
    counts = np.zeros(max(tokenizer.get_vocab().values()) + 1, dtype=np.int64)
    sentences = islice(chain.from_iterable(document.sentences for document in documents), most)
    read = 0
    while held := list(islice(sentences, SLICE)):
        if should_stop():
            raise Stopped
        report(Progress("count pieces", read))
        pieces = tokenize(tokenizer, held, None, min(512, int(tokenizer.model_max_length)))
        counts += np.bincount(np.concatenate(pieces.ids), minlength=len(counts))
        read += len(held)
    counts[tokenizer.all_special_ids] = 0
    return counts
