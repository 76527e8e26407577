"""The frame of Project Gutenberg, in its three generations and in every real book at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.data.corpus import gutenberg
from core.data.corpus.lines import lines_of

NOTES = ("[Project Gutenberg Editor's Note", "Project Gutenberg's archives")
NEW = """The Project Gutenberg eBook of A Tale

*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***

Produced by Ada and
the Online Team

A TALE

Once upon a time.

*** END OF THE PROJECT GUTENBERG EBOOK A TALE ***
*** START: FULL LICENSE ***
"""
OLD = """***The Project Gutenberg Etext of A Tale***
***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***
You may copy it.
*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*

Once upon a time.

End of The Project Gutenberg Etext of A Tale
"""
WRAPPED = """*** START OF THIS PROJECT GUTENBERG EBOOK A TALE OF VERY
MANY WORDS ***
Once upon a time.
***END OF THIS PROJECT GUTENBERG EBOOK A TALE***
"""


def stripped(text: str) -> list[str]:
    lines = text.splitlines()
    return [line for line in gutenberg.strip(lines, gutenberg.find(lines)) if line.strip()]


def test_the_newer_marks_and_the_credit_go() -> None:
    assert stripped(NEW) == ["A TALE", "Once upon a time."]
    assert gutenberg.find(NEW.splitlines()) == ((3, 11),)


def test_the_small_print_goes() -> None:
    assert stripped(OLD) == ["Once upon a time."]


def test_a_mark_may_go_on_over_two_lines() -> None:
    assert stripped(WRAPPED) == ["Once upon a time."]


def test_two_books_in_a_file_are_told_apart_by_blank_lines() -> None:
    lines = (NEW + OLD).splitlines()
    assert len(gutenberg.find(lines)) == 2
    assert stripped(NEW + OLD) == ["A TALE", "Once upon a time.", "Once upon a time."]


def test_a_book_that_is_cut_off_goes_on_to_its_end() -> None:
    lines = NEW.splitlines()[:9]
    assert gutenberg.find(lines) == ((3, -1),)


def test_other_text_has_no_marks() -> None:
    assert gutenberg.find(["*** START ***", "A book about Project Gutenberg.", "* * *"]) == ()


@pytest.mark.real_data
def test_every_real_book_loses_its_frame_and_nothing_else(shared_data: Path) -> None:
    raw = shared_data / "raw_text"
    books = sorted([*(raw / "gutenberg").glob("*.txt"), *(raw / "poe").glob("*.txt")])
    assert len(books) == 10
    for book in books:
        lines = list(lines_of(book))
        [(first, last)] = gutenberg.find(lines)
        text = "\n".join(gutenberg.strip(lines, ((first, last),)))
        for own in NOTES:  # two books hold a transcriber's note, which is text of theirs
            text = text.replace(own, "")
        assert "Gutenberg" not in text and "*** END" not in text, book.name
        assert not any(credit in text[:600] for credit in ("Produced by", "Transcribed from")), book.name
        assert 15 < first < 40 and len(text) > 0.9 * sum(map(len, lines[first:last])), book.name
