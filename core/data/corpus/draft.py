"""The first walk through the text: every document of every source on disk, and a few numbers of each in memory.

In memory are 40 bytes a document; sentences, signatures and shingles lie in files beside the draft.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.data.corpus.documents import passages
from core.data.corpus.extraction.contract import Source
from core.data.corpus.near_duplicates import Signatures, Similar, groups
from core.data.corpus.options import CorpusOptions
from core.data.corpus.store import Corpus, CorpusWriter, Document
from core.progress import Progress, Report

TOLD_EVERY = 200  # passages


@dataclass(frozen=True)
class Draft:
    """All documents that hold a sentence, in the order of the sources: `sentences` (n,), `first_of` (n,) the first
    document with the very same sentences (itself where it is the first), `source` (n,) the source each comes from.
    `empty` documents are counted and left out."""

    corpus: Corpus
    sentences: np.ndarray
    first_of: np.ndarray
    source: np.ndarray
    empty: int
    similar: tuple[Similar, ...]

    @property
    def repeats(self) -> np.ndarray:
        """(n,) bool: whether an earlier document has the very same sentences."""
        return np.asarray(self.first_of != np.arange(len(self.first_of)))


def draft(sources: Sequence[Source], options: CorpusOptions, folder: Path, report: Report) -> Draft:
    """Cut all sources into documents, write them to `folder`, and compare them with each other."""
    folder.mkdir(parents=True, exist_ok=True)
    told = _Documents(report, len(sources))
    with CorpusWriter(folder) as writer, Signatures(folder) as signatures:
        for place, source in enumerate(sources):
            told.source(place, source)
            for passage in passages(source, options):
                told.take(passage.starts, passage.name, passage.sentences, writer, signatures)
        told.end(signatures)
        corpus = writer.finish({})
    first_of = _first_of(told.digests)
    report(Progress("Looking for near-duplicates"))
    repeats = first_of != np.arange(len(first_of))
    similar = groups(folder, signatures.counts, repeats)
    sentences, of_source = (np.array(found, dtype=np.int64) for found in (told.sentences, told.sources))
    return Draft(corpus, sentences, first_of, of_source, told.empty, tuple(similar))


class _Documents:
    """The document under way, and what is kept of each."""

    def __init__(self, report: Report, sources: int) -> None:
        self.sentences, self.sources = array("q"), array("i")
        self.digests = bytearray()
        self.empty = self._passages = 0
        self._hash = hashlib.blake2b(digest_size=16)
        self._open = False
        self._report, self._of, self._place, self._name = report, sources, 0, ""

    def source(self, place: int, source: Source) -> None:
        self._place, self._name = place, source.name

    def take(
        self, starts: bool, name: str, sentences: tuple[str, ...], writer: CorpusWriter, signatures: Signatures
    ) -> None:
        if starts:
            self.end(signatures)
        if not sentences:
            self.empty += starts
            return
        if starts or not self._open:
            self._open = True
            self.sentences.append(0)
            self.sources.append(self._place)
        self.sentences[-1] += len(sentences)
        for sentence in sentences:
            self._hash.update(sentence.encode("utf-8", "replace") + b"\x1f")
        signatures.add(sentences)
        writer.add("train", Document(len(self.sentences) - 1, name, sentences))
        self._tell()

    def end(self, signatures: Signatures) -> None:
        """Close the document under way, where there is one."""
        if self._open:
            self.digests += self._hash.digest()
            self._hash = hashlib.blake2b(digest_size=16)
            signatures.end()
            self._open = False

    def _tell(self) -> None:
        self._passages += 1
        if self._passages % TOLD_EVERY == 1:
            words = f"Finding sentences in {self._name[-50:]} ({len(self.sentences):,} documents so far)"
            self._report(Progress(words, step=self._place, steps=self._of if self._of > 1 else 0))


def _first_of(digests: bytearray) -> np.ndarray:
    """(n,) the first document with the same digest."""
    pairs = np.frombuffer(bytes(digests), dtype=np.uint64).reshape(-1, 2)
    order = np.lexsort((np.arange(len(pairs)), pairs[:, 1], pairs[:, 0]))
    new = np.ones(len(pairs), dtype=bool)
    new[1:] = (pairs[order[1:]] != pairs[order[:-1]]).any(axis=1)
    first = np.empty(len(pairs), dtype=np.int64)
    first[order] = order[np.maximum.accumulate(np.where(new, np.arange(len(pairs)), 0))]
    return first
