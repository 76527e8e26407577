"""A tiny BERT in a folder, one a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.encoding.tiny_models import tiny_body


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random BERT of two layers, H = 32, at most 64 pieces."""
    return tiny_body(tmp_path_factory.mktemp("tiny") / "bert")
