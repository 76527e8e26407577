"""The run that pre-trains: corpus and base from the store, heads, training, proof on the holdout, a new model version.

What is proved and published is what was saved and loaded back. Nothing is decided on the holdout but which checkpoint
is kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.data import dataset as dataset_files
from core.data.corpus.store import Corpus, open_corpus
from core.encoding import base_models
from core.jobs import curves, model_loading
from core.jobs.downstream import downstream
from core.jobs.task import Outcome, Task
from core.pretraining.card import card
from core.pretraining.config import PretrainConfig
from core.pretraining.pretrain import Pretrained, pretrain
from core.pretraining.report import prove
from core.pretraining.saving import save_child
from registry import datasets, models
from registry.records import Artifact, DatasetVersion, ModelVersion


@dataclass(frozen=True)
class Inputs:
    """What the run reads."""

    name: str
    version: DatasetVersion
    corpus: Corpus
    parent: ModelVersion | None
    base: Path | None
    config: PretrainConfig
    general: Corpus | None = None  # text on which forgetting is measured
    labelled: DatasetVersion | None = None  # rows on which parent and child are compared


def execute(task: Task) -> Outcome:
    """Pre-train, save, prove; rows appear only with the outcome."""
    task.phase("Reading the corpus")
    inputs = _inputs(task)
    trained = pretrain(
        inputs.corpus, inputs.config, base=inputs.base, checkpoints=task.checkpoints, report=task.report,
        should_stop=task.should_stop,
    )  # fmt: skip
    curves.complete(task, trained.trained.history)
    with task.registry.artifacts.staging() as folder:
        task.phase("Saving")
        save_child(trained.model, trained.tokenizer, folder, inputs.base)
        base_models.check_base(folder)
        task.phase("Measuring on the holdout")
        proof = _proved(task, inputs, folder, trained)
        facts = _facts(inputs, trained, proof, base_models.describe(folder))
        (folder / "training.json").write_text(
            json.dumps({**facts, "history": list(trained.trained.history)}, indent=1), encoding="utf-8"
        )
        (folder / "README.md").write_text(card(inputs.name, facts), encoding="utf-8")
        task.phase("Publishing")
        digest = base_models.digest(folder)
        artifact = task.publish(folder, "models")
    return Outcome(lambda session: _record(session, task, inputs, facts, digest, artifact))


def _inputs(task: Task) -> Inputs:
    config = task.run.config
    with task.registry.read() as session:
        version = datasets.get(session, config["dataset"])
        parent = models.get(session, config["base"]) if config["base"] else None
        general = datasets.get(session, config["general"]) if config.get("general") else None
        labelled = datasets.get(session, config["downstream"]) if config.get("downstream") else None
    asked: Any = PretrainConfig.from_json(config["parameters"])
    return Inputs(
        name=config["name"],
        version=version,
        corpus=open_corpus(task.registry.artifacts.local(version.artifact)),
        parent=parent,
        base=model_loading.files(task.registry, parent) if parent else None,
        config=asked,
        general=open_corpus(task.registry.artifacts.local(general.artifact)) if general else None,
        labelled=labelled,
    )


def _proved(task: Task, inputs: Inputs, folder: Path, trained: Pretrained) -> dict[str, Any]:
    """The proof, with the score of labelled rows where some were named."""
    asking: Any = {"report": task.report, "should_stop": task.should_stop}
    proof = prove(inputs.corpus, folder, trained, general=inputs.general, **asking)
    if inputs.labelled is not None and inputs.base is not None:
        version = inputs.labelled
        data = dataset_files.read(task.registry.artifacts.local(version.artifact))
        proof["downstream"] = downstream(task, data, version.spec, inputs.base, folder)
        proof["sentences"].append(f"With {version.spec}: {proof['downstream']['verdict']}")
    return proof


def _facts(inputs: Inputs, trained: Pretrained, proof: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    """What the registry keeps beside the files."""
    return {
        **described,
        "pretrained_on": inputs.version.spec,
        "content_hash": inputs.version.content_hash,
        "base": inputs.parent.spec if inputs.parent else "scratch",
        "base_digest": inputs.parent.digest if inputs.parent else None,
        "parameters_of_training": inputs.config.to_json(),
        "fresh": list(trained.fresh),
        "domain_words": list(trained.added),
        "steps": trained.trained.steps,
        "tokens": trained.trained.tokens,
        "precision": trained.precision,
        "best": trained.trained.best,
        "stopped_early": trained.trained.stopped_early,
        "proof": proof,
    }


def _record(
    session: Any, task: Task, inputs: Inputs, facts: dict[str, Any], digest: str, artifact: Artifact
) -> dict[str, Any]:
    stopped = "Stopped early by a person; the best so far was kept." if facts["stopped_early"] else ""
    model = models.add(
        session, name=inputs.name, kind="pretrained", method="pretrain", labels=(), problem_type="",
        parent=inputs.parent.id if inputs.parent else None, dataset_version=inputs.version.id, run=task.run.id,
        parameters=inputs.config.to_json(), facts=facts, digest=digest, artifact=artifact, notes=stopped,
        who=task.run.created_by,
    )  # fmt: skip
    return {"model_version": model.id, "spec": model.spec, "proof": facts["proof"],
            "stopped_early": facts["stopped_early"]}  # fmt: skip
