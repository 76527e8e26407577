"""What runs make: scores that can be recomputed from their file, a file of predictions, a fair comparison."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
import pytest
from small_world import add_reviews, run_here, train_tfidf

from core.commands import runs as commands
from core.data import dataset
from core.errors import UserProblem
from core.jobs import comparison, gc, model_loading, predictions, scoring, submit, uploads
from core.jobs import models as model_jobs
from registry import models, runs, scores
from registry.errors import Refused
from registry.session import Registry


def test_a_score_can_be_recomputed_from_its_predictions(registry: Registry) -> None:
    data_version = add_reviews(registry)
    version = train_tfidf(registry, "words")
    with registry.read() as session:
        score = scores.latest(session, version.id, data_version.id, "test")
    assert score is not None and score.rows == data_version.rows["test"]
    stored = scoring.read(registry, score, version.labels)
    data = dataset.read(registry.artifacts.local(data_version.artifact))
    assert np.array_equal(stored.row_ids, data.test.row_ids) and np.array_equal(stored.targets, data.test.targets)
    accuracy = float((stored.probabilities.argmax(axis=1) == stored.targets).mean())
    assert accuracy == pytest.approx(score.metrics["accuracy"]["value"])
    again = model_loading.load(registry, version.id)[1].predict(data.test.texts)
    assert np.allclose(again.probabilities, stored.probabilities, atol=1e-6)
    assert score.details["labels"] == list(version.labels) and "majority" in score.details
    folder = registry.artifacts.local(version.artifact)
    assert (folder / "README.md").read_text().startswith("---") and "reviews/1" in (folder / "README.md").read_text()


def test_a_file_is_classified_with_its_columns_kept(registry: Registry, tmp_path: Path) -> None:
    add_reviews(registry)
    version = train_tfidf(registry, "words")
    texts = tmp_path / "texts.csv"
    texts.write_text("id,text\n7,Lovely pizza and warm bread\n8,Cold soup and rude waiter\n9,=1+1\n")
    run = submit.predict(registry, model="words", source=uploads.stage_file(registry, texts), who="tester")
    ended = run_here(registry, run)
    assert ended.status == "finished", ended.error
    with predictions.output(registry, ended).open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows] == ["7", "8", "9"]
    assert [row["prediction"] for row in rows[:2]] == ["positive", "negative"]
    assert rows[2]["text"] == "'=1+1" and {row["model"] for row in rows} == {version.spec}
    assert ended.result["rows"] == 3 and sum(ended.result["counts"].values()) == 3
    assert not [key for key in registry.artifacts.stored() if key.startswith("inputs/")]
    assert not (registry.home.checkpoints / run.id).exists()


def test_a_result_is_saved_by_the_command_line_or_refused_in_a_sentence(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_reviews(registry)
    train_tfidf(registry, "words")
    texts, target = tmp_path / "texts.csv", tmp_path / "result.csv"
    texts.write_text("id,text\n7,Lovely pizza and warm bread\n")
    run = submit.predict(registry, model="words", source=uploads.stage_file(registry, texts), who="tester")
    monkeypatch.setattr(commands, "workspace", lambda: registry)
    asked = argparse.Namespace(run_id=run.id, output=target)
    with pytest.raises(UserProblem, match="no result"):
        commands.save(asked)
    ended = run_here(registry, run)
    assert commands.save(asked).value == {"output": target, "bytes": target.stat().st_size}
    assert target.read_bytes() == predictions.output(registry, ended).read_bytes()
    with pytest.raises(UserProblem, match="cannot be written"):
        commands.save(argparse.Namespace(run_id=run.id, output=tmp_path / "no" / "such" / "folder.csv"))
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_two_versions_are_compared_on_the_same_rows(registry: Registry) -> None:
    add_reviews(registry)
    train_tfidf(registry, "words")
    train_tfidf(registry, "words")
    found = comparison.compare(registry, "words/1", "words/2", dataset="reviews")
    assert found.winner == "" and found.differences["f1_macro"].value == 0 and found.mcnemar.p == 1
    with pytest.raises(UserProblem, match="python -m core evaluate"):
        comparison.compare(registry, "words/1", "words/2", dataset="reviews", split="train")
    run = run_here(registry, submit.evaluate(registry, model="words/1", dataset="reviews", split="train", who="tester"))
    assert run.status == "finished" and run.result["rows"] > 100


def test_a_deleted_version_takes_scores_and_files_along_unless_it_is_needed(registry: Registry) -> None:
    add_reviews(registry)
    version = train_tfidf(registry, "words")
    with registry.begin() as session:
        models.set_alias(session, "words", "champion", 1, "tester")
    with pytest.raises(Refused, match="champion"):
        model_jobs.delete(registry, version.id, "tester")
    with registry.begin() as session:
        models.drop_alias(session, "words", "champion", "tester")
    model_jobs.delete(registry, version.id, "tester")
    assert {key.split("/")[0] for key in registry.artifacts.stored()} == {"datasets"}
    with registry.read() as session:
        assert models.listing(session) == ()


def test_sweeping_takes_orphans_and_leaves_what_is_named(registry: Registry) -> None:
    add_reviews(registry)
    train_tfidf(registry, "words")
    kept = set(registry.artifacts.stored())
    with registry.artifacts.staging() as folder:
        (folder / "orphan.txt").write_text("nobody's")
        orphan = registry.artifacts.publish(folder, "models", "0" * 32)
    (registry.home.checkpoints / ("f" * 32)).mkdir()
    with registry.begin() as session:
        waiting = runs.submit(session, kind="fine_tune", title="t", config={}, who="tester")
    (registry.home.checkpoints / waiting.id).mkdir()
    for name in (f"{'f' * 32}.log", f"{waiting.id}.log", "worker.log"):
        (registry.home.logs / name).write_text("said")
    assert not any(gc.sweep(registry, 3600).values())
    swept = gc.sweep(registry, -1)
    assert (swept["artifacts"], swept["logs"]) == (1, 1)
    assert {path.name for path in registry.home.logs.iterdir()} == {f"{waiting.id}.log", "worker.log"}
    assert set(registry.artifacts.stored()) == kept and orphan.key not in kept
    assert [path.name for path in registry.home.checkpoints.iterdir()] == [waiting.id]
