"""F1, with real training: `full` is killed in the middle of an epoch and ends as if nothing had happened."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest
from fault_ground import Ground
from small_world import add_reviews, add_tiny_bert

from core.jobs import scoring, submit
from registry import models, runs, scores
from registry.records import Run, Score

PARAMETERS = {
    "num_train_epochs": 3,
    "per_device_train_batch_size": 4,
    "learning_rate": 1e-3,
    "checkpoint_steps": 7,
    "precision": "float32",
}
STEPS_AN_EPOCH = 40


@pytest.mark.usefixtures("repeat")
def test_full_killed_in_an_epoch_ends_with_the_same_scores(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    add_tiny_bert(ground.registry, tmp_path / "tiny")
    data = add_reviews(ground.registry)
    ground.worker()
    calm, disturbed = (_submit(ground, name) for name in ("calm", "disturbed"))
    assert ground.over(calm, 180).status == "finished"
    place = ground.registry.home.checkpoints / disturbed.id
    ground.until(lambda: _step(place) > STEPS_AN_EPOCH and _step(place) % STEPS_AN_EPOCH, 120)
    [process] = ground.run_processes()
    step = _step(place)
    os.kill(process.pid, signal.SIGKILL)
    ended = ground.over(disturbed, 120)
    assert (ended.status, ended.attempt) == ("finished", 2), ended.log
    assert "goes on from step" in ended.log
    undisturbed = ground.run(calm.id)
    assert ended.result["metrics"] == undisturbed.result["metrics"]
    assert _curve(ground, disturbed) == _curve(ground, calm)
    before, after = (_predictions(ground, run, data.labels) for run in (undisturbed, ended))
    assert np.array_equal(before.probabilities, after.probabilities)
    assert not place.exists()
    print(f"killed at checkpoint {step} of {3 * STEPS_AN_EPOCH}; same scores, curve and probabilities")


def _submit(ground: Ground, name: str) -> Run:
    return submit.fine_tune(
        ground.registry, dataset="reviews", method="full", base="tiny", name=name, parameters=PARAMETERS, who="tester"
    )


def _step(folder: Path) -> int:
    return max((int(path.name.split("-")[1]) for path in folder.glob("last-*")), default=0)


def _curve(ground: Ground, run: Run) -> list[tuple[int, dict[str, float]]]:
    with ground.registry.read() as session:
        return [(point.step, dict(point.metrics)) for point in runs.measurements(session, run.id)]


def _predictions(ground: Ground, run: Run, labels: tuple[str, ...]) -> scoring.Stored:
    with ground.registry.read() as session:
        version = models.get(session, run.result["model_version"])
        score = next(score for score in scores.of_model(session, version.id) if score.split == "test")
    assert isinstance(score, Score)
    return scoring.read(ground.registry, score, labels)
