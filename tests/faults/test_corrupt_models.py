"""F10: files of a model are damaged in every way; it is found at load, marked, and nobody else is touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fault_ground import Ground
from small_world import add_reviews, run_here, train_tfidf

from core.errors import UserProblem
from core.jobs import model_loading, submit, uploads
from core.jobs import models as model_jobs
from registry import models
from registry.artifacts import place
from registry.errors import CorruptArtifact
from registry.records import ModelVersion


def flipped_byte(folder: Path) -> None:
    """One bit of one weight: safetensors loads it without complaint."""
    [weights] = folder.glob("*.safetensors")
    data = bytearray(weights.read_bytes())
    data[-1000] ^= 1
    weights.write_bytes(data)


def truncated(folder: Path) -> None:
    [weights] = folder.glob("*.safetensors")
    weights.write_bytes(weights.read_bytes()[:-100])


def missing(folder: Path) -> None:
    (folder / "calibration.json").unlink()


def swapped_config(folder: Path) -> None:
    """The labels in another order: every prediction would be wrong, and none would look it."""
    path = folder / "classifier.json"
    values = json.loads(path.read_text())
    values["labels"].reverse()
    path.write_text(json.dumps(values))


DAMAGES = (flipped_byte, truncated, missing, swapped_config)


@pytest.fixture
def version(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> ModelVersion:
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    add_reviews(ground.registry)
    return train_tfidf(ground.registry, "sound")


def test_every_damage_is_found_at_load_and_marked(ground: Ground, version: ModelVersion, tmp_path: Path) -> None:
    registry = ground.registry
    archive = model_jobs.export(registry, version.id, tmp_path / "sound.zip")
    before = model_loading.load(registry, version.id)[1].predict(["Lovely pizza"]).probabilities
    for damage in DAMAGES:
        hurt = model_jobs.import_model(registry, str(archive), name=damage.__name__, who="tester")
        model_loading.load(registry, hurt.id)
        _damage(ground, hurt, damage)
        with pytest.raises((CorruptArtifact, UserProblem)) as told:
            model_loading.load(registry, hurt.id)
        assert ".json" in str(told.value) or ".safetensors" in str(told.value)
        assert _status(ground, hurt) == "corrupt"
        with pytest.raises(UserProblem, match="damaged"):
            model_loading.load(registry, hurt.id)
        with pytest.raises(CorruptArtifact):
            model_jobs.export(registry, hurt.id, tmp_path / "hurt.zip")
        with pytest.raises(CorruptArtifact):
            model_jobs.verify(registry, hurt.id, "tester")
    assert _status(ground, version) == "ready"
    after = model_loading.load(registry, version.id)[1].predict(["Lovely pizza"]).probabilities
    assert (before == after).all()
    assert "20 golden rows" in str(model_jobs.verify(registry, version.id, "tester"))


def test_a_model_damaged_after_submission_predicts_nothing(
    ground: Ground, version: ModelVersion, tmp_path: Path
) -> None:
    texts = tmp_path / "texts.csv"
    texts.write_text("text\nLovely pizza\nCold soup\n")
    staged = uploads.stage_file(ground.registry, texts)
    run = submit.predict(ground.registry, model=version.id, source=staged, who="tester")
    _damage(ground, version, flipped_byte)
    ended = run_here(ground.registry, run)
    assert (ended.status, ended.error_kind) == ("failed", "user")
    assert "safetensors" in ended.error and not ended.result
    assert _status(ground, version) == "corrupt"
    assert not [key for key in ground.registry.artifacts.stored() if key.startswith(("outputs/", "inputs/"))]


def _damage(ground: Ground, version: ModelVersion, damage: Callable[[Path], None]) -> None:
    damage(ground.registry.artifacts.root / place(version.artifact.key))


def _status(ground: Ground, version: ModelVersion) -> str:
    with ground.registry.read() as session:
        return models.get(session, version.id).status
