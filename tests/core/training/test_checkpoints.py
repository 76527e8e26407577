"""Checkpoints are whole or not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from core.training import checkpoints


def _save(folder: Path, step: int, kind: str = "last") -> None:
    checkpoints.save(folder, kind, step, {"a": torch.full((3,), float(step))}, {"step": step, "x": 0.1 + 0.2})


def test_what_is_saved_comes_back_bit_for_bit(tmp_path: Path) -> None:
    _save(tmp_path, 7)
    found = checkpoints.load(tmp_path, "last")
    assert found is not None
    assert found.step == 7
    assert torch.equal(found.tensors["a"], torch.full((3,), 7.0))
    assert found.state == {"step": 7, "x": 0.1 + 0.2}


def test_newer_replaces_older_of_its_kind_only(tmp_path: Path) -> None:
    _save(tmp_path, 9)
    _save(tmp_path, 10)
    _save(tmp_path, 4, "best")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["best-4", "last-10"]


@pytest.mark.parametrize("name", ["tensors.safetensors", "state.json", "manifest.json"])
@pytest.mark.parametrize("damage", ["flip", "cut", "remove"])
def test_any_damage_is_found(name: str, damage: str, tmp_path: Path) -> None:
    _save(tmp_path, 5)
    path = tmp_path / "last-5" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(bytes(content) if damage == "flip" else path.read_bytes()[:-1])
    assert checkpoints.load(tmp_path, "last") is None


@pytest.mark.parametrize("moment", ["save_file", "_seal", "rename"])
def test_a_crash_while_saving_leaves_the_older_one(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save(tmp_path, 1)

    def crash(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    target = {"save_file": ("safetensors.torch.save_file"), "_seal": "core.training.checkpoints._seal"}.get(moment)
    if target:
        monkeypatch.setattr(target, crash)
    else:
        monkeypatch.setattr(Path, "rename", crash)
    with pytest.raises(OSError, match="No space"):
        _save(tmp_path, 2)
    found = checkpoints.load(tmp_path, "last")
    assert found is not None and found.step == 1


def test_an_unfinished_one_is_never_loaded(tmp_path: Path) -> None:
    _save(tmp_path, 3)
    (tmp_path / "last-3").rename(tmp_path / ".last-3.999")
    assert checkpoints.load(tmp_path, "last") is None


def test_clear_leaves_other_files(tmp_path: Path) -> None:
    _save(tmp_path, 3)
    (tmp_path / "precision").write_text("float32", encoding="ascii")
    checkpoints.clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["precision"]


def test_the_state_is_plain_json(tmp_path: Path) -> None:
    _save(tmp_path, 2)
    assert json.loads((tmp_path / "last-2" / "state.json").read_text(encoding="utf-8"))["step"] == 2
