"""The run that measures bias: one measure or a battery on one model version, each result a row with its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.bias import found as found_files
from core.bias import inputs as inputs_files
from core.bias.found import Found
from core.bias.inputs import Inputs
from core.bias.measure import Measure
from core.bias.measures import measure as named
from core.bias.permutation.holm import holm
from core.data import dataset as dataset_files
from core.jobs import auditing, inspecting, model_loading
from core.jobs.task import Outcome, Task
from core.jobs.tidy import artifact_of
from core.progress import Progress, Report
from registry import bias_results, datasets, models
from registry.records import Artifact, ModelVersion

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from registry.session import Registry


@dataclass(frozen=True)
class Measured:
    """A measure taken: what it was given, and what it found."""

    measure: Measure
    inputs: Inputs
    settings: Mapping[str, Any]
    found: Found


def execute(task: Task) -> Outcome:
    """Measure one after another; rows appear only with the outcome."""
    config = task.run.config
    task.phase("Loading the model")
    with task.registry.read() as session:
        version = models.get(session, config["model"])
    model = audited(task.registry, version, task.run.created_by)
    folder = task.registry.artifacts.local(artifact_of(config["input"]))
    taken = [taken_of(task, model, item, folder / str(number)) for number, item in enumerate(config["measures"])]
    task.phase("Publishing")
    stored = [(one, published(task, one.found)) for one in corrected(taken)]
    return Outcome(lambda session: _record(session, task, version, stored))


def audited(registry: Registry, version: ModelVersion, who: str = "registry") -> Audited:
    """A model version as measures see it, its files checked."""
    from core.bias.audited import Audited

    return Audited(model_loading.files(registry, version, who), version.kind, version.spec, inspecting.cache(registry))


def rows_of(registry: Registry, dataset: str, split: str | None) -> pd.DataFrame:
    """Rows of a dataset version (of one split, where it is named) with every column that was kept."""
    with registry.read() as session:
        data = datasets.get(session, dataset)
    rows = dataset_files.read_rows(registry.artifacts.local(data.artifact))
    return rows[rows["split"] == split].reset_index(drop=True) if split else rows


def corrected(taken: list[Measured]) -> list[Measured]:
    """p of a battery corrected together; a measure without p takes no part."""
    tested = [place for place, one in enumerate(taken) if one.found.headline.chance is not None]
    if len(tested) < 2:
        return taken
    adjusted = holm([taken[place].found.headline.chance.high for place in tested])  # type: ignore[union-attr]
    out = list(taken)
    for place, p in zip(tested, adjusted, strict=True):
        headline = taken[place].found.headline
        assert headline.chance is not None
        chance = replace(headline.chance, adjusted=p, battery=len(tested))
        out[place] = replace(taken[place], found=replace(taken[place].found, headline=replace(headline, chance=chance)))
    return out


def taken_of(task: Task, model: Audited, item: Mapping[str, Any], folder: Path) -> Measured:
    """Take one measure as the run's config keeps it, its inputs read from `folder`."""
    measure, inputs = named(item["measure"]), inputs_files.read(folder)
    if item["dataset"]:
        inputs = replace(inputs, table=rows_of(task.registry, item["dataset"], item["split"]))
    title = f"{measure.title}: {inputs.name}"
    task.phase(title)
    settings = measure.config.from_json(item["settings"])
    found = measure.compute(
        model, inputs, settings, report=_titled(title, task.report), should_stop=task.should_stop
    )  # fmt: skip
    return Measured(measure, inputs, settings.to_json(), found)


def _titled(title: str, report: Report) -> Report:
    """Progress of a measure under the measure's own name."""

    def told(progress: Progress) -> None:
        report(replace(progress, phase=title))

    return told


def published(task: Task, found: Found) -> Artifact:
    """What a measure found, as files in the store."""
    with task.registry.artifacts.staging() as folder:
        found_files.write(found, folder)
        return task.publish(folder, "bias")


def record(session: Any, task: Task, version: str, stored: Sequence[tuple[Measured, Artifact]]) -> list[str]:
    """Add the rows of what was measured on a model version (its id); the ids of the rows."""
    return [
        bias_results.add(
            session, model_version=version, run=task.run.id, measure=one.measure.name,
            identity=auditing.identity(one.measure, one.settings, one.inputs), inputs=one.inputs.to_json(),
            settings=one.settings, found=one.found.to_json(), artifact=artifact, who=task.run.created_by,
        ).id
        for one, artifact in stored
    ]  # fmt: skip


def _record(session: Any, task: Task, version: ModelVersion, stored: list[tuple[Measured, Artifact]]) -> dict[str, Any]:
    return {"model_version": version.id, "spec": version.spec, "results": record(session, task, version.id, stored)}
