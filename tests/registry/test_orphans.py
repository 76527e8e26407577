"""Files that no record names are found and removed; everything named stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

from registry import models, orphans, runs
from registry.artifacts import DAY, place
from registry.names import new_id
from registry.records import Artifact
from registry.session import Registry


def publish(registry: Registry, kind: str, *, age: float) -> Artifact:
    with registry.artifacts.staging() as folder:
        (folder / "x").write_text(kind)
        artifact = registry.artifacts.publish(folder, kind, new_id())
    place_on_disk = registry.artifacts.root / place(artifact.key)
    for path in [*place_on_disk.rglob("*"), place_on_disk]:
        os.utime(path, (time.time() - age,) * 2)
    return artifact


def test_only_old_files_without_a_record_are_removed(registry: Registry, making) -> None:
    old = 2 * DAY
    named = [publish(registry, kind, age=old) for kind in ("dataset", "model", "predictions")]
    lost, fresh = publish(registry, "model", age=old), publish(registry, "model", age=60)
    making.dataset(artifact=named[0])
    making.model(artifact=named[1])
    run = making.claimed()
    with registry.begin() as session:
        runs.finish(session, run.id, 1, {"output": {"artifact": named[2].key}, "rows": 3})
    waiting = publish(registry, "upload", age=old)
    making.run(kind="predict", config={"input": {"key": waiting.key}})
    assert orphans.orphans(registry) == (lost.key,)
    swept = orphans.sweep(registry)
    assert swept.artifacts == (lost.key,)
    assert set(registry.artifacts.stored()) == {artifact.key for artifact in (*named, fresh, waiting)}


def test_what_a_deleted_model_leaves_is_found(registry: Registry, making) -> None:
    artifact = publish(registry, "model", age=2 * DAY)
    version = making.model(artifact=artifact)
    assert orphans.orphans(registry) == ()
    with registry.begin() as session:
        models.delete(session, version.id, "ann")
    assert orphans.orphans(registry) == (artifact.key,)


def test_a_crashed_publication_is_swept(registry: Registry) -> None:
    left: Path = registry.artifacts.root / ".staging" / new_id()
    left.mkdir()
    os.utime(left, (time.time() - 2 * DAY,) * 2)
    assert orphans.sweep(registry) == orphans.Swept(1, ())
    assert not left.exists()
