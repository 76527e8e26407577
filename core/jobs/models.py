"""What people do with model versions: verify, bring in, take out, delete. Files and rows stay in step.

Importing copies safetensors, tokenizer and JSON, nothing else; what was imported is loaded and replayed before its row
appears. A table of word vectors is read row by row and written anew.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import UserProblem
from core.jobs import model_loading, vector_imports
from core.jobs.publish import discard
from registry import models
from registry.names import checked_name, new_id
from registry.records import Artifact, ModelVersion

if TYPE_CHECKING:
    from registry.session import Registry

IMPORT_FOLDER = "AMONTILLADO_IMPORT_FOLDER"


@dataclass(frozen=True)
class Verified:
    """What a check of a version found: every file as it was, and the golden rows replayed."""

    spec: str
    files: int
    size: int
    golden_rows: int
    max_difference: float
    tolerance: float
    precision: str

    def __str__(self) -> str:
        files = f"{self.spec}: all {self.files} files are as they were saved"
        if not self.golden_rows:
            return f"{files}; it has no golden rows to replay."
        return (
            f"{files}, and {self.golden_rows} golden rows give the same probabilities "
            f"(largest difference {self.max_difference:.1e} in {self.precision}, allowed {self.tolerance:.0e})."
        )


def verify(registry: Registry, spec: str, who: str) -> Verified:
    """Check every file and replay the golden rows; marks the version corrupt and raises when anything differs."""
    from core.inference import folder as model_folder
    from core.inference import golden

    with registry.read() as session:
        version = models.get(session, spec)
    folder = model_loading.files(registry, version, who)
    replayed = golden.GoldenReport(0, 0.0)
    try:
        if version.kind == "fine_tuned":
            replayed = golden.check(model_folder.load(folder, verify=True), folder)
    except UserProblem as problem:
        model_loading.mark(registry, version, str(problem), who)
        raise
    return Verified(
        version.spec, len(version.artifact.files), version.artifact.size, replayed.rows, replayed.max_difference,
        replayed.tolerance, replayed.precision,
    )  # fmt: skip


def delete(registry: Registry, spec: str, who: str) -> ModelVersion:
    """Delete a version that nothing needs, its scores and its files; Refused says what needs it."""
    with registry.begin() as session:
        version = models.get(session, spec)
        artifacts = models.delete(session, version.id, who)
    discard(registry, artifacts)
    return version


def export(registry: Registry, spec: str, target: Path, who: str = "registry") -> Path:
    """Write the version's folder as a zip that loads with plain transformers once unpacked.

    Where bias was measured, its card in the zip says so and the bias passport lies beside it.
    """
    from core.inference import package
    from core.jobs import passports

    with registry.read() as session:
        version = models.get(session, spec)
    folder = model_loading.files(registry, version, who)
    package.export_zip(folder, target, passports.papers(registry, version, _card(folder)))
    return target


def _card(folder: Path) -> str:
    """The folder's own card, empty where it has none."""
    place = folder / "README.md"
    return place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""


def import_model(
    registry: Registry, source: str, *, name: str | None = None, who: str, called: str | None = None
) -> ModelVersion:
    """Add a model from a zip, a folder, a file of word vectors, or (with a network) a Hub id, as `name`'s next version.

    `called` is what people call the source, where its path does not say it.
    """
    name = checked_name(name or _name_of(source), "model name")
    with registry.artifacts.staging() as folder:
        facts = _brought(registry, source, folder, called)
        described = _described(folder)
        artifact = registry.artifacts.publish(folder, "models", new_id())
    try:
        return _add(registry, name, {**facts, **described, "source": called or _shown(source)}, artifact, who)
    except BaseException:
        discard(registry, (artifact,))
        raise


def _brought(registry: Registry, source: str, folder: Path, called: str | None) -> dict[str, Any]:
    from core.inference import package

    place = Path(source).expanduser()
    if _readable(registry, place) and place.exists():
        return vector_imports.brought(place, folder, called) or dict(package.import_archive(place, folder))
    if not re.fullmatch(r"[\w.-]+/[\w.-]+|[\w.-]+", source) or source.endswith(
        (".zip", ".tar", ".gz", *vector_imports.SUFFIXES)
    ):
        raise UserProblem(f"There is no file or folder {source}.", "Name a zip, a folder, or a model id of the Hub.")
    from core.encoding import base_models

    return dict(package.import_archive(base_models.from_hub(source, None), folder))


def _readable(registry: Registry, place: Path) -> bool:
    """Whether models may be taken from there: on a shared server only from the folder that its owner names."""
    named = os.environ.get(IMPORT_FOLDER, "").strip()
    roots = (Path(named).expanduser(), registry.home.uploads)
    return not named or any(place.resolve().is_relative_to(root.resolve()) for root in roots)


def _described(folder: Path) -> dict[str, Any]:
    """Facts of the BERT in the folder; empty where there is none."""
    from core.encoding import base_models

    return base_models.describe(folder) if (folder / "config.json").is_file() else {}


def _add(registry: Registry, name: str, facts: dict[str, Any], artifact: Artifact, who: str) -> ModelVersion:
    labels = tuple(facts.pop("labels", ()))
    with registry.begin() as session:
        return models.add(
            session, name=name, kind=facts.pop("kind", "fine_tuned" if labels else "pretrained"),
            method=facts.pop("method", ""), labels=labels,
            problem_type=facts.pop("problem_type", "") if labels else "", parent=None, dataset_version=None, run=None,
            parameters={}, facts=facts, digest=facts.pop("digest", artifact.digest), artifact=artifact,
            notes=f"Imported from {facts['source']}.", who=who,
        )  # fmt: skip


def _name_of(source: str) -> str:
    return re.sub(r"(\.zip|\.tar|\.gz|\.txt|\.vec|\.bin|\.npz)+$", "", Path(source).name) or "imported"


def _shown(source: str) -> str:
    """What is kept of where it came from: a Hub id, or the last part of a path."""
    return Path(source).name if Path(source).expanduser().exists() else source
