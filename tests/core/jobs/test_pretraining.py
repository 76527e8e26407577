"""A pre-training as a run: checked first; its child knows its parents, and who trains on it learns what it read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from small_world import add_reviews, add_story, add_tiny_bert, run_here

from core.data.column_mapping import ColumnMapping
from core.errors import UserProblem
from core.jobs import datasets, lineage, submit, submit_pretraining, uploads
from registry import models
from registry.errors import BadName, NotFound
from registry.records import ModelVersion
from registry.session import Registry

QUICK = {"num_train_epochs": 1, "tokens_a_batch": 512, "max_length": 64, "head_steps": 2, "precision": "float32"}
GOOD: dict[str, Any] = {"dataset": "story", "base": "tiny", "name": "child", "parameters": QUICK, "who": "tester"}


@pytest.fixture
def world(registry: Registry, tmp_path: Path) -> Registry:
    add_tiny_bert(registry, tmp_path / "tiny")
    add_story(registry, tmp_path)
    return registry


def pretrained(registry: Registry) -> ModelVersion:
    ended = run_here(registry, submit_pretraining.pretrain(registry, **GOOD))
    assert ended.status == "finished", ended.error + ended.log
    with registry.read() as session:
        return models.get(session, ended.result["model_version"])


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"dataset": "tale"}, NotFound, "tale"),
    ({"base": "giant"}, NotFound, "giant"),
    ({"name": "a/b"}, BadName, "slash"),
    ({"parameters": {"objective": "magic"}}, UserProblem, "must be one of mlm"),
    ({"parameters": {"epochs": 3}}, UserProblem, "no parameter 'epochs'"),
    ({"base": "scratch", "parameters": {"frozen_encoder": True}}, UserProblem, "no trained body"),
    ({"dataset": "reviews"}, UserProblem, "labelled rows"),
    ({"general": "reviews"}, UserProblem, "labelled rows"),
    ({"downstream": "story"}, UserProblem, "story/1"),
    ({"base": "scratch", "downstream": "reviews"}, UserProblem, "no parent"),
]


def test_a_wrong_wish_is_a_sentence(world: Registry) -> None:
    add_reviews(world, rows=20)
    for change, error, said in WRONG:
        with pytest.raises(error, match=said):
            submit_pretraining.pretrain(world, **{**GOOD, **change})


def test_the_child_knows_its_base_its_text_and_its_proof(world: Registry) -> None:
    child = pretrained(world)
    assert (child.kind, child.method, child.spec) == ("pretrained", "pretrain", "child/1")
    assert child.facts["pretrained_on"] == "story/1" and child.facts["base"] == "tiny/1"
    assert child.facts["fresh"] == ["masked-word head", "pair head"]
    assert {"pseudo_perplexity", "masked_words", "pairs"} <= set(child.facts["proof"]["values"])
    folder = world.artifacts.local(child.artifact)
    assert "## On the holdout" in (folder / "README.md").read_text(encoding="utf-8")
    with world.read() as session:
        assert child.parent == models.get(session, "tiny").id


def test_forgetting_and_a_score_downstream_when_they_are_asked_for(world: Registry, tmp_path: Path) -> None:
    add_story(world, tmp_path, "general", seed=9)
    add_reviews(world, rows=80)
    run = submit_pretraining.pretrain(world, **GOOD, general="general", downstream="reviews")
    ended = run_here(world, run)
    assert ended.status == "finished", ended.error + ended.log
    proof = ended.result["proof"]
    assert proof["values"]["forgetting"]["paired"]["n"] > 10
    assert proof["downstream"]["dataset"] == "reviews/1" and proof["downstream"]["difference"]["low"] is not None
    assert any("reviews/1" in sentence for sentence in proof["sentences"])


def test_training_on_the_child_tells_which_rows_it_has_read(world: Registry) -> None:
    child = pretrained(world)
    with world.read() as session:
        story = next(lineage.corpora(world, models.get(session, child.id)))
    assert story.spec == "story/1"
    from core.data.corpus.store import open_corpus

    read = [s for d in open_corpus(world.artifacts.local(story.artifact)).documents("train") for s in d.sentences]
    rows = [f'"{text}",{label}' for text, label in zip(dict.fromkeys(read), "abababababab" * 9, strict=False)]
    rows += [f'"Nothing of number {n} stood in the story at all.",{"ab"[n % 2]}' for n in range(40)]
    staged = uploads.stage(world, "leaky.csv", io.BytesIO("\n".join(["text,label", *rows]).encode()))
    uploads.parse(staged)
    datasets.save(world, staged, uploads.check(staged, ColumnMapping("text", "label")), name="leaky", who="tester")
    run = submit.fine_tune(
        world, dataset="leaky", method="linear_probe", base="child", name="probe", parameters={}, who="tester"
    )
    ended = run_here(world, run)
    assert ended.status == "finished", ended.error + ended.log
    with world.read() as session:
        probe = models.get(session, ended.result["model_version"])
    [told] = probe.facts["read_before"]
    read_rows, all_rows = told["rows"]["test"]
    assert told["corpus"] == "story/1" and 0 < read_rows < all_rows
    assert "pre-trained on story/1" in probe.notes and f"{read_rows} of {all_rows} test rows" in probe.notes
    assert "proof" not in probe.facts and probe.facts["layers"] == 2
