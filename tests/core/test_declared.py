"""A catalogue finds what a folder declares, in its order, and passes over modules that declare nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core.declared import declared


def test_modules_are_found_by_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "made_for_a_test"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "beside.py").write_text("OTHER = 1\n")
    for name, place in (("late", 2), ("b_early", 1), ("a_early", 1)):
        (folder / f"{name}.py").write_text(
            f"from types import SimpleNamespace\nTHING = SimpleNamespace(name={name!r}, place={place})\n"
        )
    monkeypatch.syspath_prepend(str(tmp_path))
    found = declared("made_for_a_test", [str(folder)], "THING", lambda one: one.place)
    assert list(found) == ["a_early", "b_early", "late"] and found["late"].place == 2
    for name in [name for name in sys.modules if name.startswith("made_for_a_test")]:
        monkeypatch.delitem(sys.modules, name)
