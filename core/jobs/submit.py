"""Asking for work: everything is checked first, in words a person can act on; then one `queued` row appears.

Nothing heavy is imported here: pages and the command line call it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.data.examples import SPLITS
from core.errors import UserProblem
from core.jobs import predictions
from core.jobs.engine import check_engine, ensure_worker
from core.jobs.tidy import tidy
from core.jobs.uploads import Staged, discard
from core.jobs.vector_imports import no_table
from registry import datasets, models, runs
from registry.names import checked_name
from registry.records import DatasetVersion, ModelVersion, Run, StopRequest

if TYPE_CHECKING:
    from registry.session import Registry


def fine_tune(
    registry: Registry,
    *,
    dataset: str,
    method: str,
    base: str | None,
    name: str,
    parameters: Mapping[str, Any],
    who: str,
) -> Run:
    """Queue the training of a new version of the model `name`; UserProblem or RegistryProblem when it cannot be."""
    chosen = _method(method)
    values = chosen.config.from_json(parameters).to_json()
    with registry.read() as session:
        data = datasets.get(session, dataset)
        parent = _base(models.get(session, base)) if chosen.needs_base and base else None
    if chosen.needs_base and parent is None:
        raise UserProblem(
            f"{chosen.title} needs a base model.", "None was named.", "Choose one, for example all-MiniLM-L6-v2."
        )
    trainable(data)
    config = {
        "dataset": data.id,
        "dataset_spec": data.spec,
        "method": method,
        "base": parent.id if parent else None,
        "base_spec": parent.spec if parent else "",
        "name": checked_name(name, "model name"),
        "parameters": values,
    }
    return queue(registry, "fine_tune", f"Train {config['name']} on {data.spec}: {chosen.title}", config, who)


def evaluate(registry: Registry, *, model: str, dataset: str, split: str = "test", who: str) -> Run:
    """Queue the scoring of a model version on one split of a dataset version."""
    if split not in SPLITS:
        raise UserProblem(f"There is no split {split!r}.", f"Splits are: {', '.join(SPLITS)}.")
    with registry.read() as session:
        version, data = usable(models.get(session, model)), datasets.get(session, dataset)
    fits(version, data)
    if not data.rows.get(split):
        raise UserProblem(f"{data.spec} has no {split} rows.", "Choose another split.")
    config = {
        "model": version.id,
        "model_spec": version.spec,
        "dataset": data.id,
        "dataset_spec": data.spec,
        "split": split,
    }
    return queue(registry, "evaluate", f"Score {version.spec} on {data.spec} ({split})", config, who)


def predict(
    registry: Registry,
    *,
    model: str,
    source: Staged,
    text_column: str | None = None,
    pair_column: str | None = None,
    who: str,
    reading: Mapping[str, Any] | None = None,
    spreadsheet_safe: bool = True,
) -> Run:
    """Queue the classification of a staged file; its bytes move into the artifact store, the staging folder goes."""
    with registry.read() as session:
        version = usable(models.get(session, model))
    columns = predictions.columns(source, text_column, pair_column, reading)
    artifact = predictions.keep_input(registry, source)
    config = {
        "model": version.id,
        "model_spec": version.spec,
        "input": asdict(artifact),
        "source": source.name,
        **columns,
        "spreadsheet_safe": spreadsheet_safe,
    }
    try:
        run = queue(registry, "predict", f"Classify {source.name} with {version.spec}", config, who)
    except BaseException:
        registry.artifacts.delete(artifact)
        raise
    discard(source)
    return run


def stop(registry: Registry, run_id: str, mode: StopRequest, who: str) -> Run:
    """Ask a run to stop; one that waits in the queue is cancelled at once."""
    with registry.begin() as session:
        runs.request_stop(session, run_id, mode, who)
    with registry.read() as session:
        run = runs.get(session, run_id)
    if run.over:
        tidy(registry, run)
    return run


def usable(version: ModelVersion) -> ModelVersion:
    """The version, when it can classify; UserProblem when it is only pretrained or its files are damaged."""
    no_table(version, "Classifying needs a fine-tuned model.", "Choose one, or measure the table on the Bias page.")
    if version.kind != "fine_tuned":
        raise UserProblem(
            f"{version.spec} is a pretrained model.", "Classifying needs a fine-tuned one.", "Train one first."
        )
    if version.status == "corrupt":
        raise UserProblem(f"The files of {version.spec} are damaged.", "", "Import or train it again.")
    return version


def labelled(data: DatasetVersion) -> None:
    """UserProblem where the dataset is raw text, which has no labels to learn or to score."""
    if data.is_raw_text:
        raise UserProblem(
            f"{data.spec} is raw text without labels.", "Labelled rows are wanted here.",
            "Choose a dataset of labelled rows, or pre-train on the text.",
        )  # fmt: skip


def fits(version: ModelVersion, data: DatasetVersion) -> None:
    """UserProblem unless the dataset asks the question that the model answers."""
    labelled(data)
    if version.problem_type != data.problem_type:
        raise UserProblem(
            f"{version.spec} is for {_words(version.problem_type)}, {data.spec} has {_words(data.problem_type)}.",
            "Choose a dataset of the same kind.",
        )
    unknown = [label for label in data.labels if label not in version.labels]
    if unknown:
        raise UserProblem(
            f"{data.spec} has labels that {version.spec} does not know: {', '.join(map(repr, unknown[:5]))}.",
            f"The model's labels are: {', '.join(map(repr, version.labels[:20]))}.",
            "Choose a dataset with the same labels.",
        )


def _words(problem_type: str) -> str:
    return {"single_label": "one label a row", "multi_label": "several labels a row"}.get(problem_type, problem_type)


def _method(name: str) -> Any:
    from core.training.methods import METHODS

    if name not in METHODS:
        raise UserProblem(f"There is no method {name!r}.", f"Methods are: {', '.join(METHODS)}.")
    return METHODS[name]


def _base(version: ModelVersion) -> ModelVersion:
    if version.status == "corrupt":
        raise UserProblem(f"The files of {version.spec} are damaged.", "", "Import it again or choose another base.")
    no_table(version, "A base model must be a BERT.", "Choose a pretrained model.")
    if version.kind != "pretrained" and version.facts.get("scorer") not in (None, "sequence", "probe"):
        raise UserProblem(f"{version.spec} holds no BERT.", "A base model must be one.", "Choose a pretrained model.")
    return version


def trainable(data: DatasetVersion) -> None:
    """UserProblem unless the dataset has labelled rows to train on."""
    labelled(data)
    if not data.rows.get("train"):
        raise UserProblem(f"{data.spec} has no rows to train on.", "", "Choose a dataset with a train split.")
    if len(data.labels) < 2:
        raise UserProblem(f"{data.spec} has {len(data.labels)} label.", "Training needs at least two.")


def queue(registry: Registry, kind: str, title: str, config: Mapping[str, Any], who: str) -> Run:
    """Add the queued row and see that a worker lives."""
    check_engine(registry)
    with registry.begin() as session:
        run = runs.submit(session, kind=kind, title=title, config=config, who=who)
    ensure_worker(registry)
    return run
