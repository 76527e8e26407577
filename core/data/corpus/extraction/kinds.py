"""Which format a file has, by its content; its name decides only between text and tables."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from core.data.corpus.extraction import pdf, plain_text, table, word
from core.data.corpus.extraction.contract import Format
from core.data.reading.formats import FOREIGN
from core.errors import UserProblem

HEAD = 1_024
WANTED = "Text, Markdown, Word (.docx), PDF, or a table was wanted."
TABLES = {".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".xls"}
FORMATS: dict[str, Format] = {one.FORMAT.name: one.FORMAT for one in (plain_text, word, pdf, table)}
ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def of(path: Path, name: str) -> Format:
    """The format of a file that is no archive; UserProblem, with what it is, where it holds no text that is read."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        raise UserProblem("It is empty: it has 0 bytes.", "", "Leave it out.")
    suffix = PurePosixPath(name).suffix.lower()
    if b"%PDF-" in head:
        return pdf.FORMAT
    if head.startswith(ZIP):
        return _packed(path)
    if head.startswith(b"\xd0\xcf\x11\xe0") and suffix != ".xls":
        raise UserProblem("It is an old Word document (.doc) or another Office file.", WANTED, "Save it as .docx.")
    for magic, what in FOREIGN:
        if head.startswith(magic):
            raise UserProblem(f"It is {what}, which holds no text that is read.", WANTED)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith((b"<!doctype", b"<html")):
        raise UserProblem("It is a web page.", WANTED, "Save it as plain text.")
    return table.FORMAT if suffix in TABLES or head.startswith(b"PAR1") else plain_text.FORMAT


def is_archive(path: Path) -> bool:
    """Whether a file is a zip of files, not an Office document or a book in a zip."""
    if not zipfile.is_zipfile(path):
        return False
    names = _members(path)
    return not (names & {"[Content_Types].xml", "META-INF/container.xml"} or {"mimetype", "content.xml"} <= names)


def _members(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def _packed(path: Path) -> Format:
    try:
        names = _members(path)
    except zipfile.BadZipFile as error:
        raise UserProblem("It is a damaged zip or Office document.", WANTED, "Pack or save it again.") from error
    if "word/document.xml" in names:
        return word.FORMAT
    if any(name.startswith("xl/") for name in names):
        return table.FORMAT
    if "META-INF/container.xml" in names:
        raise UserProblem(
            "It is an e-book (EPUB), which is not read.", WANTED, "Convert it to .txt, for example with Calibre."
        )
    if "content.xml" in names:
        return _open_document(path)
    if "[Content_Types].xml" in names:
        raise UserProblem("It is an Office document, but neither Word nor Excel.", WANTED, "Save it as .docx.")
    raise UserProblem("It is an archive inside an archive.", "", "Unpack it and send the files.")


def _open_document(path: Path) -> Format:
    with zipfile.ZipFile(path) as archive, archive.open("mimetype") as stream:
        if b"spreadsheet" in stream.read(200):
            return table.FORMAT
    raise UserProblem("It is an OpenDocument text, which is not read.", WANTED, "Save it as .docx or .txt.")
