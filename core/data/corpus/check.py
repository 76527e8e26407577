"""From extracted sources to a corpus that can be saved, and its report. Same sources and options give the same files.

Two walks: the draft cuts and compares, then what is kept is written again with the part that is held out apart. Runs
inside the child process (core/data/corpus/check_child.py); it loads no torch.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core.data.corpus.draft import Draft, draft
from core.data.corpus.extraction.contract import Extracted
from core.data.corpus.holdout import Holdout, draw, named, of_files
from core.data.corpus.measuring import Measures
from core.data.corpus.options import CorpusOptions
from core.data.corpus.report import CorpusReport
from core.data.corpus.store import SPLITS, CorpusSplit, CorpusWriter, Document
from core.progress import Progress, Report, silent

REPORT_FILE = "report.json"
GROUPS_SHOWN, MEMBERS_SHOWN = 100, 10
REFUSED_SHOWN = 1_000


def check(
    extracted: Extracted, options: CorpusOptions, *, out: Path, tokenizer: Path | None = None, report: Report = silent
) -> CorpusReport:
    """Write the corpus and its report.json into the fresh folder `out` and return the report."""
    options = options.check()
    scratch = out.with_name(out.name + "-draft")
    try:
        made = draft(extracted.sources, options, scratch, report)
        told = _write(made, extracted, options, out, tokenizer, report)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    text = json.dumps(told.to_json(), ensure_ascii=False, indent=1)
    (out / REPORT_FILE).write_text(text, encoding="utf-8", errors="backslashreplace")
    return told


def _write(
    made: Draft, extracted: Extracted, options: CorpusOptions, out: Path, tokenizer: Path | None, report: Report
) -> CorpusReport:
    kept, exact, near = _kept(made, options)
    linked = _linked(made, kept)
    held = _held(made, kept, linked, extracted, options)
    measures, digest = Measures(options.seed), _Digest()
    with CorpusWriter(out) as writer:
        for place, (split, document) in enumerate(_split(made, kept, held)):
            writer.add(split, document)
            measures.add(split, document)
            digest.add(split, document)
            if place % 200 == 0:
                report(Progress("Writing documents", step=document.number, steps=len(kept)))
        content = digest.value()
        told = _report(made, extracted, options, held, measures, (exact, near), content, tokenizer)
        writer.finish(_facts(told))
    return told


def _held(
    made: Draft, kept: np.ndarray, linked: Sequence[Sequence[int]], extracted: Extracted, options: CorpusOptions
) -> Holdout:
    if options.holdout_by == "files":
        chosen = np.isin(made.source, named(options.holdout_files, [source.name for source in extracted.sources]))
        return of_files(made.sentences, kept, linked, chosen)
    return draw(made.sentences, kept, linked, share=options.holdout, by=options.holdout_by, seed=options.seed)


def _kept(made: Draft, options: CorpusOptions) -> tuple[np.ndarray, int, int]:
    """(n,) bool, and how many documents were left out as repeated and as nearly the same."""
    kept = np.ones(len(made.sentences), dtype=bool)
    if options.drop_duplicates:
        kept &= ~made.repeats
    exact = int((~kept).sum())
    if options.drop_near_duplicates:
        later = {member for group in made.similar for member in group.documents[1:]}
        kept &= ~np.isin(made.first_of, sorted(later))
    return kept, exact, int((~kept).sum()) - exact


def _linked(made: Draft, kept: np.ndarray) -> list[list[int]]:
    """Groups of documents that must stay on one side: near-duplicates, and those that are word for word the same."""
    leader = np.arange(len(kept))
    for one in made.similar:
        leader[list(one.documents)] = one.documents[0]
    group = leader[made.first_of]
    numbers = np.flatnonzero(kept)
    order = numbers[np.argsort(group[numbers], kind="stable")]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(group[order])) + 1])
    ends = np.append(starts[1:], len(order))
    return [order[starts[at] : ends[at]].tolist() for at in np.flatnonzero(ends - starts > 1)]


def _split(made: Draft, kept: np.ndarray, held: Holdout) -> Iterator[tuple[CorpusSplit, Document]]:
    """All documents kept, in order, cut where a passage is held out."""
    number, place = -1, 0
    for document in made.corpus.documents("train"):
        if document.number != number:
            number, place = document.number, 0
        if kept[number]:
            yield from _cut(document, place, held.ranges.get(number, ()))
        place += len(document.sentences)


def _cut(document: Document, place: int, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[CorpusSplit, Document]]:
    """The parts of a passage that starts at sentence `place`, in order, each with its split."""
    end = place + len(document.sentences)
    at = place
    for first, last in (*ranges, (end, end)):
        for split, stop in (("train", first), ("holdout", last)):
            stop = min(max(stop, at), end)
            if stop > at:
                part = Document(document.number, document.name, document.sentences[at - place : stop - place])
                yield split, part  # type: ignore[misc]
                at = stop


class _Digest:
    """The content: equal for equal sentences in equal splits, whatever the files were called."""

    def __init__(self) -> None:
        self._hashes = {split: hashlib.sha256() for split in SPLITS}
        self._last: dict[str, int] = {}

    def add(self, split: CorpusSplit, document: Document) -> None:
        mark = b"\x1e" if self._last.get(split) != document.number else b""
        self._last[split] = document.number
        body = b"".join(sentence.encode("utf-8", "replace") + b"\x1f" for sentence in document.sentences)
        self._hashes[split].update(mark + body)

    def value(self) -> str:
        whole = "\n".join(f"{split} {self._hashes[split].hexdigest()}" for split in SPLITS)
        return hashlib.sha256(whole.encode()).hexdigest()


def _report(
    made: Draft,
    extracted: Extracted,
    options: CorpusOptions,
    held: Holdout,
    measures: Measures,
    dropped: tuple[int, int],
    content: str,
    tokenizer: Path | None,
) -> CorpusReport:
    exact, near = dropped
    blockers = _blockers(extracted, measures)
    return CorpusReport(
        files_in=extracted.files_in,
        files_read=len(extracted.sources),
        files_refused=len(extracted.refused),
        sources=tuple({**one.to_json(), "path": ""} for one in extracted.sources),
        refused=tuple(one.to_json() for one in extracted.refused),
        documents_in=len(made.sentences) + made.empty,
        documents=len(made.sentences) - exact - near,
        empty=made.empty,
        duplicates=int(made.repeats.sum()),
        dropped_duplicates=exact,
        dropped_near_duplicates=near,
        near_duplicates=_similar(made),
        near_duplicate_groups=len(made.similar),
        sentences=measures.sentences,
        words=measures.words,
        characters=measures.characters,
        replaced=measures.replaced,
        long_sentences=measures.long_sentences,
        longest=tuple(measures.longest),
        lengths=measures.lengths(tokenizer),
        preview=tuple(measures.preview),
        holdout={"by": held.by, "share": options.holdout, "documents": len(held.ranges), "passages": _passages(held)},
        splits={split: measures.splits[split] for split in SPLITS},
        split_documents={split: measures.documents(split) for split in SPLITS},
        gutenberg=extracted.gutenberg,
        content_hash=content,
        can_save=not blockers,
        blockers=blockers,
        notes=_notes(options, held, extracted),
        options=options.to_json(),
    )


def _passages(held: Holdout) -> int:
    return sum(len(ranges) for ranges in held.ranges.values())


def _similar(made: Draft) -> tuple[dict[str, Any], ...]:
    """The first groups with the beginnings of the names; a walk through the draft finds the names."""
    wanted = {number for one in made.similar[:GROUPS_SHOWN] for number in one.documents[:MEMBERS_SHOWN]}
    names: dict[int, dict[str, Any]] = {}
    if wanted:
        for document in made.corpus.documents("train"):
            if document.number in wanted and document.number not in names:
                first = document.sentences[0][:200]
                names[document.number] = {"document": document.number, "name": document.name, "begins": first}
    return tuple(
        {
            "documents": len(one.documents),
            "similarity": round(one.similarity, 4),
            "estimated": one.estimated,
            "members": [names[number] for number in one.documents[:MEMBERS_SHOWN]],
        }
        for one in made.similar[:GROUPS_SHOWN]
    )


def _blockers(extracted: Extracted, measures: Measures) -> tuple[str, ...]:
    if not extracted.sources:
        return (f"None of the {extracted.files_in} files could be read.",)
    if not measures.sentences:
        return ("No sentence was found in the text.",)
    if not measures.splits["train"]:
        return ("Nothing is left to train on.",)
    return ()


def _notes(options: CorpusOptions, held: Holdout, extracted: Extracted) -> tuple[str, ...]:
    notes = []
    if options.holdout > 0 and not held.ranges:
        notes.append("Nothing could be held out: the text is too short, or its documents are too alike.")
    if extracted.gutenberg and not options.strip_gutenberg:
        notes.append(
            f"{extracted.gutenberg} of the files bear the marks of Project Gutenberg, which were not taken off."
        )
    return tuple(notes)


def _facts(told: CorpusReport) -> dict[str, Any]:
    """What corpus.json says: counts, options, sources, content."""
    whole = told.to_json()
    named = ("documents", "sentences", "words", "characters", "splits", "split_documents", "holdout", "content_hash")
    sources = [{key: one[key] for key in ("name", "format", "sha256", "size")} for one in told.sources]
    return {**{name: whole[name] for name in named}, "options": told.options, "sources": sources}
