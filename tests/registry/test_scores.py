"""Scores: the newest of a model on a split counts, older ones stay."""

from __future__ import annotations

import math

import pytest

from registry import scores
from registry.errors import Refused
from registry.names import new_id
from registry.records import Artifact, Score
from registry.session import Registry


def add(registry: Registry, model: str, data: str, **given) -> Score:
    values = {
        "split": "test", "rows": 500, "evaluation_hash": "h", "metrics": {"macro_f1": {"value": 0.9}}, "details": {},
        "artifact": None, "who": "ann",
    }  # fmt: skip
    with registry.begin() as session:
        return scores.add(session, model_version=model, dataset_version=data, **(values | given))


def test_the_newest_score_counts_and_the_older_stay(registry: Registry, making) -> None:
    model, data = making.model().id, making.dataset().id
    old, validation, new = (
        add(registry, model, data),
        add(registry, model, data, split="validation"),
        add(registry, model, data),
    )
    with registry.read() as session:
        assert scores.latest(session, model, data, "test") == new
        assert scores.latest(session, model, data, "validation") == validation
        assert scores.latest(session, model, data, "train") is None
        assert scores.latest(session, new_id(), data, "test") is None
        assert scores.of_model(session, model) == (new, validation, old)
        assert scores.of_dataset(session, data) == (new, validation, old)


def test_a_score_comes_back_as_it_was_measured(registry: Registry, making) -> None:
    predictions = Artifact("predictions/" + "b" * 32, "e" * 64, 1, (("p.parquet", 1, "f" * 64),))
    metrics = {"macro_f1": {"value": 0.91, "low": 0.89, "high": math.nan}, "accuracy": {"value": 1}}
    score = add(
        registry, making.model().id, making.dataset().id, metrics=metrics, details={"confusion": [[1, 0], [0, 2]]},
        artifact=predictions,
    )  # fmt: skip
    with registry.read() as session:
        (read,) = scores.of_model(session, score.model_version)
    assert read == score and read.artifact == predictions
    assert read.metrics == {"macro_f1": {"value": 0.91, "low": 0.89, "high": None}, "accuracy": {"value": 1}}
    assert read.details == {"confusion": [[1, 0], [0, 2]]} and list(read.metrics) == ["macro_f1", "accuracy"]


def test_a_score_of_nothing_is_refused(registry: Registry, making) -> None:
    model, data = making.model().id, making.dataset().id
    for pair in ((new_id(), data), (model, new_id())):
        with pytest.raises(Refused, match="deleted meanwhile"):
            add(registry, *pair)
