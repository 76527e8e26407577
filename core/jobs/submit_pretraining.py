"""Asking for a pre-training: corpus, base and parameters are checked before a row appears."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from core.errors import UserProblem
from core.jobs.submit import queue, trainable
from core.jobs.vector_imports import no_table
from registry import datasets, models
from registry.names import checked_name
from registry.records import DatasetVersion, ModelVersion, Run

if TYPE_CHECKING:
    from registry.session import Registry

SCRATCH = "scratch"


def pretrain(
    registry: Registry,
    *,
    dataset: str,
    base: str,
    name: str,
    parameters: Mapping[str, Any],
    who: str,
    general: str | None = None,
    downstream: str | None = None,
) -> Run:
    """Queue the pre-training of a new version of the model `name`; `base` names a model, or is "scratch".

    `general` names raw text on which forgetting is measured, `downstream` labelled rows on which parent and child are
    compared; both need a base.
    """
    from core.pretraining.config import PretrainConfig

    values = PretrainConfig.from_json(parameters).to_json()
    with registry.read() as session:
        corpus = raw_text(datasets.get(session, dataset))
        parent = None if base == SCRATCH else plain_bert(models.get(session, base))
        other = raw_text(datasets.get(session, general)) if general else None
        labelled = _scored(datasets.get(session, downstream)) if downstream else None
    if parent is None and values["frozen_encoder"]:
        raise UserProblem(
            "A model from scratch has no trained body to freeze.", "frozen_encoder needs a base model.",
            "Name a base, or leave frozen_encoder off.",
        )  # fmt: skip
    if parent is None and (other or labelled):
        raise UserProblem(
            "A model from scratch has no parent to compare with.", "General text and downstream rows need a base.",
            "Name a base, or leave them out.",
        )  # fmt: skip
    config = {
        "dataset": corpus.id,
        "dataset_spec": corpus.spec,
        "base": parent.id if parent else None,
        "base_spec": parent.spec if parent else SCRATCH,
        "name": checked_name(name, "model name"),
        "parameters": values,
        "general": other.id if other else None,
        "general_spec": other.spec if other else "",
        "downstream": labelled.id if labelled else None,
        "downstream_spec": labelled.spec if labelled else "",
    }
    return queue(registry, "pretrain", f"Pre-train {config['name']} on {corpus.spec}", config, who)


def raw_text(version: DatasetVersion) -> DatasetVersion:
    """The version, when it is raw text; UserProblem when it is labelled rows."""
    if not version.is_raw_text:
        raise UserProblem(
            f"{version.spec} holds labelled rows.", "Pre-training reads raw text.",
            "Upload raw text, or the text column of a table as raw text.",
        )  # fmt: skip
    if not version.rows.get("train"):
        raise UserProblem(f"{version.spec} has no sentence to train on.", "", "Choose another corpus.")
    return version


def _scored(version: DatasetVersion) -> DatasetVersion:
    trainable(version)
    if not version.rows.get("test"):
        raise UserProblem(f"{version.spec} has no test rows.", "", "Choose a dataset with a test split.")
    return version


def plain_bert(version: ModelVersion) -> ModelVersion:
    """The version, when it holds a plain BERT in order."""
    if version.status == "corrupt":
        raise UserProblem(f"The files of {version.spec} are damaged.", "", "Import it again or choose another base.")
    no_table(version, "Pre-training goes on from a plain BERT.", "Choose another base.")
    kind = version.facts.get("model_type", "bert")
    if kind != "bert" or version.facts.get("scorer") not in (None, "sequence"):
        raise UserProblem(f"{version.spec} is no plain BERT.", "Pre-training goes on from one.", "Choose another base.")
    return version
