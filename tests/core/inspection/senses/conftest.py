"""The bundled model as a subject, loaded once."""

from __future__ import annotations

import pytest

from core.encoding import base_models
from core.inspection.subject import Subject


@pytest.fixture(scope="session")
def minilm() -> Subject:
    return Subject(base_models.bundled())
