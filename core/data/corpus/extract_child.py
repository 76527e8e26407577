"""The extraction in child processes with limits: a file that costs a child its life is refused, the rest go on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from core.data.corpus.extract import finished, refuse
from core.data.corpus.extraction.contract import Extracted
from core.data.corpus.options import CorpusOptions
from core.data.sandbox import ChildFailed, Limits, run_child
from core.errors import UserProblem
from core.progress import Progress

LIMITS = Limits(memory=1_500_000_000, cpu_seconds=300, wall_seconds=900.0)


def extract_in_child(
    files: Sequence[tuple[Path, str]],
    out: Path,
    options: CorpusOptions,
    *,
    limits: Limits = LIMITS,
    on_progress: Callable[[Progress], None] | None = None,
) -> Extracted:
    """Read all files into the fresh folder `out`; raises UserProblem only where no child gets as far as a file."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    arguments = {
        "files": [(str(path.resolve()), name) for path, name in files],
        "out": str(out.resolve()),
        "options": options.to_json(),
    }
    while True:
        try:
            run_child("extract", arguments, limits=limits, on_progress=on_progress)
            return finished(out)
        except UserProblem as problem:
            if not refuse(out, problem.found.replace("The file", "It", 1)):
                raise
        except ChildFailed:
            if not refuse(out, "It is damaged: reading it broke off."):
                raise


def tell_parent(progress: Progress) -> None:
    """Progress out of a child."""
    from core.data.child import report  # the child's own module, loaded only there

    report(phase=progress.phase, step=progress.step, steps=progress.steps)
