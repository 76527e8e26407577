"""The run that trains: dataset and base from the store, one method, calibration, scores, and a new model version.

The order of work: train on the train split; temperature and review limit from validation; save, reload and replay the
folder; score test and validation with what was reloaded; the TF-IDF baseline on the same test rows. Nothing is decided
on the test split.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.data import dataset as dataset_files
from core.data.examples import LabelledData
from core.errors import UserProblem
from core.evaluation.baselines import tfidf_logits
from core.evaluation.identity import VERSION
from core.evaluation.scores import evaluate
from core.inference import folder as model_folder
from core.inference.classifier import Classifier, probabilities_of
from core.jobs import memory, scoring
from core.jobs.scoring import Scored
from core.jobs.task import Outcome, Task
from core.training.calibration import Calibrated, calibrate
from core.training.contract import FineTuned, Method
from core.training.methods import METHODS
from registry import datasets, models
from registry.plain import plain
from registry.records import Artifact, DatasetVersion, ModelVersion

BASELINE = "tfidf"


@dataclass(frozen=True)
class Inputs:
    """What the run reads: the dataset version with its rows, the base model's folder, and the method's config."""

    version: DatasetVersion
    data: LabelledData
    parent: ModelVersion | None
    base: Path | None
    method: Method
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Trained:
    """What training left: the method's answer and its calibration."""

    tuned: FineTuned
    calibrated: Calibrated


def execute(task: Task) -> Outcome:
    """Train, save and score; rows appear only with the outcome."""
    task.phase("Reading the data")
    inputs = read(task)
    trained = train(task, inputs)
    with task.registry.artifacts.staging() as folder:
        task.phase("Saving")
        classifier = saved(trained, inputs, folder)
        found = scored(task, inputs, classifier)
        write_papers(folder, inputs, trained, classifier, found)
        task.phase("Publishing")
        digest = model_folder.digest(folder)
        artifact = task.publish(folder, "models")
    facts = facts_of(inputs, trained, classifier)
    return Outcome(lambda session: record(session, task, inputs, facts, digest, artifact, found))


def read(task: Task) -> Inputs:
    """Fetch and check the files that the run's config names."""
    config, store = task.run.config, task.registry.artifacts
    with task.registry.read() as session:
        version = datasets.get(session, config["dataset"])
        parent = models.get(session, config["base"]) if config["base"] else None
    return Inputs(
        version,
        dataset_files.read(store.local(version.artifact)),
        parent,
        store.local(parent.artifact) if parent else None,
        METHODS[config["method"]],
        memory.halved(config["parameters"], task.halvings),
    )


def train(task: Task, inputs: Inputs) -> Trained:
    """Run the method, then let the validation rows say how sure it may be."""
    tuned = inputs.method.fine_tune(
        inputs.data,
        inputs.method.config.from_json(inputs.parameters),
        base=inputs.base,
        checkpoints=task.checkpoints,
        report=task.report,
        should_stop=task.should_stop,
        vectors=task.registry.home.cache / "vectors",
    )
    task.phase("Calibrating")
    return Trained(tuned, calibrated(tuned, inputs.data))


def calibrated(tuned: FineTuned, data: LabelledData) -> Calibrated:
    """Temperature, thresholds and review limit from the validation rows."""
    rows = data.validation
    logits = tuned.scorer.logits(rows.texts, rows.pairs).values if len(rows) else np.zeros((0, len(data.labels)))
    return calibrate(logits, rows.targets, data.problem_type)


def saved(trained: Trained, inputs: Inputs, folder: Path) -> Classifier:
    """Save the model folder, load it back and replay its golden rows; what is scored is what was loaded."""
    data, calibrated = inputs.data, trained.calibrated
    rows = data.validation if len(data.validation) else data.train
    classifier = Classifier(
        trained.tuned.scorer, data.labels, data.problem_type, calibrated.temperature, calibrated.thresholds,
        calibrated.review_below, {"method": inputs.method.name},
    )  # fmt: skip
    return model_folder.save(classifier, folder, golden_texts=rows.texts, golden_pairs=rows.pairs)


def scored(task: Task, inputs: Inputs, classifier: Classifier) -> tuple[Scored, ...]:
    """Score every held-out split that has rows, the test split beside its baselines."""
    data, found = inputs.data, []
    for split, rows in (("test", data.test), ("validation", data.validation)):
        if len(rows):
            more = {"tfidf": baseline(task, inputs)} if split == "test" else {}
            task.phase(f"Scoring the {split} rows")
            found.append(
                scoring.score(
                    task, classifier, rows, split, labels=data.labels, train_targets=data.train.targets, more=more
                )
            )
    return tuple(found)


