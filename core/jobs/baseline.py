"""The TF-IDF baseline beside every test score: trained once a dataset version, kept in the cache."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.data.examples import LabelledData
from core.errors import UserProblem
from core.evaluation.baselines import tfidf_logits
from core.evaluation.identity import VERSION
from core.evaluation.scores import evaluate
from core.inference.classifier import probabilities_of
from core.jobs.task import Task
from registry.plain import plain
from registry.records import DatasetVersion

METHOD = "tfidf"


def baseline(task: Task, version: DatasetVersion, data: LabelledData) -> dict[str, Any]:
    """{"metrics": ...} of TF-IDF with its default parameters on the test rows; a reason where it cannot be trained."""
    kept = task.registry.home.cache / "baselines" / f"{version.id}-{VERSION}.json"
    if kept.exists():
        stored: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return stored
    task.phase("Scoring the TF-IDF baseline")
    found: dict[str, Any] = plain(_scores(data, task.scratch / "baseline"))
    kept.parent.mkdir(parents=True, exist_ok=True)
    partial = kept.with_suffix(f".{task.run.id}")
    partial.write_text(json.dumps(found), encoding="utf-8")
    partial.replace(kept)
    return found


def _scores(data: LabelledData, scratch: Path) -> dict[str, Any]:
    try:
        logits = tfidf_logits(data, scratch)
    except UserProblem as problem:
        return {"metrics": {}, "reason": str(problem)}
    sure = probabilities_of(logits, data.problem_type)
    return {"metrics": evaluate(sure, data.test.targets, data.labels, data.problem_type).metrics_json()}
