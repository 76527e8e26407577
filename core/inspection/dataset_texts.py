"""The texts of a saved dataset version one by one, labelled rows and raw text alike, never all at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from core.data.corpus.store import SPLITS, open_corpus

BATCH = 2048


def texts_of(folder: Path) -> Iterator[str]:
    """Texts of all splits: of labelled rows the text and its pair as two, of raw text the sentences."""
    if (folder / "rows.parquet").is_file():
        yield from _rows(folder / "rows.parquet")
        return
    corpus = open_corpus(folder)
    for split in SPLITS:
        for document in corpus.documents(split):
            yield from document.sentences


def _rows(path: Path) -> Iterator[str]:
    with pq.ParquetFile(path) as file:  # type: ignore[no-untyped-call]
        names = [name for name in ("text", "text_pair") if name in file.schema_arrow.names]
        for batch in file.iter_batches(BATCH, columns=names):
            for row in zip(*(batch.column(name).to_pylist() for name in names), strict=True):
                yield from (text for text in row if text is not None)
