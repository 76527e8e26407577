"""Which format a file has, by what is in it; its name only decides where the content leaves it open."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path, PurePosixPath

from core.data.reading import wording
from core.errors import UserProblem

HEAD = 65_536
FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "an SQLite database"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"ARROW1", "an Arrow (Feather) file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
)
WANTED = "CSV, TSV, XLSX, Parquet or JSONL was wanted (plain, .gz or .zip)."


def detect(path: Path, name: str) -> str:
    """One of `options.FORMATS` ("csv" for all delimited text); raises `UserProblem` for what is no table."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    for magic, what in FOREIGN:
        if head.startswith(magic):
            raise UserProblem(
                f"{wording.quoted(name)} is {what}, not a table.", WANTED, "Save it as CSV and upload that."
            )
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _spreadsheet(path, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    return _text(head, PurePosixPath(name).suffix.lower())


def _spreadsheet(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise UserProblem(f"The spreadsheet {wording.quoted(name)} is damaged.", WANTED, "Save it again.") from error
    if "content.xml" in names:
        return "ods"
    if any(entry.startswith("xl/") for entry in names):
        return "xlsx"
    raise UserProblem(f"{wording.quoted(name)} is an Office document but no spreadsheet.", WANTED)


def _text(head: bytes, suffix: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:9].lower().startswith((b"<!doctype", b"<html")):
        raise UserProblem("This is a web page, not a table.", WANTED, "Download the file itself and upload that.")
    if suffix in (".jsonl", ".ndjson", ".json"):
        return _json(start, suffix)
    if start[:1] == b"{" and _is_record(start):
        return "jsonl"
    if start[:1] == b"[" and start[1:].lstrip()[:1] == b"{":
        return "json"
    return "csv"


def _json(start: bytes, suffix: str) -> str:
    if start[:1] == b"[" and (suffix == ".json" or start[1:].lstrip()[:1] == b"{"):
        return "json"
    if suffix == ".json" and start[:1] == b"{" and not _is_record(start):
        return "json"  # records over several lines each
    return "jsonl"


def _is_record(start: bytes) -> bool:
    line = start.split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
