"""Bias results: the newest of an identity counts, older ones stay, and they go with their model."""

from __future__ import annotations

import pytest

from registry import bias_results, models, orphans, runs
from registry.errors import NotFound, Refused
from registry.names import new_id
from registry.records import Artifact, BiasResult
from registry.session import Registry

ARTIFACT = Artifact("bias/" + "b" * 32, "e" * 64, 1, (("found.json", 1, "f" * 64),))


def add(registry: Registry, model: str, **given) -> BiasResult:
    values = {
        "run": None, "measure": "weat", "identity": "i", "inputs": {"name": "WEAT 6"}, "settings": {"seed": 0},
        "found": {"headline": {"value": 0.5, "low": float("nan")}}, "artifact": ARTIFACT, "who": "ann",
    }  # fmt: skip
    with registry.begin() as session:
        return bias_results.add(session, model_version=model, **(values | given))


def test_the_newest_of_an_identity_counts_and_the_older_stay(registry: Registry, making) -> None:
    model, other = making.model().id, making.model().id
    old, ripa, new = add(registry, model), add(registry, model, measure="ripa", identity="r"), add(registry, model)
    elsewhere = add(registry, other)
    with registry.read() as session:
        assert bias_results.newest(session, model) == (new, ripa)
        assert bias_results.of_model(session, model) == (new, ripa, old)
        assert bias_results.of_model(session, model, "ripa") == (ripa,)
        assert bias_results.alike(session, "i") == (elsewhere, new, old)
        assert bias_results.get(session, ripa.id) == ripa
        with pytest.raises(NotFound, match="no bias result"):
            bias_results.get(session, new_id())


def test_a_result_comes_back_as_it_was_found(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        runs.finish(session, run.id, 1, {})
    first = add(registry, making.model().id, run=run.id)
    second = add(registry, first.model_version, run=run.id, identity="j")
    assert first.found == {"headline": {"value": 0.5, "low": None}} and first.artifact == ARTIFACT
    with registry.read() as session:
        assert bias_results.of_run(session, run.id) == (first, second)


def test_a_result_of_nothing_is_refused(registry: Registry) -> None:
    with pytest.raises(Refused, match="model was deleted meanwhile"):
        add(registry, new_id())


def test_results_go_with_their_model_and_hand_over_their_files(registry: Registry, making) -> None:
    model = making.model().id
    kept = add(registry, model)
    with registry.read() as session:
        assert ARTIFACT.key in orphans.in_use(session)
    with registry.begin() as session:
        assert ARTIFACT in models.delete(session, model, "ann")
    with registry.read() as session:
        assert ARTIFACT.key not in orphans.in_use(session)
        with pytest.raises(NotFound):
            bias_results.get(session, kept.id)


def test_a_database_of_the_first_schema_is_brought_up(registry: Registry, making) -> None:
    """Schema 0001 had everything but this table."""
    from sqlalchemy import text

    from registry import migrations

    model = making.model().id
    with registry._writing.begin() as connection:
        connection.execute(text("DROP TABLE bias_result"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    migrations.upgrade(registry._writing)
    assert add(registry, model).model_version == model