def baseline(task: Task, inputs: Inputs) -> dict[str, Any] | None:
    """Scores of TF-IDF with its default parameters on the same test rows, computed once a dataset version.

    None when that is the model itself.
    """
    if inputs.method.name == BASELINE:
        return None
    kept = task.registry.home.cache / "baselines" / f"{inputs.version.id}-{VERSION}.json"
    if kept.exists():
        stored: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return stored
    task.phase("Scoring the TF-IDF baseline")
    found = tfidf_scores(inputs.data, task.scratch / "baseline")
    kept.parent.mkdir(parents=True, exist_ok=True)
    partial = kept.with_suffix(f".{task.run.id}")
    partial.write_text(json.dumps(plain(found)), encoding="utf-8")
    partial.replace(kept)
    return found


def tfidf_scores(data: LabelledData, scratch: Path) -> dict[str, Any]:
    """Train and score TF-IDF; where it cannot be trained, the reason instead."""
    try:
        logits = tfidf_logits(data, scratch)
    except UserProblem as problem:
        return {"metrics": {}, "reason": str(problem)}
    sure = probabilities_of(logits, data.problem_type)
    return {"metrics": evaluate(sure, data.test.targets, data.labels, data.problem_type).metrics_json()}


def write_papers(
    folder: Path, inputs: Inputs, trained: Trained, classifier: Classifier, found: tuple[Scored, ...]
) -> None:
    """Write the papers of the folder that need the scores: README.md, training.json, metrics.json."""
    metrics = {item.split: {"rows": item.rows, "metrics": item.evaluation.metrics_json()} for item in found}
    for name, values in (("training.json", training_of(inputs, trained)), ("metrics.json", metrics)):
        (folder / name).write_text(json.dumps(plain(values), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "README.md").write_text("", encoding="utf-8")


def training_of(inputs: Inputs, trained: Trained) -> dict[str, Any]:
    """How the model came to be, for training.json."""
    return {
        "method": inputs.method.name,
        "parameters": dict(inputs.parameters),
        "base": inputs.parent.spec if inputs.parent else None,
        "base_digest": inputs.parent.digest if inputs.parent else None,
        "dataset": inputs.version.spec,
        "content_hash": inputs.version.content_hash,
        "chosen": dict(trained.tuned.chosen),
        "stopped_early": trained.tuned.stopped_early,
        "calibration": trained.calibrated.to_json(),
        "history": [dict(point) for point in trained.tuned.history],
    }


def facts_of(inputs: Inputs, trained: Trained, classifier: Classifier) -> dict[str, Any]:
    """What the registry keeps beside the files."""
    inherited = dict(inputs.parent.facts) if inputs.parent and inputs.parent.kind == "pretrained" else {}
    training = {key: value for key, value in training_of(inputs, trained).items() if key != "history"}
    return {**inherited, **training, "scorer": classifier.scorer.kind, "bfloat16": classifier.facts.get("bfloat16")}


def record(
    session: Any, task: Task, inputs: Inputs, facts: Mapping[str, Any], digest: str, artifact: Artifact,
    found: tuple[Scored, ...],
) -> dict[str, Any]:  # fmt: skip
    """Add the model version and its scores; the run's result names them."""
    run, version = task.run, inputs.version
    model = models.add(
        session, name=run.config["name"], kind="fine_tuned", method=inputs.method.name, labels=inputs.data.labels,
        problem_type=inputs.data.problem_type, parent=inputs.parent.id if inputs.parent else None,
        dataset_version=version.id, run=run.id, parameters=inputs.parameters, facts=facts, digest=digest,
        artifact=artifact, notes=note(facts, task.halvings), who=run.created_by,
    )  # fmt: skip
    for item in found:
        item.record(session, model.id, version.id, run.created_by)
    metrics = {item.split: item.evaluation.metrics_json() for item in found}
    return {
        "model_version": model.id,
        "spec": model.spec,
        "metrics": metrics,
        "stopped_early": facts["stopped_early"],
        "batch_halved": bool(task.halvings),
    }


def note(facts: Mapping[str, Any], halvings: int) -> str:
    """What a reader of the version should know about its making."""
    parts = ["Stopped early; the best so far was kept."] if facts["stopped_early"] else []
    return " ".join(parts + (["Memory ran out once; trained with half the batch."] if halvings else []))
