"""What a pre-training is worth: a linear probe on the parent and one on the child, scored on the same test rows.

Both probes are trained alike (same rows, same grid of C, chosen on validation), so that what differs is the body alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.data.examples import LabelledData
from core.errors import UserProblem
from core.evaluation.decisions import decide
from core.evaluation.identity import evaluation_hash, rows_hash
from core.evaluation.paired import Judged, compare
from core.evaluation.scores import HEADLINE
from core.inference.classifier import probabilities_of
from core.jobs.task import Task
from core.training.methods import METHODS

METHOD = "linear_probe"


def downstream(task: Task, data: LabelledData, spec: str, parent: Path, child: Path) -> dict[str, Any]:
    """Macro-F1 of both on the test rows of `data`, the paired difference with its interval, and the verdict."""
    if not len(data.test):
        raise UserProblem(f"{spec} has no test rows.", "They are what parent and child are scored on.")
    before, after = (_judged(task, data, name, base) for name, base in (("parent", parent), ("child", child)))
    found = compare(after, before)
    difference = found.differences[HEADLINE]
    return {
        "dataset": spec, "method": METHOD, "rows": found.rows, "winner": found.winner, "verdict": found.verdict,
        "difference": difference.to_json(), "mcnemar_p": found.mcnemar.p,
    }  # fmt: skip


def _judged(task: Task, data: LabelledData, name: str, base: Path) -> Judged:
    method = METHODS[METHOD]
    task.phase(f"A linear probe on the {name}")
    tuned = method.fine_tune(
        data, method.config(), base=base, checkpoints=task.scratch / name, report=task.report,
        should_stop=task.should_stop, vectors=task.registry.home.cache / "vectors",
    )  # fmt: skip
    sure = probabilities_of(tuned.scorer.logits(data.test.texts, data.test.pairs).values, data.problem_type)
    decided = decide(sure, data.test.targets, data.problem_type)
    return Judged(name, evaluation_hash(rows_hash(data.test, data.labels)), data.test.row_ids, decided)
