"""Files that people send, read and checked in a child process with limits on memory and time (core.data.sandbox).

What a step leaves (the parsed table, its facts, the checked rows, the report) lies in the upload's staging folder.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.jobs.staging import KEPT_SECONDS, Staged, discard, find, stage, stage_file, sweep, upload_limit

if TYPE_CHECKING:
    from core.data.columns import ColumnMapping
    from core.data.draft import CheckOptions
    from core.data.reading import ReadOptions, TableFacts
    from core.data.report import Preflight
    from core.progress import Progress

__all__ = [
    "KEPT_SECONDS", "Staged", "check", "discard", "facts_of", "find", "parse", "stage", "stage_file", "sweep",
    "upload_limit",
]  # fmt: skip

FACTS_FILE, MAPPING_FILE = "facts.json", "mapping.json"


def parse(staged: Staged, options: ReadOptions | None = None) -> TableFacts:
    """Read the file in the child process; the table lies at `staged.table` afterwards, its facts beside it."""
    from core.data.reading import ReadOptions, parse_in_child

    staged.table.parent.mkdir(exist_ok=True)
    facts = parse_in_child(staged.source, staged.table, options or ReadOptions(), name=staged.name)
    _write(staged.table.with_name(FACTS_FILE), facts.to_json())
    return facts


def facts_of(staged: Staged) -> TableFacts:
    """The facts of the last `parse`, which is done now where it was not."""
    from core.data.reading import TableFacts

    path = staged.table.with_name(FACTS_FILE)
    return TableFacts.from_json(_read(path)) if path.exists() else parse(staged)


def check(
    staged: Staged,
    mapping: ColumnMapping,
    options: CheckOptions | None = None,
    test_staged: Staged | None = None,
    test_mapping: ColumnMapping | None = None,
    tokenizer: Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Preflight:
    """Run the pre-flight check in the child process; rows and report lie in `staged.checked` afterwards.

    The second file's mapping is the first one's without the optional parts it lacks, unless `test_mapping` is given.
    `tokenizer` is a model's folder or its tokenizer.json: with it the lengths in word pieces are measured too.
    """
    from core.data.preflight_child import preflight_in_child

    if tokenizer is not None and tokenizer.is_dir():
        tokenizer = tokenizer / "tokenizer.json"
    shutil.rmtree(staged.checked, ignore_errors=True)
    staged.checked.mkdir()
    test = None
    if test_staged is not None:
        facts = facts_of(test_staged)
        test = (test_staged.table, facts, test_mapping or mapping.for_columns(facts.columns))
    report = preflight_in_child(
        staged.table, facts_of(staged), mapping,
        out=staged.checked, options=options, test=test, tokenizer=tokenizer, on_progress=on_progress,
    )  # fmt: skip
    names = staged.name if test_staged is None else f"{staged.name} + {test_staged.name}"
    _write(staged.checked / MAPPING_FILE, {"mapping": mapping.to_json(), "source": names})
    return report


def _write(path: Path, values: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values
