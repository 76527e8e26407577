"""`data check FILE --raw` and `data add FILE --raw`: raw text into a corpus, told in words."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, facts, table
from core.commands.options import me, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.data.corpus.extraction.contract import Extracted
    from core.data.corpus.options import CorpusOptions
    from core.data.corpus.report import CorpusReport
    from core.jobs.staging import Staged
    from registry.records import DatasetVersion
    from registry.session import Registry

SENTENCES = ("full_stop", "closing_punctuation", "language_rules", "line")
DOCUMENTS = ("file", "blank_line", "2_blank_lines", "3_blank_lines", "4_blank_lines")
SHOWN = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """What may be said about raw text, in a group of its own."""
    group = parser.add_argument_group("raw text")
    group.add_argument("--raw", action="store_true", help="FILE is raw text: a corpus of sentences, without labels")
    group.add_argument("--also", action="append", default=[], metavar="FILE", help="one more file; repeat")
    group.add_argument("--sentences", choices=SENTENCES, help="what ends a sentence (default closing_punctuation)")
    group.add_argument("--documents", choices=DOCUMENTS, help="what ends a document (default: as the files suggest)")
    group.add_argument("--language", metavar="CODE", help="for language_rules: en, de, ... (default en)")
    group.add_argument("--keep-lines", action="store_true", help="do not join the lines of a paragraph")
    group.add_argument("--strip-gutenberg", action="store_true", help="take off Project Gutenberg's licence")
    group.add_argument("--drop-duplicates", action="store_true", help="keep one of documents that are the same")
    group.add_argument("--drop-near-duplicates", action="store_true", help="keep one of each group of near-duplicates")
    group.add_argument("--holdout", type=float, metavar="SHARE", help="share held out of training (default 0.1)")
    group.add_argument("--holdout-by", choices=("auto", "documents", "passages"), help="what is held out")
    group.add_argument(
        "--holdout-file", action="append", default=[], metavar="NAME", help="hold out this file, not a share; repeat"
    )
    group.add_argument("--encoding", metavar="NAME", help="encoding of the text files (default: found out)")


def check(asked: argparse.Namespace) -> Answer:
    """Check and forget."""
    from core.jobs import staging

    staged, report = _checked(workspace(), asked)
    staging.discard(staged)
    return Answer(report.to_json(), told(report))


def add_corpus(asked: argparse.Namespace) -> Answer:
    """Check and save."""
    from core.jobs import corpora, staging

    registry = workspace()
    staged, report = _checked(registry, asked)
    try:
        version = corpora.save(registry, staged, report, name=asked.name, description=asked.description, who=me())
    finally:
        staging.discard(staged)
    return Answer({"dataset": version}, f"Saved {version.spec}.\n\n{told(report)}")


def _checked(registry: Registry, asked: argparse.Namespace) -> tuple[Staged, CorpusReport]:
    from core.encoding import base_models
    from core.jobs import corpora, staging

    _refuse_labels(asked)
    staged = corpora.stage_files(registry, [asked.file, *map(type(asked.file), asked.also)])
    try:
        extracted = corpora.extract(staged, _options(asked, None))
        return staged, corpora.check(staged, _options(asked, extracted), tokenizer=base_models.bundled())
    except BaseException:
        staging.discard(staged)
        raise


def _refuse_labels(asked: argparse.Namespace) -> None:
    named = ("label_column", "pair_column", "split_column", "group_column", "id_column", "eval_file")
    given = [name for name in named if getattr(asked, name)]
    if given or asked.multi_label or asked.repair:
        raise UserProblem(
            "Raw text has no labels, splits or repairs by column.", "", "Leave those options or --raw off."
        )


def _options(asked: argparse.Namespace, extracted: Extracted | None) -> CorpusOptions:
    """What a person said, and for what ends a document else what the files suggest."""
    from core.data.corpus.options import CorpusOptions
    from core.jobs import corpora

    options = CorpusOptions(
        join_lines=not asked.keep_lines,
        strip_gutenberg=asked.strip_gutenberg,
        drop_duplicates=asked.drop_duplicates,
        drop_near_duplicates=asked.drop_near_duplicates,
        seed=asked.seed,
        column=asked.text_column,
        encoding=asked.encoding,
        holdout_by="files" if asked.holdout_file else "auto",
        holdout_files=tuple(asked.holdout_file),
    )
    if extracted is not None:
        options = replace(options, documents=corpora.suggested(extracted).documents)
    named = {name: getattr(asked, name) for name in ("sentences", "documents", "language", "holdout", "holdout_by")}
    return replace(options, **{name: value for name, value in named.items() if value is not None}).check()


def told(report: CorpusReport) -> str:
    """The report for people."""
    parts = [facts(_account(report)), _sources(report.to_json())]
    if report.refused:
        parts.append(table(("refused", "why"), [(one["name"], one["reason"]) for one in report.refused[:SHOWN]]))
    if report.near_duplicates:
        rows = [
            (one["documents"], f"{one['similarity']:.2f}", ", ".join(member["name"] for member in one["members"][:3]))
            for one in report.near_duplicates[:SHOWN]
        ]
        parts.append(table(("near-duplicates", "similarity", "documents"), rows))
    return "\n\n".join(parts)


def _account(report: CorpusReport) -> dict[str, object]:
    words, pieces = report.lengths["words"], report.lengths["pieces"]
    held = report.holdout
    return {
        "files": f"{report.files_in:,} in = {report.files_read:,} read + {report.files_refused:,} refused",
        "documents": f"{report.documents_in:,} in = {report.documents:,} kept + {report.empty:,} empty + "
        f"{report.dropped_duplicates:,} duplicates + {report.dropped_near_duplicates:,} near-duplicates dropped",
        "sentences": f"{report.sentences:,}",
        "words": f"{report.words:,}",
        "characters": f"{report.characters:,}",
        "sentence length": f"median {words['median']:,} words, longest {words['longest']:,}",
        "word pieces": f"median {pieces['median']:,}, longest {pieces['longest']:,} of {pieces['measured']:,} sentences"
        if pieces
        else "",
        "very long sentences": report.long_sentences or "",
        "replaced characters": f"{report.replaced:,} ({100 * report.replaced_share:.2g} %)" if report.replaced else "",
        "exact duplicates": report.duplicates or "",
        "near-duplicates": f"{report.near_duplicate_groups:,} groups" if report.near_duplicate_groups else "",
        "held out": f"{report.splits['holdout']:,} sentences by {held['by']}"
        if report.splits["holdout"]
        else "nothing",
        "notes": " ".join(report.notes),
        "blockers": " ".join(report.blockers),
    }


def _sources(report: Mapping[str, Any]) -> str:
    rows = [
        (one["name"], one["format"], f"{one['size']:,}", one["sha256"][:12], " ".join(one["notes"])[:80])
        for one in report["sources"][:SHOWN]
    ]
    more = len(report["sources"]) - SHOWN
    text = table(("source", "format", "bytes", "sha256", "notes"), rows, "No file was read.")
    return text + (f"\nand {more:,} more" if more > 0 else "")


def shown(version: DatasetVersion) -> str:
    """What `data show` says of a corpus beside the facts of every version."""
    from core.data.corpus.report import CorpusReport

    options = ", ".join(f"{name} {value}" for name, value in version.mapping.items() if value not in (None, ""))
    return f"options  {options}\n\n{told(CorpusReport.from_json(version.report))}"
