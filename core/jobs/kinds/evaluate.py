"""The run that scores a model version on one split of a dataset version."""

from __future__ import annotations

from typing import Any

from core.data import dataset as dataset_files
from core.jobs import model_loading, scoring
from core.jobs.scoring import Scored
from core.jobs.task import Outcome, Task
from registry import datasets


def execute(task: Task) -> Outcome:
    """Load, predict, evaluate; the score's row appears with the outcome."""
    config, registry = task.run.config, task.registry
    task.phase("Loading the model")
    version, classifier = model_loading.load(registry, config["model"], task.run.created_by)
    with registry.read() as session:
        data_version = datasets.get(session, config["dataset"])
    data = dataset_files.read(registry.artifacts.local(data_version.artifact))
    rows = getattr(data, config["split"])
    task.phase(f"Scoring the {config['split']} rows")
    train = data.train.targets if len(data.train) and data.labels == classifier.labels else None
    found = scoring.score(task, classifier, rows, config["split"], labels=data.labels, train_targets=train)
    task.phase("Publishing")
    return Outcome(lambda session: _record(session, task, found, version.id, data_version.id))


def _record(session: Any, task: Task, found: Scored, model: str, dataset: str) -> dict[str, Any]:
    found.record(session, model, dataset, task.run.created_by)
    return {
        "model_version": model,
        "dataset_version": dataset,
        "split": found.split,
        "rows": found.rows,
        "metrics": found.evaluation.metrics_json(),
    }
