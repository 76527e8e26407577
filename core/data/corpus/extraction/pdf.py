"""The text layer of a PDF, page after page, read with pypdf. A page without text (a scan) is told by its number.

The lines are those of the print; a paragraph that goes over to the next page stays one. Words that the print hyphenates
keep their hyphen.
"""

from __future__ import annotations

import logging
from typing import Any

from core.data.corpus.extraction.contract import Format, Given, Text
from core.data.corpus.options import CorpusOptions
from core.data.reading.wording import count, listed
from core.errors import UserProblem


def read(given: Given, options: CorpusOptions) -> Text:
    """The text of all pages; UserProblem where no page has any, or where the file is locked."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(given.path)
    if reader.is_encrypted and not _unlocked(reader):
        raise UserProblem("The PDF is locked with a password.", "", "Save it without a password.")
    path = given.folder / "text.txt"
    empty: list[str] = []
    with path.open("w", encoding="utf-8", errors="replace") as out:
        for number, page in enumerate(reader.pages, start=1):
            text = _text(page)
            out.write(text.rstrip("\n") + "\n" if text.strip() else "")
            empty += [] if text.strip() else [str(number)]
    pages = len(reader.pages)
    if len(empty) == pages:
        raise UserProblem(
            f"The PDF has no text layer on any of its {count(pages, 'page')}; it may be a scan.",
            "",
            "Run text recognition (OCR) on it first.",
        )
    notes = (f"{count(len(empty), 'page')} without text: {listed(empty, 20)}.",) if empty else ()
    return Text(path, notes=notes, facts={"pages": pages, "pages_without_text": len(empty)})


def _unlocked(reader: Any) -> bool:
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001  (a cipher that is not installed: locked, for us)
        return False


def _text(page: Any) -> str:
    """The text of a page; empty where it cannot be read, so that the page is told as one without text."""
    try:
        return str(page.extract_text() or "")
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (pypdf raises whatever a damaged page makes it stumble over)
        return ""


FORMAT = Format("pdf", "PDF", read)
