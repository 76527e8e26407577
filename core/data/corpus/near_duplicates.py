"""Documents that are nearly the same: MinHash finds who may be, their shingles decide.

Source: Broder 1997 (MinHash) and Indyk & Motwani 1998 (bands); signatures by datasketch. 128 permutations in 25 bands
of 5: a pair of similarity 0.8 is looked at with probability 0.9999, one of 0.5 in every second case, one of 0.3
hardly ever. Every pair looked at is then compared by its true Jaccard similarity over word 5-shingles. Signatures and
shingles lie on disk; in memory are one band's keys (8 bytes a document) and one pair's shingles. Of a text of more
than two million shingles only the signature is kept, and its similarity is an estimate (standard error 0.04).
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np

from core.data.corpus.shingles import WORDS, hashes, jaccard, of_words

SIMILAR = 0.8
PERMUTATIONS, BANDS, ROWS = 128, 25, 5
LIKELY = 0.6  # an estimate below this is no near-duplicate: five standard errors under 0.8
KEPT = 2_000_000  # shingles of one document on disk
BATCH = 20_000
CROWD = 50  # members of a bucket that are all compared with each other; of a larger one each with the first ten


@dataclass(frozen=True)
class Similar:
    """A group of documents linked by near-duplicate pairs, in ascending order, and the least similarity of a link."""

    documents: tuple[int, ...]
    similarity: float
    estimated: bool = False


class Signatures:
    """Takes the text of every document, passage by passage, and writes signatures and shingles; use it with `with`."""

    def __init__(self, folder: Path) -> None:
        from datasketch import MinHash

        self.folder = folder
        self._minhash = MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")
        self._signatures = (folder / "signatures.bin").open("wb")
        self._shingles = (folder / "shingles.bin").open("wb")
        self.counts = array("q")  # shingles kept of each document; -1 where there were too many
        self._parts: list[np.ndarray] = []
        self._held = 0
        self._tail = np.zeros(0, dtype=np.uint64)
        self._long = False

    def __enter__(self) -> Signatures:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._signatures.close()
        self._shingles.close()

    def add(self, sentences: tuple[str, ...]) -> None:
        """The next passage of the document."""
        words = np.concatenate([self._tail, hashes(sentences)])
        if len(words) < WORDS:
            self._tail = words
            return
        self._tail = words[1 - WORDS :]
        found = np.unique(of_words(words))
        for start in range(0, len(found), BATCH):
            self._minhash.update_batch(found[start : start + BATCH].tolist())
        self._long = self._long or self._held + len(found) > KEPT
        self._parts, self._held = ([], 0) if self._long else ([*self._parts, found], self._held + len(found))

    def end(self) -> None:
        """The document is over."""
        if not self._held and not self._long and len(self._tail):
            found = of_words(self._tail)
            self._minhash.update_batch(found.tolist())
            self._parts = [found]
        whole = np.unique(np.concatenate(self._parts)) if self._parts else np.zeros(0, dtype=np.uint32)
        self.counts.append(-1 if self._long else len(whole))
        self._shingles.write(whole.astype(np.uint32).tobytes())
        self._signatures.write(np.asarray(self._minhash.hashvalues, dtype=np.uint32).tobytes())
        self._minhash.clear()
        self._parts, self._held, self._long = [], 0, False
        self._tail = np.zeros(0, dtype=np.uint64)


def groups(folder: Path, counts: Sequence[int], skip: np.ndarray) -> list[Similar]:
    """Groups of near-duplicates among the documents that are not in the mask `skip`, by their first document."""
    sizes = np.array(counts, dtype=np.int64)
    chosen = np.flatnonzero(~skip & (sizes != 0))
    if len(chosen) < 2:
        return []
    linked = _Links(len(sizes))
    with _Compare(folder, sizes) as compare:
        for one, other in _candidates(folder / "signatures.bin", chosen, len(sizes)):
            if not linked.together(one, other):
                similarity = compare(one, other)
                if similarity >= SIMILAR:
                    linked.join(one, other, similarity, estimated=min(sizes[one], sizes[other]) < 0)
    return linked.groups(chosen)


def _candidates(signatures: Path, chosen: np.ndarray, documents: int) -> Iterator[tuple[int, int]]:
    """Pairs that share a band; the signatures are read once a band, so that one band's keys are all that is held."""
    for band in range(BANDS):
        keys = _keys(signatures, documents, band)[chosen]
        order = np.argsort(keys, kind="stable")
        starts = np.concatenate([[0], np.flatnonzero(np.diff(keys[order])) + 1])
        ends = np.append(starts[1:], len(order))
        for bucket in np.flatnonzero(ends - starts > 1):
            yield from _pairs(chosen[order[starts[bucket] : ends[bucket]]].tolist())


