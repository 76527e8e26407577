"""Models that are measured in these tests: small tables of word vectors made on the spot, and the bundled BERT."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from core.bias.audited import STATIC, Audited
from core.bias.vectors.static import save_static
from core.encoding.base_models import bundled
from tests.core.inspection.fill_mask.masked_models import random_masked

Tiny = Callable[..., Audited]


@pytest.fixture
def table(tmp_path: Path) -> Callable[[Mapping[str, Sequence[float]]], Audited]:
    """A table of word vectors as a model: `table({"rose": [1, 0], ...})`."""

    def made(rows: Mapping[str, Sequence[float]]) -> Audited:
        folder = tmp_path / f"table-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        save_static(folder, list(rows), np.array(list(rows.values()), dtype=np.float64))
        return Audited(folder, STATIC, "table/1")

    return made


@pytest.fixture(scope="session")
def bert() -> Audited:
    """The bundled BERT."""
    return Audited(bundled(), "pretrained", "all-MiniLM-L6-v2/1")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """`tiny("roberta")`: a random model of that kind with a masked-word head that looks trained, made once."""
    made: dict[str, Audited] = {}

    def model(kind: str = "bert") -> Audited:
        if kind not in made:
            folder = random_masked(tmp_path_factory.mktemp(kind) / "model", kind)
            made[kind] = Audited(folder, "pretrained", f"{kind}/1")
        return made[kind]

    return model
