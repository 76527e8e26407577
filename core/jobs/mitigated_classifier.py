"""A classifier that a mitigation made: calibrated on validation rows, saved, sealed, and scored beside its parent.

Nothing is decided on the test rows, and no row of validation or test is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.bias.mitigation import Material, Mitigated
from core.data import dataset as dataset_files
from core.inference import folder as model_folder
from core.inference.classifier import Classifier
from core.jobs import comparison, fine_tuning, model_loading, scoring
from core.jobs.fine_tuning import Inputs, Trained
from core.jobs.kinds import fine_tune
from core.jobs.scoring import Scored
from core.jobs.task import Task
from core.training.methods import METHODS
from registry import datasets, models, scores
from registry.errors import NotFound
from registry.records import DatasetVersion, ModelVersion, Score

KEPT = ("calibration", "bfloat16", "scorer")


@dataclass(frozen=True)
class Remade:
    """The saved classifier's facts and notes, the scores of the new version, of the parent where it had none, and how
    the two compare on the same test rows."""

    facts: Mapping[str, Any]
    notes: tuple[str, ...]
    dataset: str
    new: tuple[Scored, ...] = ()
    old: tuple[Scored, ...] = ()
    compared: Mapping[str, Any] | None = None

    def record(self, session: Any, parent: str, child: str, who: str) -> None:
        """Add the rows of the scores."""
        for model, found in ((parent, self.old), (child, self.new)):
            for one in found:
                one.record(session, model, self.dataset, who)


def material(task: Task, version: ModelVersion, dataset: str | None) -> Material:
    """A classifier's rows, base and parameters; empty for another kind of model."""
    if version.kind != "fine_tuned":
        return Material()
    base = _base(task, version)
    cache = {"checkpoints": task.checkpoints, "vectors": task.registry.home.cache / "vectors"}
    known = Material(None, None, base, version.method, version.parameters, **cache)
    if dataset is None:
        return known
    data = _version(task, dataset)
    folder = task.registry.artifacts.local(data.artifact)
    return replace(known, data=dataset_files.read(folder), rows=dataset_files.read_rows(folder))


def save(task: Task, parent: ModelVersion, given: Material, done: Mitigated, folder: Path) -> Remade:
    """Calibrate, save and score; without rows the parent's calibration is kept and nothing is scored."""
    assert done.tuned is not None  # noqa: S101 - the caller has looked
    dataset = task.run.config["dataset"]
    if given.data is None or dataset is None:
        return _unscored(task, parent, done, folder)
    data = _version(task, dataset)
    inputs = Inputs(
        task.run.config["name"], data, given.data, parent, given.base, METHODS[parent.method or "full"],
        parent.parameters, task.halvings,
    )  # fmt: skip
    trained = Trained(done.tuned, fine_tune.calibrated(done.tuned, given.data))
    classifier = fine_tune.saved(trained, inputs, folder)
    found = fine_tune.scored(task, inputs, classifier)
    facts = fine_tuning.facts(inputs, trained, classifier)
    kept = {name: facts[name] for name in KEPT}
    new = next((one for one in found if one.split == "test"), None)
    old, score = _parents(task, parent, data, given) if new else ((), None)
    compared = _compared(task, parent, data, score, new) if new and score else None
    return Remade(kept, (), data.id, found, old, compared)


def _unscored(task: Task, parent: ModelVersion, done: Mitigated, folder: Path) -> Remade:
    assert done.tuned is not None  # noqa: S101 - the caller has looked
    _, old = model_loading.load(task.registry, parent.id, task.run.created_by)
    new = Classifier(
        done.tuned.scorer, old.labels, old.problem_type, old.temperature, old.thresholds, old.review_below,
        {"method": parent.method},
    )  # fmt: skip
    saved = model_folder.save(new, folder, golden_texts=())
    note = "The classifier names no dataset: its calibration was kept as it was, and it was not scored."
    return Remade({"bfloat16": saved.facts.get("bfloat16"), "scorer": saved.scorer.kind}, (note,), "")


def _parents(
    task: Task, parent: ModelVersion, data: DatasetVersion, given: Material
) -> tuple[tuple[Scored, ...], Score | None]:
    """The parent's score on the test rows: the stored one, else made now."""
    assert given.data is not None  # noqa: S101 - the caller has looked
    with task.registry.read() as session:
        stored = scores.latest(session, parent.id, data.id, "test")
    if stored is not None and stored.artifact is not None:
        return (), stored
    _, classifier = model_loading.load(task.registry, parent.id, task.run.created_by)
    made = scoring.score(
        task, classifier, given.data.test, "test", labels=given.data.labels, train_targets=given.data.train.targets
    )
    return (made,), _as_stored(made, parent.id, data.id)


def _compared(task: Task, parent: ModelVersion, data: DatasetVersion, old: Score, new: Scored) -> dict[str, Any] | None:
    from core.errors import UserProblem
    from core.evaluation import paired

    labels, name = tuple(sorted(parent.labels)), f"{task.run.config['name']} (new)"
    sides = ((name, _as_stored(new, "", data.id)), (parent.spec, old))
    try:
        judged = [comparison.judged(task.registry, who, data, "test", score, labels) for who, score in sides]
        found = paired.compare(*judged)
    except UserProblem as problem:
        return {"dataset": data.spec, "split": "test", "problem": str(problem)}
    return {
        "dataset": data.spec, "split": "test", "rows": found.rows, "verdict": found.verdict, "winner": found.winner,
        "before": old.metrics.get("f1_macro"), "after": new.evaluation.metrics_json().get("f1_macro"),
        "difference": found.differences["f1_macro"].to_json(),
    }  # fmt: skip


def _as_stored(made: Scored, model: str, dataset: str) -> Score:
    """A score that has no row yet, as the comparison reads it."""
    return Score(
        "", model, dataset, made.split, made.rows, made.hash, made.evaluation.metrics_json(), made.details,
        made.artifact, datetime.now(UTC), "",
    )  # fmt: skip


def _version(task: Task, dataset: str) -> DatasetVersion:
    with task.registry.read() as session:
        return datasets.get(session, dataset)


def _base(task: Task, version: ModelVersion) -> Path | None:
    """The folder that the classifier was trained from: beyond mitigations, which train nothing from it."""
    with task.registry.read() as session:
        try:
            while "mitigation" in version.facts and version.parent:
                version = models.get(session, version.parent)
            base = models.get(session, version.parent) if version.parent else None
        except NotFound:
            return None
    return model_loading.files(task.registry, base, task.run.created_by) if base else None
