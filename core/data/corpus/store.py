"""A raw-text corpus on disk: documents as lists of sentences, in Parquet parts that are read a row group at a time.

    corpus.json                  facts of the corpus (counts, options, sources, content hash)
    train/part-00000.parquet     columns: document (int64), name (string), sentences (list of strings)
    holdout/part-00000.parquet   the same, for documents or passages that training never sees

Row groups hold about `GROUP_BYTES` of text, so that a reader's memory does not grow with the corpus, and a place in the
corpus is (part, row group). Parts are what several readers divide among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import UserProblem

CorpusSplit = Literal["train", "holdout"]
SPLITS: tuple[CorpusSplit, ...] = ("train", "holdout")
GROUP_BYTES = 1_000_000
PART_BYTES = 32_000_000
FACTS = "corpus.json"
_SCHEMA = pa.schema([("document", pa.int64()), ("name", pa.string()), ("sentences", pa.list_(pa.string()))])


@dataclass(frozen=True)
class Document:
    """A document or a contiguous passage of one: its number in the corpus, its source, its sentences in order."""

    number: int
    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A row group: the place in the corpus that a reader goes on from."""

    part: Path
    number: int


@dataclass(frozen=True)
class Corpus:
    """A saved corpus; `facts` is its corpus.json."""

    folder: Path
    facts: Mapping[str, Any]

    def groups(self, split: CorpusSplit) -> tuple[Group, ...]:
        """All row groups of a split in order; only footers are read."""
        parts = sorted((self.folder / split).glob("part-*.parquet"))
        return tuple(Group(part, number) for part in parts for number in range(_metadata(part).num_row_groups))

    def documents(self, split: CorpusSplit) -> Iterator[Document]:
        """Every document of a split in order, one row group in memory at a time."""
        for group in self.groups(split):
            yield from documents_of(group)


def documents_of(group: Group) -> list[Document]:
    """The documents of one row group."""
    with pq.ParquetFile(group.part) as file:  # type: ignore[no-untyped-call]
        rows = file.read_row_group(group.number).to_pylist()
    return [Document(row["document"], row["name"], tuple(row["sentences"])) for row in rows]


def open_corpus(folder: Path) -> Corpus:
    """The corpus in a folder; UserProblem where there is none."""
    path = folder / FACTS
    if not path.is_file():
        raise UserProblem(
            f"The folder {folder.name} holds no {FACTS}.", "A saved raw-text corpus was wanted.", "Choose raw text."
        )
    return Corpus(folder, json.loads(path.read_text(encoding="utf-8")))


class CorpusWriter:
    """Writes a corpus document by document; use it with `with`, and `finish` with the facts before the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._splits = {split: _SplitWriter(folder / split) for split in SPLITS}

    def __enter__(self) -> CorpusWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for writer in self._splits.values():
            writer.close()

    def add(self, split: CorpusSplit, document: Document) -> None:
        """Add a document; one without sentences is left out."""
        if document.sentences:
            self._splits[split].add(document)

    def finish(self, facts: Mapping[str, Any]) -> Corpus:
        """Write what is left and the facts, and open the corpus."""
        for writer in self._splits.values():
            writer.close()
        told = json.dumps(dict(facts), ensure_ascii=False, indent=1)
        (self.folder / FACTS).write_text(told, encoding="utf-8")
        return open_corpus(self.folder)


class _SplitWriter:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.parts = folder, 0
        self.rows: list[dict[str, Any]] = []
        self.group_bytes = self.part_bytes = 0
        self.file: Any = None

    def add(self, document: Document) -> None:
        self.rows.append({"document": document.number, "name": document.name, "sentences": list(document.sentences)})
        self.group_bytes += _size(document.sentences)
        if self.group_bytes >= GROUP_BYTES:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._end_part()

    def _flush(self) -> None:
        if not self.rows:
            return
        if self.file is None:
            path = self.folder / f"part-{self.parts:05d}.parquet"
            self.file = pq.ParquetWriter(path, _SCHEMA, compression="zstd")  # type: ignore[no-untyped-call]
            self.parts += 1
        self.file.write_table(pa.Table.from_pylist(self.rows, schema=_SCHEMA))
        self.part_bytes += self.group_bytes
        self.rows, self.group_bytes = [], 0
        if self.part_bytes >= PART_BYTES:
            self._end_part()

    def _end_part(self) -> None:
        if self.file is not None:
            self.file.close()
        self.file, self.part_bytes = None, 0


def _size(sentences: Sequence[str]) -> int:
    return sum(len(sentence.encode()) for sentence in sentences)


def _metadata(part: Path) -> Any:
    return pq.read_metadata(part)  # type: ignore[no-untyped-call]
