"""Doctor and restore: what is said about a healthy home and an ill one, and a backup that comes back whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_world import add_reviews, train_tfidf

from core.errors import UserProblem
from core.jobs import doctor, model_loading, restoring
from registry.artifacts import place
from registry.backup import backup
from registry.home import Home
from registry.session import Registry


def ill(registry: Registry) -> dict[str, str]:
    return {check.name: check.found for check in doctor.examine(registry) if not check.well}


def test_doctor_finds_nothing_in_a_healthy_home_and_names_the_damage_in_an_ill_one(registry: Registry) -> None:
    add_reviews(registry)
    version = train_tfidf(registry, "words")
    assert ill(registry) == {}
    path = registry.artifacts.root / place(version.artifact.key) / "calibration.json"
    path.write_text(path.read_text() + " ")
    assert "words/1" in ill(registry)["files"] and "calibration.json" in ill(registry)["files"]


def test_a_backup_comes_back_whole_into_an_empty_home_only(registry: Registry, tmp_path: Path) -> None:
    add_reviews(registry)
    version = train_tfidf(registry, "words")
    before = model_loading.load(registry, version.id)[1].predict(["Lovely soup"]).probabilities
    backup(registry, tmp_path / "backup")
    target = Home.at(tmp_path / "elsewhere")
    assert restoring.restore(tmp_path / "backup", target) == len(registry.artifacts.stored())
    restored = Registry.open(target)
    after = model_loading.load(restored, version.id)[1].predict(["Lovely soup"]).probabilities
    restored.close()
    assert (before == after).all()
    with pytest.raises(UserProblem, match="registry at"):
        restoring.restore(tmp_path / "backup", target)
    with pytest.raises(UserProblem, match="holds no registry.db"):
        restoring.restore(tmp_path, Home.at(tmp_path / "third"))
