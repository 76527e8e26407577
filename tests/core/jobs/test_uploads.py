"""Staging: where bytes go, what names can do (nothing), and what is found again."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from core.data.column_mapping import ColumnMapping
from core.errors import UserProblem
from core.jobs import uploads
from registry.session import Registry

CSV = b"text,label\nLovely pizza,good\nCold soup,bad\nWarm bread,good\nBurnt toast,bad\n"
HOSTILE = [
    "../../etc/passwd", "..\\..\\boot.ini", "/etc/shadow", "a\0b.csv", "CON", "x" * 300 + ".csv", "\u202egpj.csv",
    "a:b.csv", "..", ".", "", "%2e%2e%2fx.csv", "$(touch x).csv", "; rm -rf x.csv", "a.csv/../../b",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_decides_where_bytes_lie(registry: Registry, name: str) -> None:
    staged = uploads.stage(registry, name, io.BytesIO(CSV))
    assert staged.folder.parent == registry.home.uploads and staged.source.parent == staged.folder
    assert staged.source.name.startswith("source") and len(staged.source.name) < 20
    assert set(registry.home.root.rglob("*.csv")) <= {staged.source}
    assert staged.source.read_bytes() == CSV


def test_a_staged_file_is_found_by_its_id_and_by_nothing_else(registry: Registry) -> None:
    staged = uploads.stage(registry, "reviews.csv.gz", io.BytesIO(CSV))
    assert staged.source.name == "source.csv.gz"
    assert uploads.find(registry, staged.id) == staged
    for wrong in ("", "..", "../uploads/" + staged.id, staged.id[:-1], "g" * 32, "0" * 32):
        assert uploads.find(registry, wrong) is None
    uploads.discard(staged)
    assert uploads.find(registry, staged.id) is None


def test_a_file_is_read_and_checked_in_its_folder(registry: Registry) -> None:
    staged = uploads.stage(registry, "reviews.csv", io.BytesIO(CSV))
    facts = uploads.parse(staged)
    assert facts.columns == ("text", "label") and facts.rows == 4
    assert uploads.facts_of(staged) == facts
    report = uploads.check(staged, ColumnMapping("text", "label"))
    assert (report.rows_in, report.kept, report.rejected) == (4, 4, 0)
    assert (staged.checked / "rows.parquet").exists()


def test_a_second_file_may_lack_the_optional_columns(registry: Registry) -> None:
    first = b"id,text,label,split\n1,Lovely pizza,good,train\n2,Cold soup,bad,train\n"
    train = uploads.stage(registry, "train.csv", io.BytesIO(first))
    test = uploads.stage(registry, "test.csv", io.BytesIO(CSV))
    report = uploads.check(train, ColumnMapping("text", "label", id="id", split="split"), test_staged=test)
    assert report.rows_in == 6 and report.splits["test"] >= 1


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="cannot be read"):
        uploads.stage_file(registry, tmp_path / "nowhere.csv")
    with pytest.raises(UserProblem):
        uploads.parse(uploads.stage(registry, "x.parquet", io.BytesIO(b"PAR1 this is no parquet file PAR1")))


@pytest.mark.parametrize("value", ["many", "0", "-3", "nan"])
def test_a_wrong_limit_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("AMONTILLADO_UPLOAD_MB", value)
    with pytest.raises(UserProblem, match="AMONTILLADO_UPLOAD_MB"):
        uploads.upload_limit()


def test_the_limit_holds_to_the_byte(registry: Registry) -> None:
    exactly = io.BytesIO(b"x" * (1 << 20))
    assert uploads.stage(registry, "x.csv", exactly, limit_mb=1).source.stat().st_size == 1 << 20
    with pytest.raises(UserProblem, match="larger than 1 MB"):
        uploads.stage(registry, "x.csv", io.BytesIO(b"x" * ((1 << 20) + 1)), limit_mb=1)
