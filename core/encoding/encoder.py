"""Texts to vectors with a frozen BERT: each distinct text once, from the cache where it was computed before."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from core.encoding.base_models import digest
from core.encoding.batched import batched
from core.encoding.cache import Entry, VectorCache
from core.encoding.copies import PrecisionCopies
from core.encoding.distinct import distinct
from core.encoding.pooling import pooling
from core.encoding.precision import fastest
from core.encoding.tokenizing import Pieces, load_tokenizer, tokenize
from core.errors import Stopped
from core.inference.scorer import PrecisionName
from core.progress import Progress, Report, ShouldStop, never, silent

CHUNK = 8192  # texts that are tokenized and sorted at a time


@dataclass(frozen=True)
class Encoded:
    """Vectors (n, H) float32, pieces seen by the model (n,) int32, and whether more was cut off (n,) bool."""

    vectors: np.ndarray
    tokens: np.ndarray
    truncated: np.ndarray


class Encoder:
    """A model folder as a function from texts to vectors; loads weights only when a text is not in the cache."""

    def __init__(
        self,
        folder: Path,
        pooling: str = "mean",
        layer: int = -1,
        max_length: int = 128,
        cache: VectorCache | None = None,
    ) -> None:
        self.folder, self.pooling, self.layer, self.max_length = Path(folder), pooling, layer, max_length
        self.cache = cache

    @cached_property
    def digest(self) -> str:
        return digest(self.folder)

    @cached_property
    def tokenizer(self) -> Any:
        return load_tokenizer(self.folder)

    @cached_property
    def hidden_size(self) -> int:
        """The width of the vectors: H, or a multiple of it (see Pooling.parts)."""
        from core.encoding.base_models import describe

        facts = describe(self.folder)
        layer = self.layer if self.layer >= 0 else int(facts["layers"]) + 1 + self.layer
        return pooling(self.pooling).width(int(facts["hidden_size"]), layer)

    @cached_property
    def _copies(self) -> PrecisionCopies:
        from core.encoding.layer import BertLayer

        return PrecisionCopies(BertLayer.from_folder(self.folder, self.pooling, False, self.layer))

    def encode(
        self,
        texts: Sequence[str],
        pairs: Sequence[str] | None = None,
        *,
        precision: PrecisionName | None = None,
        report: Report = silent,
        should_stop: ShouldStop = never,
    ) -> Encoded:
        """Vectors of all texts in order, in the fastest precision unless one is named; Stopped when asked to stop."""
        firsts, seconds, inverse = distinct(texts, pairs)
        out = _empty(len(firsts), self.hidden_size)
        watch = _Watch(len(firsts), report, should_stop)
        for start in range(0, len(firsts), CHUNK):
            chunk = slice(start, start + CHUNK)
            self._encode_chunk(
                firsts[chunk], None if seconds is None else seconds[chunk], precision or fastest(),
                Encoded(out.vectors[chunk], out.tokens[chunk], out.truncated[chunk]), watch,
            )  # fmt: skip
        return Encoded(out.vectors[inverse], out.tokens[inverse], out.truncated[inverse])

    def _encode_chunk(
        self, texts: list[str], pairs: list[str] | None, precision: PrecisionName, out: Encoded, watch: _Watch
    ) -> None:
        keys = [self._key(text, pairs[row] if pairs else None, precision) for row, text in enumerate(texts)]
        missing = np.array(self._from_cache(keys, out), dtype=np.int64)
        watch.done(len(texts) - len(missing))
        if not len(missing):
            return
        chosen = [texts[row] for row in missing]
        pieces = tokenize(
            self.tokenizer, chosen, None if pairs is None else [pairs[row] for row in missing], self.max_length
        )
        out.tokens[missing], out.truncated[missing] = pieces.lengths, pieces.truncated
        for rows, vectors in self._computed(pieces, precision):
            out.vectors[missing[rows]] = vectors
            self._to_cache([keys[row] for row in missing[rows]], vectors, pieces, rows)
            watch.done(len(rows))

    def _computed(self, pieces: Pieces, precision: PrecisionName) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        module = self._copies.get(precision)
        return batched(lambda batch: module(**batch), pieces)

    def _key(self, text: str, pair: str | None, precision: PrecisionName) -> bytes:
        settings = f"{self.digest}|{self.pooling}|{self.layer}|{self.max_length}|{precision}|{pair is not None}|"
        total = hashlib.blake2b(settings.encode(), digest_size=24)
        for part in (text,) if pair is None else (text, pair):
            data = part.encode("utf-8", "surrogatepass")
            total.update(b"%d|" % len(data) + data)
        return total.digest()

    def _from_cache(self, keys: list[bytes], out: Encoded) -> list[int]:
        """Fill in what the cache knows; the rows it does not know."""
        found = self.cache.get(keys, self.hidden_size) if self.cache else {}
        for row, key in enumerate(keys):
            if key in found:
                out.vectors[row], out.tokens[row], out.truncated[row] = found[key]
        return [row for row, key in enumerate(keys) if key not in found]

    def _to_cache(self, keys: list[bytes], vectors: np.ndarray, pieces: Pieces, rows: np.ndarray) -> None:
        if self.cache is None:
            return
        entries: dict[bytes, Entry] = {
            key: (vector, int(pieces.lengths[row]), bool(pieces.truncated[row]))
            for key, vector, row in zip(keys, vectors, rows, strict=True)
        }
        self.cache.put(entries)


class _Watch:
    """Counts texts, tells progress and asks whether to stop."""

    def __init__(self, total: int, report: Report, should_stop: ShouldStop) -> None:
        self.total, self.report, self.should_stop = total, report, should_stop
        self.count, self.begun = 0, time.monotonic()

    def done(self, texts: int) -> None:
        self.count += texts
        if self.should_stop() is not None:
            raise Stopped(f"encoding was stopped after {self.count} of {self.total} texts")
        rate = self.count / max(time.monotonic() - self.begun, 1e-6)
        left = (self.total - self.count) / rate if rate else None
        self.report(Progress("encode", self.count, self.total, rate=rate, seconds_left=left))


def _empty(rows: int, width: int) -> Encoded:
    return Encoded(np.zeros((rows, width), np.float32), np.zeros(rows, np.int32), np.zeros(rows, bool))
