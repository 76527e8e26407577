"""`predict`: classify a file into a file, through a run like any other."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands.answer import Answer, facts
from core.commands.options import Verbs, me, verb, workspace
from core.commands.waiting import wait
from core.errors import UserProblem

if TYPE_CHECKING:
    from registry.records import Run
    from registry.session import Registry

NO_LIMIT = 1e6  # MiB: a file of this machine may be as large as its disk


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(verbs, "predict", "Classify every row of a file.", predict)
    parser.add_argument("--model", required=True, metavar="NAME[/VERSION or @ALIAS]")
    parser.add_argument("--input", required=True, type=Path, metavar="FILE")
    parser.add_argument("--output", required=True, type=Path, metavar="FILE")
    parser.add_argument("--text-column", metavar="C")
    parser.add_argument("--pair-column", metavar="C")
    parser.add_argument("--raw", action="store_true", help="do not protect spreadsheets from formulas in texts")


def predict(asked: argparse.Namespace) -> Answer:
    """Stage, submit, wait, copy the result into place."""
    from core.jobs import predictions

    _writable(asked.output)
    registry = workspace()
    run = wait(registry, _submitted(registry, asked))
    put(predictions.output(registry, run), asked.output)
    counts = {f"  {label}": count for label, count in run.result.get("counts", {}).items()}
    unread = run.result["rejected"]["rows"]
    told = facts({"rows": run.result["rows"], "not readable": unread or "", "output": asked.output, **counts})
    return Answer({**run.result, "run": run, "output": asked.output}, told)


def _submitted(registry: Registry, asked: argparse.Namespace) -> Run:
    from core.jobs import submit, uploads

    staged = uploads.stage_file(registry, asked.input, limit_mb=NO_LIMIT)
    try:
        return submit.predict(
            registry,
            model=asked.model,
            source=staged,
            text_column=asked.text_column,
            pair_column=asked.pair_column,
            spreadsheet_safe=not asked.raw,
            who=me(),
        )
    finally:
        uploads.discard(staged)


def put(source: Path, target: Path) -> None:
    """Copy a file into place in one step, so that a reader never sees half of it."""
    partial = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(source, partial)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserProblem(f"{target} cannot be written ({error.strerror}).", "Choose another place.") from None


def _writable(target: Path) -> None:
    if target.is_dir() or not target.resolve().parent.is_dir():
        raise UserProblem(f"{target} is no place for a file.", "Name a file in a folder that exists.")
