"""The run that classifies a file: streamed in constant memory, taken up again where a crash cut it off."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from core.inference.bulk import BulkOptions, BulkResult, classify_file
from core.jobs import model_loading
from core.jobs.predictions import INPUT, OUTPUT
from core.jobs.task import Outcome, Task
from core.jobs.tidy import artifact_of
from registry.records import Artifact, ModelVersion


def execute(task: Task) -> Outcome:
    """Load, classify row by row, publish the file."""
    config, store = task.run.config, task.registry.artifacts
    task.phase("Loading the model")
    version, classifier = model_loading.load(task.registry, config["model"], task.run.created_by)
    table = store.local(artifact_of(config["input"])) / INPUT
    task.phase("Classifying")
    result = classify_file(
        classifier, table, task.checkpoints / OUTPUT, _options(config, version),
        report=task.report, should_stop=task.should_stop,
    )  # fmt: skip
    task.phase("Publishing")
    with store.staging() as folder:
        (task.checkpoints / OUTPUT).replace(folder / OUTPUT)
        artifact = task.publish(folder, "outputs")
    rejected = config["rejected"]
    return Outcome(lambda session: {**_told(result, artifact, version), "rejected": rejected})


def _options(config: Any, version: ModelVersion) -> BulkOptions:
    return BulkOptions(
        config["text_column"], config["pair_column"], version.spec, spreadsheet_safe=config["spreadsheet_safe"]
    )


def _told(result: BulkResult, artifact: Artifact, version: ModelVersion) -> dict[str, Any]:
    return {**result.to_json(), "output": asdict(artifact), "model_version": version.id, "spec": version.spec}
