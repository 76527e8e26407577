"""A home that is ready for work: folders, tables, the bundled base model, and the sample datasets.

Opening is quick once prepared. What was prepared is written into the audit trail, so that a sample that somebody
deleted does not come back, and any number of processes may open the same home at once.
"""

from __future__ import annotations

import fcntl
import getpass
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.jobs import corpora, datasets, uploads
from registry import events, models
from registry.errors import NotFound, Refused
from registry.home import Home
from registry.names import new_id
from registry.records import Artifact
from registry.session import Registry

if TYPE_CHECKING:
    from core.data.samples import RawSample, Sample

OURS = "amontillado"
NOUN, BASE = "workspace", "base"


def open_workspace(home: Home | None = None) -> Registry:
    """Open the registry of `home` (default: the one the environment names), prepared on first use."""
    home = (home or Home.from_environment()).prepare()
    registry = Registry.open(home)
    if not _prepared(registry):
        with _alone(home):
            _prepare(registry)
    return registry


def who() -> str:
    """The name that work is recorded under: AMONTILLADO_USER, else the name of the operating system's user."""
    named = os.environ.get("AMONTILLADO_USER", "").strip()
    try:
        return (named or getpass.getuser())[:100]
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def _prepare(registry: Registry) -> None:
    done = _done(registry)
    if BASE not in done:
        register_bundled_base(registry)
    if _part(_corpus()) not in done:  # before the labelled samples, which stand above it on pages
        _add_corpus(registry, _corpus())
    for sample in reversed(_samples()):  # added last, the first is the newest and stands first on pages
        if _part(sample) not in done:
            _add_sample(registry, sample)


def _samples() -> tuple[Sample, ...]:
    from core.data.samples import SAMPLES

    return SAMPLES


def _corpus() -> RawSample:
    from core.data.samples import CORPUS

    return CORPUS


def _part(sample: Sample | RawSample) -> str:
    return f"sample {sample.name}"


def register_bundled_base(registry: Registry) -> None:
    """Add the bundled BERT as a pretrained model, unless it is there."""
    from core.encoding import base_models

    register_base(registry, base_models.BUNDLED_NAME, base_models.bundled(), "Comes with Amontillado.")
    _record(registry, BASE)


def register_base(registry: Registry, name: str, source: Path, notes: str) -> None:
    """Add the model in the folder `source` as the first version of the pretrained model `name`, unless there is one."""
    from core.encoding import base_models

    with registry.artifacts.staging() as folder:
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        artifact = registry.artifacts.publish(folder, "models", new_id())
    try:
        added = _added(registry, name, base_models.describe(source), base_models.digest(source), artifact, notes)
    except BaseException:
        registry.artifacts.delete(artifact)
        raise
    if not added:
        registry.artifacts.delete(artifact)


def _added(registry: Registry, name: str, facts: dict[str, Any], digest: str, artifact: Artifact, notes: str) -> bool:
    with registry.begin(alone=NOUN) as session:
        try:
            models.get(session, name)
        except NotFound:
            models.add(
                session, name=name, kind="pretrained", method="", labels=(), problem_type="", parent=None,
                dataset_version=None, run=None, parameters={}, facts=facts, digest=digest, artifact=artifact,
                notes=notes, who=OURS,
            )  # fmt: skip
            return True
    return False


def _add_sample(registry: Registry, sample: Sample) -> None:
    from core.encoding import base_models

    staged = uploads.stage_file(registry, sample.path)
    try:
        uploads.parse(staged)
        preflight = uploads.check(staged, sample.mapping, tokenizer=base_models.bundled())
        datasets.save(registry, staged, preflight, name=sample.name, description=sample.description, who=OURS)
    except Refused:
        pass  # another process was quicker
    finally:
        uploads.discard(staged)
    _record(registry, _part(sample))


def _add_corpus(registry: Registry, sample: RawSample) -> None:
    from core.data.corpus.options import CorpusOptions
    from core.encoding import base_models

    staged = corpora.stage_files(registry, [sample.path])
    try:
        report = corpora.check(staged, CorpusOptions(), tokenizer=base_models.bundled())
        corpora.save(registry, staged, report, name=sample.name, description=sample.description, who=OURS)
    except Refused:
        pass  # another process was quicker
    finally:
        uploads.discard(staged)
    _record(registry, _part(sample))


def _prepared(registry: Registry) -> bool:
    return {BASE, _part(_corpus()), *map(_part, _samples())} <= _done(registry)


def _done(registry: Registry) -> set[str]:
    with registry.read() as session:
        return {event.target for event in events.listing(session, noun=NOUN)}


def _record(registry: Registry, part: str) -> None:
    with registry.begin() as session:
        events.record(session, OURS, "prepare", NOUN, part, {})


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One process of this machine at a time; the others wait and then find the work done."""
    with (home.root / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
