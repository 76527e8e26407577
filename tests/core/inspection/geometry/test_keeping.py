"""Results that are kept come back whole, and only for what they were measured on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.errors import UserProblem
from core.inspection.geometry.keeping import corpus_of, keep, kept, key
from core.inspection.geometry.result import Geometry, LayerGeometry, Settings, WordGeometry

SUBJECT: Any = SimpleNamespace(digest="d", max_length=512)
NAN = float("nan")
FOUND = Geometry(
    (LayerGeometry(0, 0.1, 0.9, 0.8, 0.3, 0.2, 0.5, 0.1, 0.4, 0.5, 3),),
    (WordGeometry("the\ud800", 7, (0.25,)),), {"words": 9}, Settings(), ("a note",),
)  # fmt: skip


def test_a_result_comes_back_whole(tmp_path: Path) -> None:
    plain = replace(FOUND, words=(WordGeometry("ö", 7, (0.25,)),))
    keep(tmp_path / "geometry", "name", plain)
    assert kept(tmp_path / "geometry", "name") == plain
    assert [file.name for file in (tmp_path / "geometry").iterdir()] == ["name.json"]


def test_half_a_character_does_not_stop_it(tmp_path: Path) -> None:
    keep(tmp_path, "name", FOUND)
    assert (tmp_path / "name.json").is_file()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"layers": 1'])
def test_a_damaged_file_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "name.json").write_text(text)
    assert kept(tmp_path, "name") is None and kept(tmp_path, "other") is None


def test_the_key_follows_model_corpus_and_every_setting() -> None:
    first = key(SUBJECT, "corpus", Settings())
    others = [
        key(SimpleNamespace(digest="e", max_length=512), "corpus", Settings()),  # type: ignore[arg-type]
        key(SUBJECT, "other", Settings()),
        *(key(SUBJECT, "corpus", replace(Settings(), **{name: 7})) for name in Settings.__dataclass_fields__),
    ]
    assert len({first, *others}) == 1 + len(others)
    assert corpus_of(("a", "b")) != corpus_of(("ab",))


def test_settings_that_make_no_sense_are_told() -> None:
    with pytest.raises(UserProblem, match="sentences is 1"):
        Settings(sentences=1).check()
