"""The run that reduces a bias: the model measured, a new version made of it, the same measures again, both kept.

The order of work: measures on the parent; the method writes the new folder (a classifier is calibrated on validation
rows, saved, sealed and replayed); measures on the new one; scores on the unchanged test and validation rows; a new
probe on old and new vectors; the model card. Rows appear only with the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.bias import inputs as inputs_files
from core.bias import mitigation_card
from core.bias.before_after import Change, change
from core.bias.inputs import Inputs
from core.bias.mitigation import Material, Mitigated, Mitigation
from core.bias.mitigations import mitigation as named
from core.bias.recoverability import recovered
from core.errors import UserProblem
from core.jobs import mitigated_classifier, mitigation_battery
from core.jobs.kinds import bias
from core.jobs.kinds.bias import Measured
from core.jobs.mitigated_classifier import Remade
from core.jobs.task import Outcome, Task
from core.jobs.tidy import artifact_of
from registry import models
from registry.records import Artifact, ModelVersion

if TYPE_CHECKING:
    from core.bias.audited import Audited

STORED = list[tuple[Measured, Artifact]]


@dataclass(frozen=True)
class Work:
    """What the run reads: the method with its settings and inputs, the parent, and where the measures' inputs lie."""

    method: Mitigation
    settings: Mapping[str, Any]
    inputs: Inputs
    parent: ModelVersion
    model: Audited
    folder: Path
    material: Material


@dataclass(frozen=True)
class Made:
    """What it leaves: the new version's files and facts, and what was measured on both."""

    artifact: Artifact
    digest: str
    facts: Mapping[str, Any]
    notes: tuple[str, ...]
    before: STORED
    after: STORED
    remade: Remade | None


def execute(task: Task) -> Outcome:
    """Measure, mitigate, measure again."""
    task.phase("Loading the model")
    work = _work(task)
    numbers, before, notes = _before(task, work)
    with task.registry.artifacts.staging() as folder:
        task.phase(work.method.title)
        config = work.method.config.from_json(work.settings)
        done = work.method.apply(
            work.model, work.inputs, config, material=work.material, out=folder, report=task.report,
            should_stop=task.should_stop,
        )  # fmt: skip
        done = replace(done, notes=(*done.notes, *notes))
        remade = mitigated_classifier.save(task, work.parent, work.material, done, folder) if done.tuned else None
        task.phase(f"After: {len(numbers)} measures")
        model = _new(task, work, folder)
        after = bias.corrected([_taken(task, work, model, number) for number in numbers])
        made = _published(task, work, done, remade, (before, after), folder)
    return Outcome(lambda session: _record(session, task, work, made))


def _work(task: Task) -> Work:
    config = task.run.config
    with task.registry.read() as session:
        parent = models.get(session, config["model"])
    folder = task.registry.artifacts.local(artifact_of(config["input"]))
    return Work(
        named(config["mitigation"]), config["settings"], inputs_files.read(folder / "0"), parent,
        bias.audited(task.registry, parent, task.run.created_by), folder,
        mitigated_classifier.material(task, parent, config["dataset"]),
    )  # fmt: skip


def _new(task: Task, work: Work, folder: Path) -> Audited:
    """The new model as measures see it, from the folder that will be published."""
    from core.bias.audited import Audited

    return Audited(folder, work.parent.kind, f"{task.run.config['name']} (new)", work.model.cache)


def _before(task: Task, work: Work) -> tuple[list[int], list[Measured], tuple[str, ...]]:
    """Numbers of the measures that can be taken of the parent, what they found, and a note for each that cannot.

    UserProblem where there are measures and none can be taken: nothing would tell whether the method did anything.
    """
    items, taken, notes = task.run.config["measures"], {}, []
    task.phase(f"Before: {len(items)} measures")
    for number, item in enumerate(items, start=1):
        try:
            taken[number] = _taken(task, work, work.model, number)
        except UserProblem as problem:
            notes.append(f"{item['name']} ({item['measure']}) was not measured: {problem}")
    if items and not taken:
        raise UserProblem(f"No measure can be taken of {work.parent.spec}.", notes[0], "Choose other measures.")
    return list(taken), bias.corrected(list(taken.values())), tuple(notes)


