"""A pre-training is killed in the middle: it goes on with the next example and ends as if nothing had happened."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from fault_ground import Ground
from safetensors.numpy import load_file
from small_world import add_story, add_tiny_bert

from core.jobs import submit_pretraining
from registry import models, runs
from registry.records import Run

PARAMETERS = {
    "num_train_epochs": 8, "tokens_a_batch": 256, "max_length": 64, "head_steps": 6, "checkpoint_steps": 3,
    "precision": "float32", "learning_rate": 1e-3,
}  # fmt: skip


@pytest.mark.usefixtures("repeat")
def test_a_killed_pretraining_ends_with_the_same_weights(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    add_tiny_bert(ground.registry, tmp_path / "tiny")
    add_story(ground.registry, tmp_path)
    ground.worker()
    calm, disturbed = (_submit(ground, name) for name in ("calm", "disturbed"))
    assert ground.over(calm, 240).status == "finished"
    place = ground.registry.home.checkpoints / disturbed.id
    ground.until(lambda: _step(place) > 20, 120)
    [process] = ground.run_processes()
    step = _step(place)
    os.kill(process.pid, signal.SIGKILL)
    ended = ground.over(disturbed, 240)
    assert (ended.status, ended.attempt) == ("finished", 2), ended.log
    assert "goes on from step" in ended.log
    assert _curve(ground, disturbed) == _curve(ground, calm)
    weights = [load_file(_folder(ground, run) / "model.safetensors") for run in (calm, ended)]
    assert weights[0].keys() == weights[1].keys()
    assert all((weights[0][name] == weights[1][name]).all() for name in weights[0])
    assert ended.result["proof"]["values"] == ground.run(calm.id).result["proof"]["values"]
    print(f"killed at checkpoint {step}; same curve, weights and proof")


def _submit(ground: Ground, name: str) -> Run:
    return submit_pretraining.pretrain(
        ground.registry, dataset="story", base="tiny", name=name, parameters=PARAMETERS, who="tester"
    )


def _step(folder: Path) -> int:
    return max((int(path.name.split("-")[1]) for path in folder.glob("last-*")), default=0)


def _curve(ground: Ground, run: Run) -> list[tuple[int, dict[str, float]]]:
    with ground.registry.read() as session:
        return [(point.step, dict(point.metrics)) for point in runs.measurements(session, run.id)]


def _folder(ground: Ground, run: Run) -> Path:
    with ground.registry.read() as session:
        version = models.get(session, ground.run(run.id).result["model_version"])
    return ground.registry.artifacts.local(version.artifact)
