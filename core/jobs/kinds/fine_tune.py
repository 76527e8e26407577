"""The run that trains: dataset and base from the store, one method, calibration, scores, and a new model version.

The order of work: train on the train split; temperature and review limit from validation; save, reload and replay the
folder; score test and validation with what was reloaded; the TF-IDF baseline on the same test rows. Nothing is decided
on the test split.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from core.data import dataset as dataset_files
from core.data.examples import LabelledData
from core.inference import folder as model_folder
from core.inference.classifier import Classifier
from core.jobs import curves, fine_tuning, lineage, memory, model_loading, scoring
from core.jobs.baseline import METHOD as BASELINE
from core.jobs.baseline import baseline
from core.jobs.fine_tuning import Inputs, Trained
from core.jobs.scoring import Scored
from core.jobs.task import Outcome, Task
from core.training.calibration import Calibrated, calibrate
from core.training.contract import FineTuned
from core.training.methods import METHODS
from registry import datasets, models
from registry.records import Artifact


def execute(task: Task) -> Outcome:
    """Train, save and score; rows appear only with the outcome."""
    task.phase("Reading the data")
    inputs = _inputs(task)
    trained = _train(task, inputs)
    with task.registry.artifacts.staging() as folder:
        task.phase("Saving")
        classifier = saved(trained, inputs, folder)
        found = scored(task, inputs, classifier)
        fine_tuning.write_papers(folder, inputs, trained, found)
        task.phase("Publishing")
        digest = model_folder.digest(folder)
        artifact = task.publish(folder, "models")
    facts = fine_tuning.facts(inputs, trained, classifier)
    notes = " ".join(fine_tuning.notes(inputs, trained))
    return Outcome(lambda session: _record(session, task, inputs, found, artifact, digest, facts, notes))


def _inputs(task: Task) -> Inputs:
    """Fetch and check the files that the run's config names."""
    config = task.run.config
    with task.registry.read() as session:
        version = datasets.get(session, config["dataset"])
        parent = models.get(session, config["base"]) if config["base"] else None
    data = dataset_files.read(task.registry.artifacts.local(version.artifact))
    return Inputs(
        name=config["name"],
        version=version,
        data=data,
        parent=parent,
        base=model_loading.files(task.registry, parent) if parent else None,
        method=METHODS[config["method"]],
        parameters=memory.halved(config["parameters"], task.halvings),
        halvings=task.halvings,
        read_before=lineage.read_before(task.registry, parent, data),
    )


def _train(task: Task, inputs: Inputs) -> Trained:
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
    curves.complete(task, tuned.history)
    task.phase("Calibrating")
    return Trained(tuned, calibrated(tuned, inputs.data))


def calibrated(tuned: FineTuned, data: LabelledData) -> Calibrated:
    """What the validation rows say about a trained scorer."""
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
            compared = split == "test" and inputs.method.name != BASELINE
            more = {BASELINE: baseline(task, inputs.version, data)} if compared else {}
            task.phase(f"Scoring the {split} rows")
            found.append(
                scoring.score(
                    task, classifier, rows, split, labels=data.labels, train_targets=data.train.targets, more=more
                )
            )
    return tuple(found)


def _record(
    session: Any, task: Task, inputs: Inputs, found: tuple[Scored, ...], artifact: Artifact, digest: str,
    facts: Mapping[str, Any], notes: str,
) -> dict[str, Any]:  # fmt: skip
    """Add the model version and its scores; the run's result names them."""
    run, version = task.run, inputs.version
    model = models.add(
        session, name=inputs.name, kind="fine_tuned", method=inputs.method.name, labels=inputs.data.labels,
        problem_type=inputs.data.problem_type, parent=inputs.parent.id if inputs.parent else None,
        dataset_version=version.id, run=run.id, parameters=inputs.parameters, facts=facts, digest=digest,
        artifact=artifact, notes=notes, who=run.created_by,
    )  # fmt: skip
    for item in found:
        item.record(session, model.id, version.id, run.created_by)
    return {
        "model_version": model.id,
        "spec": model.spec,
        "metrics": {item.split: item.evaluation.metrics_json() for item in found},
        "stopped_early": facts["stopped_early"],
        "batch_halved": bool(inputs.halvings),
    }
