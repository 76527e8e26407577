"""Which rows and which metric code a score belongs to.

Two scores may be compared only where this hash is equal: the same rows, in whatever order they were read, with the
same targets, judged by the same version of the code.
"""

from __future__ import annotations

import hashlib

from core.data.examples import Examples

VERSION = 1
"""Version of the metric code; raise it whenever a metric's value can change for the same probabilities."""


def evaluation_hash(rows: str, version: int = VERSION) -> str:
    """Name one test: 64 hex digits from the content hash of its rows and the version of the metric code."""
    return hashlib.sha256(f"amontillado-evaluation/{version}/{rows}".encode()).hexdigest()


def rows_hash(examples: Examples, labels: tuple[str, ...]) -> str:
    """Hash the content of labelled rows (texts, pairs, targets, label names), whatever their order: 64 hex digits."""
    pairs = examples.pairs or ("",) * len(examples)
    rows = sorted(
        _digest((text, pair, target.tobytes()))
        for text, pair, target in zip(examples.texts, pairs, examples.targets, strict=True)
    )
    return hashlib.sha256(b"".join([_digest(labels), *rows])).hexdigest()


def _digest(parts: tuple[str | bytes, ...]) -> bytes:
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.digest()