def _taken(task: Task, work: Work, model: Audited, number: int) -> Measured:
    return bias.taken_of(task, model, task.run.config["measures"][number - 1], work.folder / str(number))


def _published(
    task: Task, work: Work, done: Mitigated, remade: Remade | None, taken: tuple[list[Measured], list[Measured]],
    folder: Path,
) -> Made:  # fmt: skip
    """Write the card, publish the folder and the results."""
    task.phase("Looking for the attribute again")
    said = _said(work, done, remade, _changes(work, *taken))
    mitigation_card.write(folder, task.run.config["name"], said, work.parent.kind)
    task.phase("Publishing")
    digest = _digest(folder, work.parent.kind)
    artifact = task.publish(folder, "models")
    before, after = ([(one, bias.published(task, one.found)) for one in side] for side in taken)
    facts = {**work.parent.facts, **(remade.facts if remade else {}), "mitigation": said}
    return Made(artifact, digest or artifact.digest, facts, (*done.notes, *(remade.notes if remade else ())), before,
                after, remade)  # fmt: skip


def _changes(work: Work, before: list[Measured], after: list[Measured]) -> list[Change]:
    return [
        replace(
            change(
                old.measure.name, old.measure.title, old.inputs.name,
                _tuned(work, old),
                old.found.headline, new.found.headline,
            ),
            sample=old.found.sample,
        )
        for old, new in zip(before, after, strict=True)
    ]  # fmt: skip


def _tuned(work: Work, old: Measured) -> bool:
    """Whether the method was given what the measure measures by: its words, or, where it takes none, its aim."""
    if old.inputs.words is None:
        return old.measure.name in work.method.tuned_on
    return mitigation_battery.tuned(old.inputs.words, work.inputs)


def _said(work: Work, done: Mitigated, remade: Remade | None, changes: list[Change]) -> dict[str, Any]:
    """What is kept with the version: method, settings, inputs, and the table of before and after."""
    return {
        "name": work.method.name, "title": work.method.title, "source": work.method.source, "says": work.method.says,
        "criticisms": [vars(one) for one in work.method.criticisms], "settings": dict(work.settings),
        "inputs": work.inputs.to_json(), "parent": work.parent.spec, "parent_digest": work.parent.digest,
        "facts": dict(done.facts), "notes": list(done.notes), "changes": [one.to_json() for one in changes],
        "recoverable": _recovered(done, int(work.settings.get("seed", 0))),
        "score": remade.compared if remade else None,
    }  # fmt: skip


def _recovered(done: Mitigated, seed: int) -> dict[str, Any] | None:
    given = done.recoverable
    if given is None:
        return None
    found = [recovered(rows, given.sides, families=given.families, seed=seed) for rows in (given.before, given.after)]
    return {"said": given.said, "before": found[0].to_json(), "after": found[1].to_json()}


def _digest(folder: Path, kind: str) -> str:
    """SHA-256 of what the model computes; "" where the artifact's own says it."""
    if kind == "fine_tuned":
        from core.inference import folder as model_folder

        return model_folder.digest(folder)
    if kind == "pretrained":
        from core.encoding.base_models import digest

        return digest(folder)
    return ""


def _record(session: Any, task: Task, work: Work, made: Made) -> dict[str, Any]:
    """Add the version, its scores, and the results of both versions; the run's result holds the table."""
    run, parent = task.run, work.parent
    child = models.add(
        session, name=run.config["name"], kind=parent.kind, method=parent.method, labels=parent.labels,
        problem_type=parent.problem_type, parent=parent.id, dataset_version=parent.dataset_version, run=run.id,
        parameters=parent.parameters, facts=made.facts, digest=made.digest, artifact=made.artifact,
        notes=" ".join((f"{work.method.title} of {parent.spec}.", *made.notes)), who=run.created_by,
    )  # fmt: skip
    if made.remade:
        made.remade.record(session, parent.id, child.id, run.created_by)
    said = made.facts["mitigation"]
    return {
        "model_version": child.id, "spec": child.spec, "parent": parent.id, "parent_spec": parent.spec,
        "before": bias.record(session, task, parent.id, made.before),
        "after": bias.record(session, task, child.id, made.after),
        **{name: said[name] for name in ("title", "facts", "notes", "changes", "recoverable", "score")},
    }  # fmt: skip
