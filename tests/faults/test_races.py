"""F13, through the services: many at once bring in versions of one name and move one alias."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fault_ground import Ground
from small_world import add_reviews, train_tfidf

from core.jobs import models as model_jobs
from registry import models
from registry.errors import Refused

AT_ONCE = 12


@pytest.mark.usefixtures("repeat")
def test_versions_stay_dense_and_an_alias_has_one_target(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    registry = ground.registry
    add_reviews(registry)
    archive = model_jobs.export(registry, train_tfidf(registry, "seed").id, tmp_path / "seed.zip")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        added = list(
            pool.map(
                lambda _: model_jobs.import_model(registry, str(archive), name="crowd", who="tester"), range(AT_ONCE)
            )
        )
        assert sorted(version.version for version in added) == list(range(1, AT_ONCE + 1))
        moved = list(pool.map(lambda number: _moved(ground, number), range(1, AT_ONCE + 1)))
    assert sum(moved) == 1
    with registry.read() as session:
        versions = models.versions_of(session, "crowd")
        champions = [version.version for version in versions if "champion" in version.aliases]
        assert len(versions) == AT_ONCE and champions == [moved.index(True) + 1]
        assert models.get(session, "crowd@champion").version == champions[0]
        assert len(models.alias_history(session, "crowd")) == 1


def _moved(ground: Ground, version: int) -> bool:
    try:
        with ground.registry.begin() as session:
            models.set_alias(session, "crowd", "champion", version, "tester", expected=0)
    except Refused:
        return False
    return True
