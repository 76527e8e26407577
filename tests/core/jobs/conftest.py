"""A fresh registry for each test, and the small real world that the fault tests stand on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.home import Home
from registry.session import Registry

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "faults"))


@pytest.fixture
def registry(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """An open registry in an empty home; no worker is started for it."""
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    opened = Registry.open(Home.from_environment())
    yield opened
    opened.close()
