"""Every format, every archive, every refusal: files in = files read + files refused."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from core.data.corpus import extract as extraction
from core.data.corpus.documents import passages
from core.data.corpus.extract import extract, refuse
from core.data.corpus.extract_child import extract_in_child
from core.data.corpus.extraction.contract import Extracted
from core.data.corpus.options import CorpusOptions
from core.data.sandbox import Limits


def word(*lines: str, note: bool = False) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    document.add_paragraph("After the table.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF with one line of text a page, none where it is empty; written by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R /Resources {font} >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(folder: Path, content: bytes, name: str, **options: object) -> Extracted:
    path = folder / "source"
    path.write_bytes(content)
    return extract([(path, name)], folder / "out", CorpusOptions(**options))  # type: ignore[arg-type]


def texts(found: Extracted, **options: object) -> list[str]:
    chosen = CorpusOptions(documents="file", **options)  # type: ignore[arg-type]
    return [" | ".join(passage.sentences) for source in found.sources for passage in passages(source, chosen)]


def test_text_in_any_encoding(tmp_path: Path) -> None:
    found = read(tmp_path, "Ein Fäßchen. Öl.".encode("utf-16"), "a.txt")
    assert texts(found) == ["Ein Fäßchen. | Öl."] and found.sources[0].facts["encoding"] == "utf-16"
    assert len(found.sources[0].sha256) == 64 and found.sources[0].size == 34


def test_the_encoding_can_be_told(tmp_path: Path) -> None:
    found = read(tmp_path, "Привет, мир.".encode("cp1251"), "a.md", encoding="cp1251")
    assert texts(found) == ["Привет, мир."]


def test_a_word_document_with_its_table(tmp_path: Path) -> None:
    found = read(tmp_path, word("First paragraph", "Second. Third"), "a.docx")
    assert texts(found) == ["First paragraph | Second. | Third | left | right | After the table."]
    assert found.sources[0].format == "docx"


def test_a_pdf_tells_its_pages_without_text(tmp_path: Path) -> None:
    found = read(tmp_path, pdf("The bank was", "", "closed. We left."), "a.pdf")
    assert texts(found) == ["The bank was closed. | We left."]
    assert found.sources[0].notes == ("1 page without text: 2.",)
    assert found.sources[0].facts == {"pages": 3, "pages_without_text": 1}


def test_a_scan_is_refused(tmp_path: Path) -> None:
    [refused] = read(tmp_path, pdf("", ""), "scan.pdf").refused
    assert "no text layer on any of its 2 pages" in refused.reason


def test_every_row_of_a_column_is_a_document(tmp_path: Path) -> None:
    table = b'id,body\n1,"One. Two."\n2,\n3,"Line one\nline two. End."\n'
    found = read(tmp_path, table, "a.csv", column="body")
    assert texts(found) == ["One. | Two.", "", "Line one line two. | End."]
    (tmp_path / "x").mkdir()
    [refused] = read(tmp_path / "x", table, "a.csv", column="words").refused
    assert "There is no column “words”" in refused.reason and "“id”, “body”" in refused.reason


def test_json_lines_and_parquet(tmp_path: Path) -> None:
    import pandas as pd

    found = read(tmp_path, b'{"text": "One."}\n{"text": "Two."}\n', "a.jsonl")
    assert texts(found) == ["One.", "Two."]
    (tmp_path / "p").mkdir()
    out = io.BytesIO()
    pd.DataFrame({"text": ["Red.", "White."]}).to_parquet(out)
    assert texts(read(tmp_path / "p", out.getvalue(), "a.parquet")) == ["Red.", "White."]


def test_a_zip_of_many_files_accounts_for_every_one(tmp_path: Path) -> None:
    content = packed(
        {
            "a/one.txt": b"One.",
            "two.txt.gz": gzip.compress(b"Two."),
            "three.docx": word("Three."),
            "../../etc/passwd": b"root.",
            "empty.txt": b"",
            "picture.txt": b"\x89PNG\r\n",
            "inner.zip": packed({"x.txt": b"x"}),
            "book.epub": packed({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<x/>"}),
            "cut.txt.gz": gzip.compress(b"word " * 999)[:-12],
            "broken.pdf": b"%PDF-1.4 nothing",
            "binary.txt": b"text\0text\0\0",
            "page.txt": b"<!DOCTYPE html><p>Hi",
            "__MACOSX/._one.txt": b"x",
        }
    )
    found = read(tmp_path, content, "many.zip")
    assert found.files_in == 13 == len(found.sources) + len(found.refused)
    assert [source.name for source in found.sources] == ["a/one.txt", "two.txt", "three.docx", "../../etc/passwd"]
    assert texts(found)[:2] == ["One.", "Two."]
    reasons = {one.name: one.reason for one in found.refused}
    for name, words in {
        "empty.txt": "0 bytes",
        "picture.txt": "a picture",
        "inner.zip": "archive inside an archive",
        "book.epub": "EPUB",
        "cut.txt": "damaged or cut short",
        "broken.pdf": "damaged",
        "binary.txt": "NUL",
        "page.txt": "web page",
        "__MACOSX/._one.txt": "operating system",
    }.items():
        assert words in reasons[name], (name, reasons[name])
    assert not (tmp_path.parent / "etc").exists()


def test_a_zip_may_hold_a_file_called_mimetype(tmp_path: Path) -> None:
    found = read(tmp_path, packed({"mimetype": b"One.", "a.txt": b"Two."}), "odd.zip")
    assert texts(found) == ["One.", "Two."]


def test_a_damaged_or_empty_zip_is_one_refused_file(tmp_path: Path) -> None:
    content = packed({"a.txt": b"Two." * 100})
    for name, broken in {"cut.zip": content[:60], "empty.zip": packed({})}.items():
        (tmp_path / name).mkdir()
        found = read(tmp_path / name, broken, name)
        assert found.files_in == 1 and [one.name for one in found.refused] == [name]


def test_the_frame_of_gutenberg_is_found(tmp_path: Path) -> None:
    mark = "*** {} OF THE PROJECT GUTENBERG EBOOK X ***"
    text = f"Header\n{mark.format('START')}\nStory.\n{mark.format('END')}\n".encode()
    found = read(tmp_path, text, "x.txt")
    assert found.gutenberg == 1 and found.sources[0].gutenberg == ((2, 3),)
    assert texts(found, strip_gutenberg=True) == ["Story."]
    assert Extracted.from_json(found.to_json()) == found


def test_a_file_that_kills_its_reader_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    """The second file hangs in its reader; a fresh child goes on with the third."""
    os.mkfifo(tmp_path / "pipe")
    files = []
    for name in ("one.txt", "three.txt"):
        (tmp_path / name).write_text(f"{name}.")
        files.append((tmp_path / name, name))
    limits = Limits(memory=1_500_000_000, cpu_seconds=20, wall_seconds=4.0)
    out = tmp_path / "out"
    found = extract_in_child([files[0], (tmp_path / "pipe", "pipe.txt"), files[1]], out, CorpusOptions(), limits=limits)
    assert [source.name for source in found.sources] == ["one.txt", "three.txt"]
    [refused] = found.refused
    assert refused.name == "pipe.txt" and refused.reason.startswith("It could not be read within")


def test_the_journal_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.txt").write_text("One.")
    files = [(tmp_path / "one.txt", "one.txt"), (tmp_path / "one.txt", "two.txt")]
    real = extraction._outcome

    def dies(name: str, *rest: object) -> dict[str, object]:
        if name == "two.txt":
            raise KeyboardInterrupt
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "_outcome", dies)
    with pytest.raises(KeyboardInterrupt):
        extract(files, tmp_path / "out", CorpusOptions())
    assert refuse(tmp_path / "out", "It was too much.") and not refuse(tmp_path / "out", "Again.")
    found = extract(files, tmp_path / "out", CorpusOptions())
    assert [one.name for one in found.sources] == ["one.txt"] and found.refused[0].reason == "It was too much."
