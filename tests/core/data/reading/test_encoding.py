"""Encodings: marks, strict UTF-8, UTF-16 without a mark, a few bad bytes, guesses that are told."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from core.data.reading import ReadOptions, parse
from core.data.reading.encoding import as_utf8

GERMAN = "text,label\nGrüße aus Köln – schön war’s,gut\nÄrgerlich,schlecht\n"
RUSSIAN = "text,label\n" + "Я не люблю пиццу и никогда её не ем,плохо\nОчень вкусная пицца в этом городе,хорошо\n" * 20
JAPANESE = "text,label\n" + "このピザはとても美味しいです,良い\nサービスが悪かった,悪い\n" * 20


def read(tmp_path: Path, content: bytes, wanted: str | None = None) -> tuple[str, str, bool, tuple[str, ...]]:
    source = tmp_path / "upload.csv"
    source.write_bytes(content)
    text = as_utf8(source, tmp_path / "copy", wanted)
    return text.path.read_text(encoding="utf-8-sig"), text.encoding, text.bom, text.notes


@pytest.mark.parametrize(
    ("mark", "encoding", "found"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    ],
)
def test_marks_decide(tmp_path: Path, mark: bytes, encoding: str, found: str) -> None:
    assert read(tmp_path, mark + GERMAN.encode(encoding)) == (GERMAN, found, True, ())


def test_utf8_is_taken_as_it_is(tmp_path: Path) -> None:
    assert read(tmp_path, GERMAN.encode()) == (GERMAN, "utf-8", False, ())
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    text, found, bom, notes = read(tmp_path, GERMAN.encode(encoding))
    assert (text, found, bom) == (GERMAN, encoding, False) and "no byte-order mark" in notes[0]


def test_a_few_bad_bytes_in_utf8_are_told_by_line(tmp_path: Path) -> None:
    content = ("text,label\n" + "schön grün müde,x\n" * 20).encode() + b"b\xffad,y\n"
    text, found, _, notes = read(tmp_path, content)
    assert found == "utf-8" and text.endswith("b\ufffdad,y\n")
    assert "1 piece of the file is not valid utf-8, first on line 22" in notes[-1]


@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-1"])
def test_western_text_is_cp1252_and_told_as_a_guess(tmp_path: Path, encoding: str) -> None:
    text = GERMAN if encoding == "cp1252" else GERMAN.replace("–", "-").replace("’", "'")
    got, found, _, notes = read(tmp_path, text.encode(encoding))
    assert (got, found) == (text, "cp1252") and "a guess" in notes[0]


def test_all_of_latin1(tmp_path: Path) -> None:
    text = "a,b\n" + "".join(map(chr, range(160, 256))) + "\x81,x\n"
    assert read(tmp_path, text.encode("latin-1"))[:2] == (text, "iso-8859-1")


@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp")]
)
def test_other_scripts(tmp_path: Path, text: str, encoding: str) -> None:
    assert read(tmp_path, text.encode(encoding))[0] == text


def test_a_choice_is_followed(tmp_path: Path) -> None:
    content = "a,b\nß,x\n".encode("cp1252")
    assert read(tmp_path, content, "cp1253")[:2] == ("a,b\nί,x\n", "cp1253")
    text, _, _, notes = read(tmp_path, content, "utf-8")
    assert text == "a,b\n\ufffd,x\n" and "line 2" in notes[0]


def test_character_over_the_edge_of_a_chunk(tmp_path: Path) -> None:
    text = "a" * (2**20 - 1) + "é" * 10
    assert read(tmp_path, text.encode())[:2] == (text, "utf-8")
    assert read(tmp_path, text.encode("utf-16"))[0] == text


def test_facts_name_the_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(codecs.BOM_UTF8 + GERMAN.encode())
    facts = parse(tmp_path / "a.csv", tmp_path / "o")
    assert (facts.encoding, facts.bom, facts.columns) == ("utf-8", True, ("text", "label"))
    facts = parse(tmp_path / "a.csv", tmp_path / "o", ReadOptions(encoding="utf-8"))
    assert facts.columns == ("text", "label")