def _keys(signatures: Path, documents: int, band: int) -> np.ndarray:
    keys = np.zeros(documents, dtype=np.uint64)
    with signatures.open("rb") as stream:
        for start in range(0, documents, BATCH):
            block = np.fromfile(stream, dtype=np.uint32, count=BATCH * PERMUTATIONS).reshape(-1, PERMUTATIONS)
            rows = block[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
            total = np.zeros(len(rows), dtype=np.uint64)
            with np.errstate(over="ignore"):
                for place in range(ROWS):
                    total = (total ^ rows[:, place]) * np.uint64(0x9E3779B97F4A7C15)
                    total ^= total >> np.uint64(29)
            keys[start : start + len(rows)] = total
    return keys


def _pairs(members: list[int]) -> Iterator[tuple[int, int]]:
    for place, other in enumerate(members):
        yield from ((one, other) for one in (members[:place] if len(members) <= CROWD else members[: min(place, 10)]))


class _Compare:
    """Reads the signatures and shingles of two documents from disk; mapped files would count as memory in use."""

    def __init__(self, folder: Path, sizes: np.ndarray) -> None:
        self.sizes = sizes
        self.ends = np.cumsum(np.maximum(sizes, 0))
        self._shingles = (folder / "shingles.bin").open("rb")
        self._signatures = (folder / "signatures.bin").open("rb")

    def __enter__(self) -> _Compare:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._shingles.close()
        self._signatures.close()

    def __call__(self, one: int, other: int) -> float:
        estimate = float(np.mean(self._signature(one) == self._signature(other)))
        if estimate < LIKELY or min(self.sizes[one], self.sizes[other]) < 0:
            return estimate if estimate >= SIMILAR else 0.0
        return jaccard(self._of(one), self._of(other))

    def _signature(self, document: int) -> np.ndarray:
        return _read(self._signatures.fileno(), document * PERMUTATIONS, PERMUTATIONS)

    def _of(self, document: int) -> np.ndarray:
        size = int(self.sizes[document])
        return _read(self._shingles.fileno(), int(self.ends[document]) - size, size)


def _read(file: int, start: int, numbers: int) -> np.ndarray:
    return np.frombuffer(os.pread(file, 4 * numbers, 4 * start), dtype=np.uint32)


class _Links:
    """Which documents hang together (union-find), and the least similarity in each group."""

    def __init__(self, documents: int) -> None:
        self.parent = np.arange(documents)
        self.least: dict[int, tuple[float, bool]] = {}

    def root(self, one: int) -> int:
        while self.parent[one] != one:
            self.parent[one] = self.parent[self.parent[one]]
            one = int(self.parent[one])
        return one

    def together(self, one: int, other: int) -> bool:
        return self.root(one) == self.root(other)

    def join(self, one: int, other: int, similarity: float, *, estimated: bool) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        known = [self.least.pop(root) for root in (first, second) if root in self.least]
        self.parent[second] = first
        least = min([similarity, *(value for value, _ in known)])
        self.least[first] = (least, estimated or any(rough for _, rough in known))

    def groups(self, chosen: np.ndarray) -> list[Similar]:
        members: dict[int, list[int]] = {root: [] for root in self.least}
        for one in chosen.tolist():
            root = self.root(one)
            if root in members:
                members[root].append(one)
        return [Similar(tuple(members[root]), *self.least[root]) for root in sorted(members)]
