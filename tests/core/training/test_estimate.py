"""Estimates: for every method, in a child process, and a sentence where there is none."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from core.errors import UserProblem
from core.training import estimate as subject
from core.training.contract import Method
from core.training.estimate import Estimate, by_few_rows, of_data
from core.training.methods import METHODS
from tests.core.training.food import food


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS.keys())
def test_every_method_has_an_estimate_that_grows_with_the_rows(method: Method, tiny_base: Path) -> None:
    small, large = food(60, 20), food(6000, 20)
    config = method.config.from_json({"num_train_epochs": 4} if method.name == "full" else {})
    first, second = (of_data(method, data, config, tiny_base) for data in (small, large))
    assert 0 < first.seconds < second.seconds
    assert 20 < first.peak_mb < 20_000
    assert "From " in first.basis


def test_more_epochs_take_longer(tiny_base: Path) -> None:
    full, data = METHODS["full"], food(3000, 20)
    once, ten = (of_data(full, data, full.config.from_json({"num_train_epochs": n}), tiny_base) for n in (1, 20))
    assert ten.seconds > 2 * once.seconds


def test_a_method_that_does_not_measure_itself_is_tried_on_a_few_rows(tiny_base: Path) -> None:
    plain = replace(METHODS["tfidf"], cost=None)
    found = of_data(plain, food(1000, 20), plain.config(), None)
    assert found.basis == "From training on 200 of 1,000 rows."
    assert by_few_rows(plain, food(100, 20), plain.config(), None).seconds > 0


def test_the_answer_crosses_the_process_border(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answer = '{"seconds": 1.5, "peak_mb": 300.0, "basis": "From nothing."}'
    _child(monkeypatch, tmp_path, f"print('noise'); print('{answer}')")
    assert subject.estimate_in_child("tfidf", tmp_path, {}, None) == Estimate(1.5, 300.0, "From nothing.")


@pytest.mark.parametrize("code", ["import os; os.kill(os.getpid(), 9)", "raise SystemExit(3)", "print('{')"])
def test_a_child_that_dies_is_a_sentence(code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _child(monkeypatch, tmp_path, code)
    with pytest.raises(UserProblem, match="without an answer"):
        subject.estimate_in_child("tfidf", tmp_path, {}, None)


def test_a_child_that_hangs_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(subject, "TIMEOUT", 0.5)
    _child(monkeypatch, tmp_path, "import time; time.sleep(60)")
    with pytest.raises(UserProblem, match="given up"):
        subject.estimate_in_child("tfidf", tmp_path, {}, None)


def test_the_real_child_tells_problems_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="no method 'magic'"):
        subject.estimate_in_child("magic", tmp_path, {}, None)
    with pytest.raises(UserProblem, match="no parameter 'colour'"):
        subject.estimate_in_child("tfidf", _saved(tmp_path), {"colour": 1}, None)


def test_the_real_child_measures(tmp_path: Path) -> None:
    found = subject.estimate_in_child("tfidf", _saved(tmp_path), {"features": "words"}, None)
    assert found.seconds > 0


def _child(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Let the child be this code instead."""
    script = folder / "child.py"
    script.write_text(code, encoding="utf-8")
    real = subprocess.run

    def fake(command: list[str], **options: object) -> object:
        return real([sys.executable, str(script)], **{**options, "cwd": folder})  # type: ignore[call-overload]

    monkeypatch.setattr(subject.subprocess, "run", fake)


def _saved(folder: Path) -> Path:
    """A dataset folder as the product stores it."""
    data = food(60, 10)
    rows = [
        {
            "row_id": place,
            "line": place + 2,
            "source": "train",
            "split": split,
            "text": text,
            "label": data.labels[target],
        }
        for split, part in (("train", data.train), ("validation", data.validation), ("test", data.test))
        for place, (text, target) in enumerate(zip(part.texts, part.targets, strict=True))
    ]
    pd.DataFrame(rows).to_parquet(folder / "rows.parquet")
    (folder / "report.json").write_text('{"problem_type": "single_label"}', encoding="utf-8")
    return folder
