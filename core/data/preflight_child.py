"""The pre-flight in a child process with limits on memory and time; its progress comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from core.data.column_mapping import ColumnMapping
from core.data.draft import CheckOptions
from core.data.preflight import Test, check
from core.data.reading.facts import TableFacts
from core.data.report import Preflight
from core.data.sandbox import Limits, run_child
from core.progress import Progress

LIMITS = Limits(memory=4_000_000_000, cpu_seconds=180, wall_seconds=600.0)


def preflight_in_child(
    table: Path,
    facts: TableFacts,
    mapping: ColumnMapping,
    *,
    out: Path,
    options: CheckOptions | None = None,
    test: Test | None = None,
    tokenizer: Path | None = None,
    limits: Limits = LIMITS,
    on_progress: Callable[[Progress], None] | None = None,
) -> Preflight:
    """`check` in a child process with limits on memory and time; raises UserProblem where these are reached."""
    second = (
        {"table": str(test[0].resolve()), "facts": test[1].to_json(), "mapping": test[2].to_json()} if test else None
    )
    arguments = {
        "table": str(table.resolve()),
        "facts": facts.to_json(),
        "mapping": mapping.to_json(),
        "out": str(out.resolve()),
        "options": (options or CheckOptions()).to_json(),
        "test": second,
        "tokenizer": str(tokenizer.resolve()) if tokenizer else None,
    }
    return Preflight.from_json(run_child("check", arguments, limits=limits, on_progress=on_progress))


def child(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The child's entry: `check` with JSON in and out."""
    second = arguments.get("test")
    tokenizer = arguments.get("tokenizer")
    return check(
        *_one_file(arguments),
        out=Path(arguments["out"]),
        options=CheckOptions.from_json(arguments.get("options") or {}),
        test=_one_file(second) if second else None,
        tokenizer=Path(tokenizer) if tokenizer else None,
        report=_tell_parent,
    ).to_json()


def _tell_parent(progress: Progress) -> None:
    from core.data.child import report  # the child's own module, loaded only there

    report(phase=progress.phase, step=progress.step, steps=progress.steps)


def _one_file(values: Mapping[str, Any]) -> Test:
    return Path(values["table"]), TableFacts.from_json(values["facts"]), ColumnMapping.from_json(values["mapping"])
