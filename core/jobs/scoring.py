"""Scoring a classifier on rows of a dataset version, with the predictions kept as a file beside the score.

predictions.parquet: row_id, target (a label name; a list of names where a row may have several), prob_<label> for each
label in the model's order. Comparisons and lists of mistakes are made from it, never by predicting again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.data.examples import Examples, ProblemType
from core.errors import Stopped
from core.evaluation.identity import evaluation_hash, rows_hash
from core.evaluation.scores import Evaluation, evaluate
from core.inference.classifier import Classifier
from core.jobs.task import Task
from core.progress import Progress
from registry import scores
from registry.records import Artifact, DatasetVersion, Score

if TYPE_CHECKING:
    from registry.session import Registry

FILE = "predictions.parquet"
CHUNK = 2048  # rows between two looks at Stop


@dataclass(frozen=True)
class Scored:
    """One split scored: what goes into the score's row, and its predictions as an artifact."""

    split: str
    rows: int
    hash: str
    evaluation: Evaluation
    details: Mapping[str, Any]
    artifact: Artifact

    def record(self, session: Any, model: str, dataset: str, who: str) -> None:
        """Add the score's row."""
        scores.add(
            session, model_version=model, dataset_version=dataset, split=self.split, rows=self.rows,
            evaluation_hash=self.hash, metrics=self.evaluation.metrics_json(), details=self.details,
            artifact=self.artifact, who=who,
        )  # fmt: skip


def score(
    task: Task,
    classifier: Classifier,
    examples: Examples,
    split: str,
    *,
    labels: tuple[str, ...],
    train_targets: np.ndarray | None = None,
    more: Mapping[str, Any] | None = None,
) -> Scored:
    """Predict and evaluate a split; `labels` are the dataset's, which must be among the classifier's."""
    probabilities = predicted(task, classifier, examples, split)
    fitted = with_labels(examples, labels, classifier)
    evaluation = evaluate(
        probabilities, fitted.targets, classifier.labels, classifier.problem_type,
        thresholds=classifier.thresholds, row_ids=examples.row_ids, train_targets=train_targets,
    )  # fmt: skip
    return Scored(
        split, len(examples), evaluation_hash(rows_hash(examples, labels)), evaluation,
        {**evaluation.details_json(), **(more or {})},
        stored(task, probabilities, fitted, classifier.labels),
    )  # fmt: skip


def predicted(task: Task, classifier: Classifier, examples: Examples, split: str) -> np.ndarray:
    """Probabilities (n, C) float32, looking at Stop between chunks."""
    parts = []
    for start in range(0, len(examples), CHUNK):
        if task.should_stop() == "discard":
            raise Stopped
        task.report(Progress(f"Scoring {split} rows", step=start, steps=len(examples)))
        part = slice(start, start + CHUNK)
        pairs = examples.pairs[part] if examples.pairs else None
        parts.append(classifier.predict(examples.texts[part], pairs).probabilities)
    return np.concatenate(parts)


def with_labels(examples: Examples, labels: tuple[str, ...], classifier: Classifier) -> Examples:
    """The same rows with targets in the classifier's order of labels."""
    place = np.array([classifier.labels.index(label) for label in labels], dtype=np.int64)
    if classifier.problem_type == "single_label":
        return replace(examples, targets=place[examples.targets])
    targets = np.zeros((len(examples), len(classifier.labels)), dtype=np.float32)
    targets[:, place] = examples.targets
    return replace(examples, targets=targets)


def stored(task: Task, probabilities: np.ndarray, examples: Examples, labels: tuple[str, ...]) -> Artifact:
    """Publish predictions.parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {"row_id": pa.array(examples.row_ids), "target": pa.array(names_of(examples.targets, labels))}
    columns |= {f"prob_{label}": pa.array(probabilities[:, index]) for index, label in enumerate(labels)}
    with task.registry.artifacts.staging() as folder:
        pq.write_table(pa.table(columns), folder / FILE, compression="zstd")
        return task.publish(folder, "scores")


def names_of(targets: np.ndarray, labels: tuple[str, ...]) -> list[Any]:
    """Targets as label names: (n,) indices to names, (n, C) to lists of names."""
    if targets.ndim == 1:
        return [labels[index] for index in targets]
    return [[label for label, yes in zip(labels, row, strict=True) if yes > 0.5] for row in targets]


@dataclass(frozen=True)
class Stored:
    """Predictions as they were kept: row ids (n,), targets (n,) or (n, C), probabilities (n, C)."""

    row_ids: np.ndarray
    targets: np.ndarray
    probabilities: np.ndarray


def read(registry: Registry, score: Score, labels: Sequence[str]) -> Stored:
    """Read a score's predictions in the order of `labels`; a label that the model does not have gets probability 0."""
    import pyarrow.parquet as pq

    assert score.artifact is not None  # noqa: S101 - callers have looked
    table = pq.read_table(registry.artifacts.local(score.artifact) / FILE)
    held = {label: table[f"prob_{label}"].to_numpy() for label in labels if f"prob_{label}" in table.column_names}
    nothing = np.zeros(len(table), dtype=np.float32)
    probabilities = np.stack([held.get(label, nothing) for label in labels], axis=1)
    return Stored(table["row_id"].to_numpy(), _targets(table["target"].to_pylist(), labels), probabilities)


def thresholds_of(score: Score, labels: Sequence[str]) -> np.ndarray | None:
    """The thresholds that the score was made with, in the order of `labels`."""
    kept = score.details.get("thresholds")
    if kept is None:
        return None
    named = dict(zip(score.details["labels"], kept, strict=True))
    return np.array([named.get(label, np.inf) for label in labels])


def problem_type(data: DatasetVersion) -> ProblemType:
    """The registry's word as the science's."""
    return "multi_label" if data.problem_type == "multi_label" else "single_label"


def _targets(cells: list[Any], labels: Sequence[str]) -> np.ndarray:
    place = {label: index for index, label in enumerate(labels)}
    if not cells or not isinstance(cells[0], list):
        return np.array([place[cell] for cell in cells], dtype=np.int64)
    targets = np.zeros((len(cells), len(labels)), dtype=np.float32)
    for row, names in enumerate(cells):
        targets[row, [place[name] for name in names]] = 1.0
    return targets
