"""What all tests share: offline switches, a home of their own, and the real data where it lies beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.threads import SLEEPING

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
for _name, _value in SLEEPING.items():
    os.environ.setdefault(_name, _value)

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data sets for tests; they lie beside the checkout and are no part of it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder with real data sets does not lie beside this checkout")
    return SHARED_DATA


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home folder that the code under test and its child processes use."""
    folder = tmp_path / "home"
    monkeypatch.setenv("AMONTILLADO_HOME", str(folder))
    monkeypatch.delenv("AMONTILLADO_DATABASE_URL", raising=False)
    monkeypatch.delenv("AMONTILLADO_ARTIFACT_URL", raising=False)
    return folder
