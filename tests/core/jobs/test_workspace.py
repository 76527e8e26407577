"""Opening a home: prepared once, by whoever comes first, and quick ever after."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.jobs import datasets as saving
from core.jobs import workspace
from registry import datasets, models

ROOT = Path(__file__).resolve().parents[3]
NAMES = ("cellar-story", "food-reviews", "support-tickets")
OPEN = "from core.jobs.workspace import open_workspace; open_workspace()"


@pytest.mark.slow
def test_many_may_open_a_new_home_at_once(home: Path) -> None:
    openers = [subprocess.Popen([sys.executable, "-c", OPEN], cwd=ROOT, env=os.environ) for _ in range(3)]
    assert [opener.wait(timeout=300) for opener in openers] == [0, 0, 0]
    registry = workspace.open_workspace()
    with registry.read() as session:
        [base] = models.listing(session)
        samples = datasets.listing(session)
    assert base.name == "all-MiniLM-L6-v2" and len(base.versions) == 1
    assert base.versions[0].kind == "pretrained" and base.versions[0].facts["layers"] == 6
    assert {sample.name: sample.version for sample in samples} == dict.fromkeys(NAMES, 1)
    assert len(registry.artifacts.stored()) == 4 and list(registry.home.uploads.iterdir()) == []
    saving.delete(registry, samples[0].id, "tester")
    again = workspace.open_workspace()
    with again.read() as session:
        assert len(datasets.listing(session)) == 2  # a sample that was deleted stays deleted


def test_who_comes_from_the_environment_or_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMONTILLADO_USER", "  Ada ")
    assert workspace.who() == "Ada"
    monkeypatch.setenv("AMONTILLADO_USER", "")
    monkeypatch.setenv("LOGNAME", "grace")
    assert workspace.who() == "grace"
