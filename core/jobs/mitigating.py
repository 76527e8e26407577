"""Asking for a mitigation: checked first, then one run that makes a new model version and measures before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from core.bias.debiasing.pairs import pairs_of
from core.bias.inputs import Inputs
from core.bias.mitigation import Mitigation
from core.bias.mitigations import mitigation as named
from core.errors import UserProblem
from core.jobs import auditing, mitigation_battery
from core.jobs.auditing import Asked
from core.jobs.submit import fits, labelled, queue
from registry import datasets, models
from registry.errors import NotFound
from registry.names import checked_name
from registry.records import DatasetVersion, ModelVersion, Run

if TYPE_CHECKING:
    from registry.session import Registry

KIND = "mitigate"


@dataclass(frozen=True)
class Wanted:
    """A mitigation with its settings, word sets and (for a classifier) dataset; `name` is the new model's.

    `measures` are taken before and after; None: those that fit the kind of model.
    """

    mitigation: str
    name: str
    inputs: Inputs
    settings: Mapping[str, Any]
    dataset: str | None = None
    measures: Sequence[Asked] | None = None


def submit(registry: Registry, *, model: str, wanted: Wanted, who: str) -> Run:
    """Queue it; UserProblem or RegistryProblem when it cannot be."""
    method = named(wanted.mitigation)
    with registry.read() as session:
        version = models.get(session, model)
        data = _dataset(session, version, wanted.dataset)
        measures = wanted.measures
        if measures is None:
            measures = mitigation_battery.measures(version, wanted.inputs, data.spec if data else None)
        of = [datasets.get(session, one.dataset) if one.dataset else None for one in measures]
    _fits(method, version, wanted, data)
    if not measures:
        raise UserProblem("No measure was chosen.", "What is not measured again cannot be shown.", "Choose one.")
    items = [auditing.item(version, one, each) for one, each in zip(measures, of, strict=True)]
    name = checked_name(wanted.name, "model name")
    settings = method.config.from_json(wanted.settings).to_json()
    artifact = auditing.kept(registry, [wanted.inputs, *(one.inputs for one in measures)])
    config = {
        "model": version.id, "model_spec": version.spec, "mitigation": method.name, "settings": settings, "name": name,
        "given": wanted.inputs.name, "dataset": data.id if data else None, "dataset_spec": data.spec if data else "",
        "measures": items, "input": asdict(artifact),
    }  # fmt: skip
    try:
        return queue(registry, KIND, f"{method.title} of {version.spec} as {name}", config, who)
    except BaseException:
        registry.artifacts.delete(artifact)
        raise


def refused(method: Mitigation, version: ModelVersion) -> str:
    """Why a method does not fit a model version, in a sentence; empty where it does."""
    return method.refuses(version.kind, version.facts.get("scorer"), len(version.labels))


def _fits(method: Mitigation, version: ModelVersion, wanted: Wanted, data: DatasetVersion | None) -> None:
    if version.status == "corrupt":
        raise UserProblem(f"The files of {version.spec} are damaged.", "", "Import or train it again.")
    why = refused(method, version)
    if why:
        raise UserProblem(f"{method.title} does not fit {version.spec}.", why, "Choose another method or model.")
    if method.takes_words and wanted.inputs.words is None:
        raise UserProblem(f"{method.title} was given no words.", "It takes word sets.", "Choose a list or paste one.")
    if method.aligned:
        pairs_of(wanted.inputs.words)
    if method.needs_rows and data is None:
        raise UserProblem(
            f"{method.title} works on rows, and {version.spec} names no dataset.",
            "A dataset with the classifier's labels is wanted.", "Name one.",
        )  # fmt: skip


def _dataset(session: Any, version: ModelVersion, asked: str | None) -> DatasetVersion | None:
    """The dataset that is named, else the one that the classifier was trained on, where it is still there."""
    if version.kind != "fine_tuned":
        return None
    try:
        data = datasets.get(session, asked or version.dataset_version or "")
    except NotFound:
        if asked:
            raise
        return None
    labelled(data)
    fits(version, data)
    return data
