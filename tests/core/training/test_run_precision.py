from pathlib import Path

import pytest

from core.encoding import precision
from core.training.run_precision import chosen


def test_a_named_precision_is_taken_without_measuring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "fastest", lambda: pytest.fail("measured"))
    assert [chosen("float32"), chosen("bfloat16")] == ["float32", "bfloat16"]


def test_a_resumed_run_finds_the_precision_that_it_began_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "fastest", lambda: "bfloat16")
    assert chosen("auto", tmp_path / "run") == "bfloat16"
    monkeypatch.setattr(precision, "fastest", lambda: "float32")
    assert chosen("auto", tmp_path / "run") == "bfloat16"
    assert chosen("auto", tmp_path / "another run") == "float32"
    assert chosen("auto") == "float32"
