"""Asking for bias measures: checked first, then one run that stores each result against the model version.

A run holds one measure or a battery of them; p-values of a battery are corrected together (Holm 1979).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from core.bias import inputs as inputs_files
from core.bias.inputs import Inputs
from core.bias.measure import Measure
from core.bias.measures import measure as named
from core.bias.word_sets import checked
from core.errors import UserProblem
from core.jobs.submit import labelled, queue, usable
from registry import datasets, models
from registry.names import new_id
from registry.records import Artifact, DatasetVersion, ModelVersion, Run

if TYPE_CHECKING:
    from registry.session import Registry

KIND = "bias"
NEEDED = {"classifier": ("fine_tuned",), "word_vectors": ("pretrained", "fine_tuned", "static_vectors")}


@dataclass(frozen=True)
class Asked:
    """One measure with its settings and inputs; `dataset` and `split` name rows that become the inputs' table."""

    measure: str
    inputs: Inputs
    settings: Mapping[str, Any]
    dataset: str | None = None
    split: str | None = None


def submit(registry: Registry, *, model: str, asked: Sequence[Asked], who: str) -> Run:
    """Queue the measuring of a model version; UserProblem or RegistryProblem when it cannot be."""
    if not asked:
        raise UserProblem("No measure was chosen.", "At least one is wanted.", "Choose one.")
    with registry.read() as session:
        version = models.get(session, model)
        data = [datasets.get(session, one.dataset) if one.dataset else None for one in asked]
    items = [item(version, one, of) for one, of in zip(asked, data, strict=True)]
    if any(named(one.measure).needs == "masked_head" for one in asked):
        headed(registry, version)
    artifact = kept(registry, [one.inputs for one in asked])
    config = {"model": version.id, "model_spec": version.spec, "measures": items, "input": asdict(artifact)}
    try:
        return queue(registry, KIND, _title(version, asked), config, who)
    except BaseException:
        registry.artifacts.delete(artifact)
        raise


def identity(measure: Measure, settings: Mapping[str, Any], inputs: Inputs) -> str:
    """SHA-256 of what was measured, the model left out."""
    said = [measure.name, measure.version, dict(settings), inputs.digest]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def headed(registry: Registry, version: ModelVersion) -> None:
    """UserProblem unless the weights hold a masked-word head, told from their headers alone."""
    from core.inspection.fill_mask.head import check

    check(registry.artifacts.local(version.artifact, verify=False))


def fits(version: ModelVersion, measure: Measure) -> None:
    """UserProblem unless the model is of a kind that the measure can be taken of."""
    if version.status == "corrupt":
        raise UserProblem(f"The files of {version.spec} are damaged.", "", "Import or train it again.")
    if measure.needs == "classifier":
        usable(version)
        return
    if version.kind not in NEEDED.get(measure.needs, ("pretrained", "fine_tuned")):
        raise UserProblem(
            f"{version.spec} is a table of word vectors.", f"{measure.title} needs a BERT, which reads whole texts.",
            "Choose a BERT, or a measure of word associations.",
        )  # fmt: skip
    if version.facts.get("scorer") == "tfidf":
        raise UserProblem(
            f"{version.spec} counts words; there is no BERT inside.", f"{measure.title} needs one.",
            "Choose another model, or a measure of classifiers.",
        )  # fmt: skip


def item(version: ModelVersion, one: Asked, data: DatasetVersion | None) -> dict[str, Any]:
    """A measure as the run's config keeps it, every part checked."""
    measure = named(one.measure)
    fits(version, measure)
    settings = measure.config.from_json(one.settings).to_json()
    if measure.takes_words:
        if one.inputs.words is None:
            raise UserProblem(f"{measure.title} was given no words.", "It takes word sets.", "Choose a list or paste.")
        checked(one.inputs.words, targets=measure.targets, attributes=measure.attributes)
    if data is not None:
        labelled(data)
        if one.split and not data.rows.get(one.split):
            raise UserProblem(f"{data.spec} has no {one.split} rows.", "Choose another split.")
    elif measure.columns:
        _columns(measure, one.inputs)
    return {
        "measure": measure.name, "settings": settings, "name": one.inputs.name,
        "dataset": data.id if data else None, "dataset_spec": data.spec if data else "", "split": one.split,
    }  # fmt: skip


def _columns(measure: Measure, inputs: Inputs) -> None:
    have = [] if inputs.table is None else [str(name) for name in inputs.table.columns]
    missing = [name for name in measure.columns if name not in have]
    if missing:
        raise UserProblem(
            f"{inputs.name} has no column {', '.join(map(repr, missing))}.",
            f"{measure.title} reads: {', '.join(measure.columns)}.", "Name the columns, or choose another file.",
        )  # fmt: skip
    assert inputs.table is not None
    if not len(inputs.table):
        raise UserProblem(f"{inputs.name} has no rows.", "", "Choose another file.")


def kept(registry: Registry, given: Sequence[Inputs]) -> Artifact:
    """The inputs as one artifact of a folder a measure; it goes when the run is over."""
    with registry.artifacts.staging() as folder:
        for number, inputs in enumerate(given):
            (folder / str(number)).mkdir()
            inputs_files.write(inputs, folder / str(number))
        return registry.artifacts.publish(folder, "bias_inputs", new_id())


def _title(version: ModelVersion, asked: Sequence[Asked]) -> str:
    first = f"{named(asked[0].measure).title} ({asked[0].inputs.name})"
    return f"Bias of {version.spec}: {first if len(asked) == 1 else f'{len(asked)} measures'}"
