"""What a training run reads and what training leaves, and the papers that are written about it.

The papers (README.md, training.json, metrics.json) say how a model came to be; they decide nothing when it is loaded,
so they are written after the scores are known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.data.examples import LabelledData
from core.inference.classifier import Classifier
from core.jobs import lineage
from core.jobs.scoring import Scored
from core.training.calibration import Calibrated
from core.training.card import CardFacts, card
from core.training.contract import FineTuned, Method
from registry.plain import plain
from registry.records import DatasetVersion, ModelVersion

SHAPE = ("model_type", "layers", "hidden_size", "heads", "vocabulary", "parameters", "max_length", "uncased")
HALVED = "Memory ran out once; trained with half the batch."
STOPPED = "Stopped early by a person; the best so far was kept."


@dataclass(frozen=True)
class Inputs:
    """What the run reads: the dataset version with its rows, the base model's folder, and the method's parameters."""

    name: str
    version: DatasetVersion
    data: LabelledData
    parent: ModelVersion | None
    base: Path | None
    method: Method
    parameters: Mapping[str, Any]
    halvings: int
    read_before: Sequence[Mapping[str, Any]] = ()  # core.jobs.lineage: rows that ancestors were pre-trained on


@dataclass(frozen=True)
class Trained:
    """What training left: the method's answer and its calibration."""

    tuned: FineTuned
    calibrated: Calibrated


def notes(inputs: Inputs, trained: Trained) -> tuple[str, ...]:
    """What a reader of the version should know about its making."""
    stopped, halved = trained.tuned.stopped_early, bool(inputs.halvings)
    return (*([STOPPED] * stopped), *([HALVED] * halved), *lineage.sentences(inputs.read_before))


def facts(inputs: Inputs, trained: Trained, classifier: Classifier) -> dict[str, Any]:
    """What the registry keeps beside the files."""
    known = inputs.parent.facts if inputs.parent and inputs.parent.kind == "pretrained" else {}
    inherited = {name: known[name] for name in SHAPE if name in known}
    agreement = classifier.facts.get("bfloat16")
    return {**inherited, **_training(inputs, trained), "scorer": classifier.scorer.kind, "bfloat16": agreement}


def write_papers(folder: Path, inputs: Inputs, trained: Trained, found: tuple[Scored, ...]) -> None:
    """Write README.md, training.json and metrics.json."""
    history = [dict(point) for point in trained.tuned.history]
    metrics = {item.split: {"rows": item.rows, "metrics": item.evaluation.metrics_json()} for item in found}
    _write(folder / "training.json", {**_training(inputs, trained), "history": history})
    _write(folder / "metrics.json", metrics)
    (folder / "README.md").write_text(card(_card_facts(inputs, trained, found)), encoding="utf-8")


def _training(inputs: Inputs, trained: Trained) -> dict[str, Any]:
    return {
        "method": inputs.method.name,
        "parameters": dict(inputs.parameters),
        "base": inputs.parent.spec if inputs.parent else None,
        "base_digest": inputs.parent.digest if inputs.parent else None,
        "dataset": inputs.version.spec,
        "content_hash": inputs.version.content_hash,
        "chosen": dict(trained.tuned.chosen),
        "stopped_early": trained.tuned.stopped_early,
        "read_before": list(inputs.read_before),
        "calibration": trained.calibrated.to_json(),
    }


def _card_facts(inputs: Inputs, trained: Trained, found: tuple[Scored, ...]) -> CardFacts:
    return CardFacts(
        name=inputs.name,
        method=inputs.method.name,
        method_title=inputs.method.title,
        base=inputs.parent.spec if inputs.parent else None,
        dataset=inputs.version.spec,
        labels=inputs.data.labels,
        problem_type=inputs.data.problem_type,
        rows=inputs.version.rows,
        parameters=inputs.parameters,
        chosen=trained.tuned.chosen,
        calibration=trained.calibrated.to_json(),
        evaluations={item.split: item.evaluation for item in found},
        notes=notes(inputs, trained),
    )


def _write(path: Path, values: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(plain(values), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
