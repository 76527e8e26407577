"""What every training method promises, tried on all of them unasked."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.data.examples import LabelledData
from core.errors import Stopped, UserProblem
from core.inference.scorers import scorer_class
from core.progress import Progress, StopMode, never, silent
from core.training.contract import Config, FineTuned, Method
from core.training.methods import METHODS
from tests.core.training.food import examples, food

QUICK: dict[str, dict[str, Any]] = {
    "full": {
        "learning_rate": 1e-2,
        "num_train_epochs": 6,
        "per_device_train_batch_size": 16,
        "head_multiplier": 1.0,
        "layer_decay": 1.0,
        "precision": "float32",
        "checkpoint_steps": 4,
    }
}
every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS.keys())


def run(
    method: Method, data: LabelledData, base: Path, folder: Path, should_stop: Any = never, report: Any = silent
) -> FineTuned:
    config = method.config.from_json(QUICK.get(method.name, {}))
    return method.fine_tune(
        data, config, base=base, checkpoints=folder, report=report, should_stop=should_stop, vectors=folder / "vectors"
    )


def logits(trained: FineTuned, data: LabelledData) -> np.ndarray:
    return trained.scorer.logits(data.test.texts, data.test.pairs).values


def test_the_three_promised_methods_are_there() -> None:
    assert list(METHODS)[:3] == ["tfidf", "linear_probe", "full"]


def test_asking_for_methods_imports_no_torch() -> None:
    code = "import sys; from core.training.methods import METHODS; sys.exit('torch' in sys.modules or not METHODS)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@every_method
def test_config_survives_json_and_every_default_is_accepted(method: Method) -> None:
    default = method.config()
    assert method.config.from_json(json.loads(json.dumps(default.to_json()))) == default
    assert isinstance(default, Config)
    for item in fields(method.config):
        assert item.metadata["title"] and item.metadata["help"], item.name


@every_method
def test_unknown_parameter_and_out_of_range_value_are_sentences(method: Method) -> None:
    with pytest.raises(UserProblem, match="no parameter 'colour'"):
        method.config.from_json({"colour": 1})
    for item in fields(method.config):
        if item.metadata["minimum"] is not None:
            with pytest.raises(UserProblem, match=f"{item.name} is"):
                method.config.from_json({item.name: item.metadata["minimum"] - 1})


@every_method
def test_learns_and_beats_the_majority(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    data = food()
    trained = run(method, data, tiny_base, tmp_path)
    accuracy = (logits(trained, data).argmax(axis=1) == data.test.targets).mean()
    majority = np.bincount(data.test.targets).max() / len(data.test)
    assert accuracy > majority + 0.2
    losses = [point["validation_loss"] for point in trained.history if "validation_loss" in point]
    assert min(losses[1:]) < losses[0]
    assert not trained.stopped_early
    json.dumps([dict(point) for point in trained.history], allow_nan=False)
    json.dumps(dict(trained.chosen), allow_nan=False)


@every_method
def test_several_labels_and_pairs_of_texts(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    data = food(problem_type="multi_label", pairs=True)
    trained = run(method, data, tiny_base, tmp_path)
    right = (logits(trained, data) > 0) == (data.test.targets > 0.5)
    assert right.mean() > 0.75


@every_method
def test_one_by_one_equals_batched(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    data = food(pairs=True)
    trained = run(method, data, tiny_base, tmp_path)
    pairs = data.test.pairs
    assert pairs is not None
    single = [trained.scorer.logits([t], [p]).values[0] for t, p in zip(data.test.texts, pairs, strict=True)]
    assert np.allclose(np.stack(single), logits(trained, data), atol=1e-4)


@every_method
def test_a_saved_scorer_comes_back_equal(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    data = food()
    trained = run(method, data, tiny_base, tmp_path / "checkpoints")
    folder = tmp_path / "model"
    folder.mkdir()
    trained.scorer.save(folder, data.labels, data.problem_type)
    again = scorer_class(trained.scorer.kind).load(folder)
    assert trained.scorer.kind == method.metadata["scorer"]
    assert np.allclose(again.logits(data.test.texts).values, logits(trained, data), atol=1e-5)


@every_method
def test_same_seed_gives_the_same_model(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    data = food()
    first, again = (run(method, data, tiny_base, tmp_path / name) for name in "ab")
    assert np.array_equal(logits(first, data), logits(again, data))


class StopAfter:
    """Asks to stop from the n-th question on."""

    def __init__(self, questions: int, mode: StopMode) -> None:
        self.left, self.mode = questions, mode

    def __call__(self) -> StopMode | None:
        self.left -= 1
        return self.mode if self.left < 0 else None


@every_method
@pytest.mark.parametrize("questions", [0, 1, 5, 12])
def test_stop_and_discard_stops(method: Method, questions: int, tiny_base: Path, tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        run(method, food(), tiny_base, tmp_path, StopAfter(questions, "discard"))


@every_method
def test_stop_and_keep_ends_with_a_usable_model(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    data = food()
    trained = run(method, data, tiny_base, tmp_path, StopAfter(14, "keep_best"))
    assert trained.stopped_early
    assert np.isfinite(logits(trained, data)).all()


@every_method
@pytest.mark.parametrize("questions", [2, 7, 15])
def test_interrupted_and_begun_again_ends_like_an_undisturbed_run(
    method: Method, questions: int, tiny_base: Path, tmp_path: Path
) -> None:
    data = food()
    undisturbed = logits(run(method, data, tiny_base, tmp_path / "whole"), data)
    with pytest.raises(Stopped):
        run(method, data, tiny_base, tmp_path / "cut", StopAfter(questions, "discard"))
    resumed = run(method, data, tiny_base, tmp_path / "cut")
    assert np.array_equal(logits(resumed, data), undisturbed)


@every_method
def test_reports_are_few_and_name_their_phase(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    run(method, food(), tiny_base, tmp_path, report=seen.append)
    assert {report.phase for report in seen} & {"tokenise", "encode"}
    assert "train" in {report.phase for report in seen}
    assert any("validation_macro_f1" in report.metrics for report in seen)
    assert len(seen) < 150


def _data(texts: tuple[str, ...], targets: list[int], held: int = 0) -> LabelledData:
    from core.data.examples import Examples

    train = Examples(texts, np.array(targets, dtype=np.int64), np.arange(len(texts)))
    return LabelledData(("bad", "good", "unseen"), "single_label", train, examples(held, 2), examples(held, 3))


@every_method
def test_two_rows_and_no_validation_still_train(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    data = _data(("lovely pizza", "awful pizza"), [1, 0])
    trained = run(method, data, tiny_base, tmp_path)
    assert trained.scorer.logits(["great soup"]).values.shape == (1, 3)


@every_method
def test_a_class_that_only_training_has_is_no_trouble(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    data = _data(("lovely pizza", "awful pizza", "the tea", "great soup"), [1, 0, 2, 1], held=5)
    trained = run(method, data, tiny_base, tmp_path)
    assert np.isfinite(trained.scorer.logits(data.test.texts).values).all()


@every_method
def test_nothing_to_learn_is_a_sentence(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="no training rows"):
        run(method, _data((), []), tiny_base, tmp_path)
    one = LabelledData(("only",), "single_label", examples(4, 1), examples(0, 2), examples(0, 3))
    with pytest.raises(UserProblem, match="at least two labels"):
        run(method, one, tiny_base, tmp_path)


@every_method
def test_rare_classes_can_be_weighed(method: Method, tiny_base: Path, tmp_path: Path) -> None:
    data = food(40, 20)
    config = method.config.from_json({**QUICK.get(method.name, {}), "weigh_rare_classes": True})
    trained = method.fine_tune(data, config, base=tiny_base, checkpoints=tmp_path, report=silent, should_stop=never)
    assert np.isfinite(trained.scorer.logits(data.test.texts).values).all()
