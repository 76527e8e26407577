"""Mitigations of a small classifier as runs: the new version verifies, is scored beside its parent, and is measured."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest
from small_world import BAD, GOOD, add_tiny_bert, run_here

from core.bias.inputs import Inputs
from core.bias.word_sets import WordTest
from core.data.column_mapping import ColumnMapping
from core.jobs import datasets, mitigating, submit, uploads
from core.jobs import models as model_jobs
from core.jobs.mitigating import Wanted
from registry import bias_results, models, scores
from registry.records import Run
from registry.session import Registry

GROUPS = {"men": ["he", "man", "boy", "father", "son", "brother"],
          "women": ["she", "woman", "girl", "mother", "daughter", "sister"]}  # fmt: skip


def add_people(registry: Registry, rows: int = 240) -> None:
    """Short rows about a man or a woman; women's are more often negative."""
    chance, lines = random.Random(0), ["text,label"]
    for number in range(rows):
        side = number % 2
        bad = chance.random() < (0.7 if side else 0.3)
        person = chance.choice(GROUPS["women" if side else "men"])
        lines.append(
            f"Visit {number}: the {person} was {chance.choice(BAD if bad else GOOD)},{'bad' if bad else 'good'}"
        )
    staged = uploads.stage(registry, "people.csv", io.BytesIO("\n".join(lines).encode()))
    uploads.parse(staged)
    datasets.save(registry, staged, uploads.check(staged, ColumnMapping("text", "label")), name="people", who="tester")


@pytest.fixture
def world(registry: Registry, tmp_path: Path) -> Registry:
    """A probe on a tiny BERT, trained on rows about people."""
    add_people(registry)
    (tmp_path / "tiny").mkdir()
    add_tiny_bert(registry, tmp_path / "tiny")
    run = submit.fine_tune(
        registry, dataset="people", method="linear_probe", base="tiny", name="probe", parameters={"pooling": "mean"},
        who="tester",
    )  # fmt: skip
    ended = run_here(registry, run)
    assert ended.status == "finished", ended.error + ended.log
    return registry


def mitigated(world: Registry, method: str, **settings: Any) -> Run:
    words = WordTest.from_json({"name": "people", "targets": GROUPS})
    wanted = Wanted(method, f"{method}-made", Inputs("people", words), settings)
    run = run_here(world, mitigating.submit(world, model="probe", wanted=wanted, who="tester"))
    assert run.status == "finished", run.error + run.log
    return run


def test_each_method_makes_a_version_that_verifies_and_is_compared(world: Registry) -> None:
    for method, settings in (
        ("sentence_debias", {}), ("inlp", {"most": 5}), ("cda", {}), ("reweighting", {"heads": 10}),
    ):  # fmt: skip
        run = mitigated(world, method, **settings)
        with world.read() as session:
            child, parent = models.get(session, run.result["model_version"]), models.get(session, "probe/1")
            found = bias_results.of_run(session, run.id)
            kept = scores.latest(session, child.id, parent.dataset_version, "test")
        assert (child.parent, child.kind, child.method) == (parent.id, "fine_tuned", "linear_probe")
        assert child.dataset_version == parent.dataset_version and child.parameters == parent.parameters
        assert model_jobs.verify(world, child.spec, "tester").golden_rows == 20
        assert len(found) == 2 * len(run.result["changes"]) == 8 and kept is not None
        assert any(
            "Names of men and women (subgroups) was not measured: No row" in note
            for note in child.facts["mitigation"]["notes"]
        )
        assert kept.metrics["f1_macro"]["value"] == pytest.approx(run.result["score"]["after"]["value"])
        by = {(one["measure"], one["inputs"]): one for one in run.result["changes"]}
        assert by["counterfactual", "people"]["tuned"] and by["counterfactual", "people"]["before"] is not None
        others = [one for one in by.values() if not one["tuned"]]
        assert len(others) == 2 and by["counterfactual", "Names of men and women · ready sentences"] in others
        if method == "sentence_debias":
            assert by["counterfactual", "people"]["after"] < by["counterfactual", "people"]["before"]
        if method == "cda":
            assert run.result["facts"]["copies"] == run.result["facts"]["rows"]  # every row is about one person
