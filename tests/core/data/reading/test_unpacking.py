"""Archives: one table is taken, nothing is written by a stored name, nothing grows past the limit."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from core.data.reading import ReadLimits, ReadOptions, TableFacts, parse
from core.errors import UserProblem

TABLE = b"text,label\nI hate pizza,negative\n"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(
    tmp_path: Path, content: bytes, name: str, limits: ReadLimits | None = None, member: str | None = None
) -> TableFacts:
    (tmp_path / name).write_bytes(content)
    return parse(tmp_path / name, tmp_path / "out", ReadOptions(member=member), limits=limits or ReadLimits())


@pytest.mark.parametrize("name", ["a.csv.gz", "a.csv", "upload"])
def test_gzip_by_content(tmp_path: Path, name: str) -> None:
    facts = read(tmp_path, gzip.compress(TABLE), name)
    assert (facts.rows, facts.notes) == (1, ("Unpacked from gzip.",))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "out"])


def test_name_inside_gzip_decides_what_content_leaves_open(tmp_path: Path) -> None:
    assert read(tmp_path, gzip.compress(b'{"text": "a"}\n'), "a.jsonl.gz").format == "jsonl"


def test_one_table_beside_clutter(tmp_path: Path) -> None:
    members = {"data/train.csv": TABLE, "__MACOSX/data/._train.csv": b"x", "data/.DS_Store": b"x", "LICENSE": b"x"}
    facts = read(tmp_path, zipped(members), "a.zip")
    assert facts.rows == 1 and facts.notes == ("Unpacked “data/train.csv” from a zip.",)


def test_several_tables_are_listed(tmp_path: Path) -> None:
    archive = zipped({"train.csv": TABLE, "test.csv": TABLE})
    with pytest.raises(UserProblem, match="holds 2 files: “train.csv”, “test.csv”.*one table was wanted"):
        read(tmp_path, archive, "a.zip")
    assert read(tmp_path, archive, "a.zip", member="test.csv").rows == 1


def test_empty_zip(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="holds no file"):
        read(tmp_path, zipped({}), "a.zip")


@pytest.mark.parametrize(
    "evil", ["../../evil.csv", "/tmp/evil.csv", "..\\evil.csv", "C:\\evil.csv", "a/../../evil.csv"]
)
def test_stored_names_are_never_paths(tmp_path: Path, evil: str) -> None:
    inner = tmp_path / "deep" / "er"
    inner.mkdir(parents=True)
    assert read(inner, zipped({evil: TABLE}), "a.zip").rows == 1
    assert [path.name for path in tmp_path.rglob("*evil*")] == []


def test_link_in_a_zip_is_read_as_text_and_not_followed(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    facts = read(tmp_path, out.getvalue(), "a.zip")
    assert facts.rows == 0 and facts.columns == ("/etc/passwd",)


def test_locked_zip(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": TABLE}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UserProblem, match="locked with a password"):
        read(tmp_path, bytes(content), "a.zip")


def test_bombs_stop_at_the_limit(tmp_path: Path) -> None:
    body = b"a,b\n" * 1_000_000
    for content, name in ((gzip.compress(body), "a.csv.gz"), (zipped({"a.csv": body}), "a.zip")):
        assert len(content) < 20_000
        with pytest.raises(UserProblem, match="larger than 3 MB when unpacked"):
            read(tmp_path, content, name, ReadLimits(size=3_000_000))


def test_limit_by_one(tmp_path: Path) -> None:
    content = gzip.compress(TABLE)
    size = max(len(TABLE), len(content))
    assert read(tmp_path, content, "a.gz", ReadLimits(size=size)).rows == 1
    big = gzip.compress(TABLE + b"c,d\n" * 100)
    with pytest.raises(UserProblem, match="larger than"):
        read(tmp_path, big, "a.gz", ReadLimits(size=len(TABLE) + 399))


def test_archives_inside_archives(tmp_path: Path) -> None:
    content = TABLE
    for depth in range(2):
        content = zipped({"in.csv.gz" if depth else "in.csv": content})
    assert read(tmp_path, content, "a.zip").rows == 1
    for _ in range(4):
        content = zipped({"in.zip": content})
    with pytest.raises(UserProblem, match="archives inside archives"):
        read(tmp_path, content, "a.zip")


def test_damaged_archives(tmp_path: Path) -> None:
    noise = gzip.compress(os.urandom(10_000))
    for content in (noise[:5_000], noise[:20] + b"x" * 100, zipped({"a.csv": TABLE})[:-30], b"PK\x03\x04rubbish"):
        with pytest.raises(UserProblem, match="damaged"):
            read(tmp_path, content, "a.bin")
