"""Accuracy on official test files with default parameters, the bundled model and the seed that a form starts with.

    python -m pytest tests/benchmarks/test_accuracy.py -m benchmark -s

prints one line a set and method; `-k "linear_probe and TREC"` narrows it down. Results are kept in docs/accuracy.md.
"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest

from core.encoding.base_models import bundled
from core.evaluation.decisions import decide
from core.evaluation.identity import evaluation_hash, rows_hash
from core.evaluation.paired import Judged, compare
from core.evaluation.scores import evaluate
from core.inference.classifier import probabilities_of
from core.progress import never, silent
from core.training.calibration import calibrate
from core.training.estimate import of_data
from core.training.methods import METHODS
from tests.benchmarks.official_sets import SETS, OfficialSet, read

pytestmark = [pytest.mark.benchmark, pytest.mark.real_data, pytest.mark.timeout(7200)]
every_set = pytest.mark.parametrize("official", SETS, ids=[official.name for official in SETS])


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accuracy")


@cache
def measured(official: OfficialSet, method: str, data_folder: Path, scratch: Path) -> Judged:
    """Train with defaults, print what was measured, and give the test predictions."""
    data, chosen = read(official, data_folder), METHODS[method]
    foretold = of_data(chosen, data, chosen.config(), bundled())
    start = time.perf_counter()
    trained = chosen.fine_tune(
        data, chosen.config(), base=bundled(), checkpoints=scratch / official.name / method, report=silent,
        should_stop=never, vectors=scratch / "vectors",
    )  # fmt: skip
    seconds = time.perf_counter() - start
    heat = calibrate(trained.scorer.logits(data.validation.texts).values, data.validation.targets, data.problem_type)
    logits = trained.scorer.logits(data.test.texts).values
    sure = probabilities_of(logits, data.problem_type, heat.temperature)
    found = evaluate(sure, data.test.targets, data.labels, data.problem_type, train_targets=data.train.targets)
    accuracy, f1 = found.metrics["accuracy"], found.metrics["f1_macro"]
    print(
        f"\n{official.name} | {method} | {len(data.train)}/{len(data.validation)}/{len(data.test)} | accuracy "
        f"{accuracy.value:.4f} ({accuracy.low:.4f} to {accuracy.high:.4f}) | macro-F1 {f1.value:.4f} | calibration "
        f"error {found.calibration.error:.4f} | {seconds:.0f} s, foretold {foretold.seconds:.0f} s and "
        f"{foretold.peak_mb:.0f} MB | {dict(trained.chosen)}",
        flush=True,
    )
    identity = evaluation_hash(rows_hash(data.test, data.labels))
    return Judged(method, identity, data.test.row_ids, decide(sure, data.test.targets, data.problem_type))


@every_set
def test_tfidf(official: OfficialSet, shared_data: Path, scratch: Path) -> None:
    assert measured(official, "tfidf", shared_data, scratch).decided.right.mean() > 0.7


@every_set
def test_linear_probe(official: OfficialSet, shared_data: Path, scratch: Path) -> None:
    assert measured(official, "linear_probe", shared_data, scratch).decided.right.mean() >= official.linear_probe


@every_set
def test_full(official: OfficialSet, shared_data: Path, scratch: Path) -> None:
    assert measured(official, "full", shared_data, scratch).decided.right.mean() >= official.full


@every_set
def test_full_is_at_least_as_good_as_linear_probe(official: OfficialSet, shared_data: Path, scratch: Path) -> None:
    full, probe = (measured(official, method, shared_data, scratch) for method in ("full", "linear_probe"))
    print("\n" + compare(full, probe).verdict)
    assert full.decided.right.mean() >= probe.decided.right.mean()
