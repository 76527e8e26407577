"""`data`: check a file, add it as a dataset version, list and show."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands import raw_text
from core.commands.answer import Answer, facts, table
from core.commands.options import Verbs, me, noun, verb, workspace
from core.errors import UserProblem
from registry import datasets, scores

if TYPE_CHECKING:
    from core.data.columns import ColumnMapping
    from core.data.findings.contract import Finding
    from core.data.reading import TableFacts
    from core.data.report import Preflight
    from core.jobs.uploads import Staged
    from registry.records import DatasetVersion
    from registry.session import Registry


def add(verbs: Verbs) -> None:
    """Add the noun and its verbs."""
    own = noun(verbs, "data", "Datasets.")
    _file_options(verb(own, "check", "The pre-flight report of a file; changes nothing.", check))
    added = verb(own, "add", "Save a file as the next version of a dataset.", add_dataset)
    _file_options(added)
    added.add_argument("--name", required=True)
    added.add_argument("--description", default="")
    verb(own, "list", "Datasets, newest version of each.", list_datasets)
    shown = verb(own, "show", "One dataset version.", show)
    shown.add_argument("dataset", metavar="NAME[/VERSION]")
    gone = verb(own, "delete", "Delete a dataset version that nothing uses.", delete)
    gone.add_argument("dataset", metavar="NAME[/VERSION]")


def _file_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--text-column", metavar="C")
    parser.add_argument("--label-column", metavar="C", action="append", help="repeat for one 0/1 column a label")
    parser.add_argument("--pair-column", metavar="C")
    parser.add_argument("--id-column", metavar="C")
    parser.add_argument("--split-column", metavar="C")
    parser.add_argument("--group-column", metavar="C")
    parser.add_argument("--eval-file", type=Path, metavar="FILE", help="a second file that becomes the test split")
    parser.add_argument("--multi-label", action="store_true", help="a cell may hold several labels, as a|b")
    parser.add_argument("--repair", action="append", default=[], metavar="KEY", help="a repair that the report offers")
    parser.add_argument("--seed", type=int, default=42)
    raw_text.add_options(parser)


def check(asked: argparse.Namespace) -> Answer:
    """Check and forget."""
    from core.jobs import uploads

    if asked.raw:
        return raw_text.check(asked)

    registry = workspace()
    staged: list[Staged] = []
    try:
        _, preflight = _checked(registry, asked, staged)
    finally:
        for file in staged:
            uploads.discard(file)
    return Answer(preflight.to_json(), _report(preflight))


def add_dataset(asked: argparse.Namespace) -> Answer:
    """Check and save."""
    from core.jobs import datasets as saving
    from core.jobs import uploads

    if asked.raw:
        return raw_text.add_corpus(asked)
    registry = workspace()
    staged: list[Staged] = []
    try:
        first, preflight = _checked(registry, asked, staged)
        version = saving.save(registry, first, preflight, name=asked.name, description=asked.description, who=me())
    finally:
        for file in staged:
            uploads.discard(file)
    return Answer({"dataset": version}, f"Saved {version.spec}.\n\n{_report(preflight)}")


def list_datasets(asked: argparse.Namespace) -> Answer:
    """Newest version of each name."""
    with workspace().read() as session:
        found = datasets.listing(session)
    rows = [(item.spec, sum(item.rows.values()), _labels(item), item.created_by, item.source) for item in found]
    short = [replace(item, report={}) for item in found]
    return Answer({"datasets": short}, table(("dataset", "rows", "labels", "by", "source"), rows))


def show(asked: argparse.Namespace) -> Answer:
    """One version with its report and the scores made on it."""
    with workspace().read() as session:
        version = datasets.get(session, asked.dataset)
        found = scores.of_dataset(session, version.id)
    told = {
        "dataset": version.spec,
        "description": version.description,
        "sentences" if version.is_raw_text else "rows": ", ".join(f"{split} {n}" for split, n in version.rows.items()),
        "labels": ", ".join(version.labels[:30]),
        "source": version.source,
        "content": version.content_hash,
        "by": version.created_by,
        "created": f"{version.created_at:%Y-%m-%d %H:%M:%S} UTC",
        "scores": len(found),
    }
    text = facts(told) + (f"\n{raw_text.shown(version)}" if version.is_raw_text else "")
    return Answer({"dataset": version, "scores": found}, text)


def _labels(item: DatasetVersion) -> object:
    return "raw text" if item.is_raw_text else len(item.labels)


def delete(asked: argparse.Namespace) -> Answer:
    """Delete a version nothing uses."""
    from core.jobs import datasets as saving

    registry = workspace()
    with registry.read() as session:
        version = datasets.get(session, asked.dataset)
    saving.delete(registry, version.id, me())
    return Answer({"deleted": version.spec}, f"Deleted {version.spec}.")


def _checked(registry: Registry, asked: argparse.Namespace, staged: list[Staged]) -> tuple[Staged, Preflight]:
    from core.data.draft import CheckOptions
    from core.encoding import base_models
    from core.jobs import uploads

    for path in filter(None, (asked.file, asked.eval_file)):
        staged.append(uploads.stage_file(registry, path))
    tables = [uploads.parse(file) for file in staged]
    mapping = _mapping(asked, staged[0], tables[0])
    options = CheckOptions(repairs=tuple(asked.repair), seed=asked.seed)
    test = staged[1] if len(staged) > 1 else None
    return staged[0], uploads.check(staged[0], mapping, options, test, tokenizer=base_models.bundled())


def _mapping(asked: argparse.Namespace, staged: Staged, table: TableFacts) -> ColumnMapping:
    """What a person named, and the guess for the rest."""
    from core.data.columns import ColumnMapping, guess, guess_text

    guessed = guess(table, staged.table)
    text = asked.text_column or (guessed.text if guessed else guess_text(table, staged.table))
    label = _label(asked.label_column) or (guessed.label if guessed else None)
    if text is None or label is None:
        raise UserProblem(
            f"The text and label columns cannot be told among {', '.join(map(repr, table.columns))}.",
            "",
            "Name them with --text-column and --label-column.",
        )
    parts = _parts(asked, guessed, {text, *([label] if isinstance(label, str) else label)})
    several = asked.multi_label or (guessed is not None and guessed.label == label and guessed.multi_label)
    separator = guessed.label_separator if guessed else "|"
    return ColumnMapping(text, label, **parts, multi_label=several, label_separator=separator)


def _parts(asked: argparse.Namespace, guessed: ColumnMapping | None, taken: set[str]) -> dict[str, str | None]:
    """The optional parts: as named, else as guessed where that column is still free."""
    named = {
        "text_pair": asked.pair_column,
        "id": asked.id_column,
        "split": asked.split_column,
        "group": asked.group_column,
        "weight": None,
    }
    taken |= set(filter(None, named.values()))
    free = {part: column for part in named if (column := getattr(guessed, part, None)) not in taken}
    return {part: column or free.get(part) for part, column in named.items()}


def _label(named: list[str] | None) -> str | tuple[str, ...] | None:
    if not named:
        return None
    return named[0] if len(named) == 1 else tuple(named)


def _report(preflight: Preflight) -> str:
    findings = [
        (item.severity, item.count, item.title, item.repair.key if item.repair else "") for item in preflight.findings
    ]
    rows = facts(
        {
            "rows in": preflight.rows_in,
            "kept": preflight.kept,
            "rejected": preflight.rejected,
            "splits": ", ".join(f"{split} {count}" for split, count in preflight.splits.items()),
            "labels": ", ".join(preflight.labels[:30]),
            "blockers": " ".join(preflight.blockers),
        }
    )
    return f"{rows}\n\n{table(('severity', 'count', 'finding', 'repair'), findings, 'No findings.')}"


def _offered(found: Finding) -> str:
    return ", ".join(f"{repair.key} (done)" if repair.applied else repair.key for repair in found.repairs)
