"""The files of a prediction run: the input kept until the run is over, and the result to download."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import UserProblem
from core.jobs import uploads
from core.jobs.tidy import artifact_of
from core.jobs.uploads import Staged
from registry.names import new_id
from registry.records import Artifact, Run

if TYPE_CHECKING:
    from core.data.reading import TableFacts
    from registry.session import Registry

INPUT, OUTPUT = "table.parquet", "predictions.csv"
SHOWN = 20


def columns(staged: Staged, text: str | None, pair: str | None, reading: Mapping[str, Any] | None) -> dict[str, Any]:
    """Read the file (unless it was read so already) and settle its text and pair columns; UserProblem when unclear."""
    from core.data.columns import guess_text
    from core.data.reading import ReadOptions

    facts = uploads.parse(staged, ReadOptions(**reading)) if reading else uploads.facts_of(staged)
    named = text or guess_text(facts, staged.table)
    if named is None:
        raise UserProblem(
            f"The column with the texts cannot be told among {_listed(facts.columns)}.", "", "Name the text column."
        )
    for column in filter(None, (named, pair)):
        if column not in facts.columns:
            raise UserProblem(f"{staged.name} has no column {column!r}.", f"Its columns are: {_listed(facts.columns)}.")
    return {"text_column": named, "pair_column": pair, "rows": facts.rows, "rejected": rejected(facts)}


def rejected(facts: TableFacts) -> dict[str, Any]:
    """How many rows of the file could not be read and are not in the result, and the first of them with the reason."""
    first = [{"line": row.line, "reason": row.reason} for row in facts.rejected[:SHOWN]]
    return {"rows": facts.rows_in - facts.rows, "first": first}


def keep_input(registry: Registry, staged: Staged) -> Artifact:
    """Put the parsed table into the store, where any engine finds it."""
    with registry.artifacts.staging() as folder:
        shutil.copyfile(staged.table, folder / INPUT)
        return registry.artifacts.publish(folder, "inputs", new_id())


def output(registry: Registry, run: Run) -> Path:
    """The result file of a finished prediction run; UserProblem when there is none."""
    if not run.result.get("output"):
        raise UserProblem(f"The run {run.id} has no result to download: it is {run.status}.")
    return registry.artifacts.local(artifact_of(run.result["output"])) / OUTPUT


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(repr, names))
