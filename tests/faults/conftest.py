"""A home with fast leases and real workers for each fault test; nobody is left alive afterwards."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.home import Home
from registry.session import Registry

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from fault_ground import FAST, Ground  # noqa: E402


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a fault test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture(params=range(int(os.environ.get("AMONTILLADO_FAULT_REPEATS", "1"))))
def repeat(request: pytest.FixtureRequest) -> int:
    """How often the test was run before: AMONTILLADO_FAULT_REPEATS says how often it is run."""
    number: int = request.param
    return number


@pytest.fixture
def ground(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    """A fresh registry with fast leases; everything started is ended afterwards."""
    for name, value in FAST.items():
        monkeypatch.setenv(name, value)
    registry = Registry.open(Home.from_environment())
    ground = Ground(registry, tmp_path / "journal")
    yield ground
    ground.clear()
    registry.close()
