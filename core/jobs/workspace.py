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
from typing import Any

from core.jobs import datasets, uploads
from registry import events, models
from registry.errors import NotFound, Refused
from registry.home import Home
from registry.names import new_id
from registry.records import Artifact
from registry.session import Registry

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
    for sample in _samples():
        if _part(sample) not in done:
            _add_sample(registry, sample)


def _samples() -> tuple[Any, ...]:
    try:
        from core.data.samples import SAMPLES
    except ImportError:
        return ()
    return tuple(SAMPLES)


def _part(sample: Any) -> str:
    return f"sample {sample.name}"


def register_bundled_base(registry: Registry) -> None:
    """Add the bundled BERT as a pretrained model, unless it is there."""
    from core.encoding import base_models

    source = base_models.bundled()
    with registry.artifacts.staging() as folder:
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        artifact = registry.artifacts.publish(folder, "models", new_id())
    facts = base_models.describe(source)
    if not _added(registry, base_models.BUNDLED_NAME, facts, base_models.digest(source), artifact):
        registry.artifacts.delete(artifact)
    _record(registry, BASE)


def _added(registry: Registry, name: str, facts: dict[str, Any], digest: str, artifact: Artifact) -> bool:
    with registry.begin(alone=NOUN) as session:
        try:
            models.get(session, name)
        except NotFound:
            models.add(
                session, name=name, kind="pretrained", method="", labels=(), problem_type="", parent=None,
                dataset_version=None, run=None, parameters={}, facts=facts, digest=digest, artifact=artifact,
                notes="Comes with Amontillado.", who=OURS,
            )  # fmt: skip
            return True
    return False


def _add_sample(registry: Registry, sample: Any) -> None:
    staged = uploads.stage_file(registry, sample.path)
    try:
        uploads.parse(staged)
        preflight = uploads.check(staged, sample.mapping)
        datasets.save(registry, staged, preflight, name=sample.name, description=sample.description, who=OURS)
    except Refused:
        pass  # another process was quicker
    finally:
        uploads.discard(staged)
    _record(registry, _part(sample))


def _prepared(registry: Registry) -> bool:
    return {BASE, *map(_part, _samples())} <= _done(registry)


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
