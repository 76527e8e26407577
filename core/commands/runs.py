"""`runs`: list, show, save, cancel."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from core.commands.answer import Answer, facts, table
from core.commands.options import Verbs, me, noun, verb, workspace
from core.commands.waiting import line
from core.errors import UserProblem
from registry import runs
from registry.records import Run


def add(verbs: Verbs) -> None:
    """Add the noun and its verbs."""
    own = noun(verbs, "runs", "Work that was asked for.")
    listing = verb(own, "list", "Newest first.", list_runs)
    listing.add_argument("--status", choices=("queued", "running", "finished", "failed", "cancelled"))
    listing.add_argument("--limit", type=int, default=50)
    shown = verb(own, "show", "One run: state, progress, log.", show)
    shown.add_argument("run_id", metavar="RUN")
    saved = verb(own, "save", "Copy the result file of a classification, block by block.", save)
    saved.add_argument("run_id", metavar="RUN")
    saved.add_argument("--output", type=Path, required=True, metavar="FILE")
    cancel = verb(own, "cancel", "Stop a run.", cancel_run)
    cancel.add_argument("run_id", metavar="RUN")
    cancel.add_argument("--keep-best", action="store_true", help="keep the best model so far")


def list_runs(asked: argparse.Namespace) -> Answer:
    """The newest runs."""
    with workspace().read() as session:
        found = runs.listing(session, status=asked.status, limit=asked.limit)
    rows = [(run.id, run.status, run.kind, run.title, f"{run.created_at:%Y-%m-%d %H:%M}") for run in found]
    return Answer({"runs": found}, table(("run", "status", "kind", "title", "created"), rows))


def show(asked: argparse.Namespace) -> Answer:
    """One run with its curves and log."""
    with workspace().read() as session:
        run = runs.get(session, asked.run_id)
        points = runs.measurements(session, run.id)
    return Answer({"run": run, "measurements": points}, f"{_facts(run)}\n\n{run.log or ''}".rstrip())


def save(asked: argparse.Namespace) -> Answer:
    """Copy the file; a file of that name is replaced only when the copy is whole."""
    from core.jobs import predictions

    registry = workspace()
    with registry.read() as session:
        run = runs.get(session, asked.run_id)
    source, fresh = predictions.output(registry, run), asked.output.with_name(asked.output.name + ".part")
    try:
        shutil.copyfile(source, fresh)
        fresh.replace(asked.output)
    except OSError as error:
        raise UserProblem(f"{asked.output} cannot be written ({error.strerror}).", "Name a file that can.") from None
    finally:
        fresh.unlink(missing_ok=True)
    size = asked.output.stat().st_size
    return Answer({"output": asked.output, "bytes": size}, f"{size:,} bytes in {asked.output}.")


def cancel_run(asked: argparse.Namespace) -> Answer:
    """Ask it to stop."""
    from core.jobs import submit

    run = submit.stop(workspace(), asked.run_id, "keep_best" if asked.keep_best else "discard", me())
    said = "is cancelled" if run.status == "cancelled" else "is over" if run.over else "was asked to stop"
    return Answer({"run": run}, f"Run {run.id} {said}.")


def _facts(run: Run) -> str:
    return facts(
        {
            "run": run.id,
            "title": run.title,
            "status": run.status,
            "progress": "" if run.over else line(run),
            "attempt": f"{run.attempt} of {run.max_attempts}",
            "by": run.created_by,
            "created": f"{run.created_at:%Y-%m-%d %H:%M:%S} UTC",
            "finished": f"{run.finished_at:%Y-%m-%d %H:%M:%S} UTC" if run.finished_at else "",
            "result": run.result.get("spec", ""),
            "error": run.error,
        }
    )
