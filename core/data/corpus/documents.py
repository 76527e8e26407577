"""From a text or the rows of a table to documents of sentences, a passage at a time.

A paragraph is a run of lines without a blank one between them; its lines are joined by a blank, and its sentences are
found inside it, so no blank line ever sits in a sentence. A document goes on until what ends it. What is kept in
memory is one paragraph and one passage: a long document comes as several passages, and only the first says that it
starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.data.corpus import gutenberg
from core.data.corpus.extraction.contract import Source
from core.data.corpus.lines import lines_of
from core.data.corpus.options import CorpusOptions
from core.data.corpus.sentences import SPLITTERS

PARAGRAPH = 200_000  # characters; a longer paragraph is cut after its last whole sentence
SENTENCE = 100_000  # characters; a longer sentence is cut at a blank
PASSAGE = 500_000  # characters
BATCH = 200  # rows of a table


@dataclass(frozen=True)
class Passage:
    """Sentences of one document in order; `starts` where a document begins here. Without sentences: an empty
    document.
    """

    starts: bool
    name: str
    sentences: tuple[str, ...]


def passages(source: Source, options: CorpusOptions) -> Iterator[Passage]:
    """All documents of a source, passage by passage."""
    joined = options.join_lines and source.wrapped and not SPLITTERS[options.sentences].keeps_lines
    if source.column is not None:
        for line, text in _rows(Path(source.path), source.column):
            yield from _Cutter(f"{source.name}, {line}", options, joined, blank_lines=0).cut(text.splitlines())
        return
    lines: Iterable[str] = lines_of(Path(source.path))
    if options.strip_gutenberg and source.gutenberg:
        lines = gutenberg.strip(lines, source.gutenberg)
    yield from _Cutter(source.name, options, joined, blank_lines=options.blank_lines).cut(lines)


class _Cutter:
    """The state while lines go by: the paragraph, the passage, and the blank lines since the last text."""

    def __init__(self, name: str, options: CorpusOptions, joined: bool, blank_lines: int) -> None:
        self.name, self.joined, self.blank_lines = name, joined, blank_lines
        self._split, self._language = SPLITTERS[options.sentences].split, options.language
        self._lines: list[str] = []
        self._characters = 0
        self._sentences: list[str] = []
        self._size = 0
        self._starts = True

    def cut(self, lines: Iterable[str]) -> Iterator[Passage]:
        blank = 0
        for line in lines:
            line = " ".join(line.split())
            if not line:
                blank += 1
                self._end_paragraph()
                continue
            if self.blank_lines and blank >= self.blank_lines and self._holds_text:
                yield self._passage(ends=True)
            blank = 0
            self._take(line)
            if self._size >= PASSAGE:
                yield self._passage(ends=False)
        self._end_paragraph()
        if self._sentences or self._starts:
            yield self._passage(ends=True)

    @property
    def _holds_text(self) -> bool:
        return bool(self._sentences) or not self._starts

    def _take(self, line: str) -> None:
        self._lines.append(line)
        self._characters += len(line) + 1
        if not self.joined:
            self._end_paragraph()
        elif self._characters >= PARAGRAPH:
            self._cut_paragraph()

    def _found(self) -> list[str]:
        text = " ".join(self._lines)
        self._lines, self._characters = [], 0
        return [part for sentence in self._split(text, self._language) for part in _short_enough(sentence)]

    def _end_paragraph(self) -> None:
        if self._lines:
            self._add(self._found())

    def _cut_paragraph(self) -> None:
        """Of a paragraph too long to hold: its whole sentences; the last one goes on."""
        *whole, last = self._found()
        self._add(whole)
        if len(last) >= SENTENCE:
            self._add([last])
        else:
            self._lines, self._characters = [last], len(last) + 1

    def _add(self, sentences: list[str]) -> None:
        self._sentences += sentences
        self._size += sum(map(len, sentences))

    def _passage(self, *, ends: bool) -> Passage:
        made = Passage(self._starts, self.name, tuple(self._sentences))
        self._sentences, self._size, self._starts = [], 0, ends
        return made


def _short_enough(sentence: str) -> Iterator[str]:
    while len(sentence) > SENTENCE:
        at = sentence.rfind(" ", 1, SENTENCE)
        at = SENTENCE if at < 0 else at
        yield sentence[:at]
        sentence = sentence[at:].lstrip()
    yield sentence


def _rows(table: Path, column: str) -> Iterator[tuple[str, str]]:
    """Every cell of the column with where its row stands in the file."""
    import pyarrow.parquet as pq

    from core.data.reading.facts import LINE_COLUMN

    with pq.ParquetFile(table) as file:  # type: ignore[no-untyped-call]
        for batch in file.iter_batches(batch_size=BATCH, columns=[LINE_COLUMN, column], use_threads=False):
            lines, cells = batch.column(LINE_COLUMN).to_pylist(), batch.column(column).to_pylist()
            yield from ((f"row {line:,}", cell or "") for line, cell in zip(lines, cells, strict=True))
