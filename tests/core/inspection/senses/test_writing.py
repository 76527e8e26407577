"""Typed lines, tables and CSV files into sheets, and back."""

from __future__ import annotations

import pytest

from core.errors import UserProblem
from core.inspection.senses import writing


def test_typed_lines_with_headings() -> None:
    found = writing.typed("# bank\nmoney: a bank lends\n\nriver: the muddy [[bank]]\n# bat\nanimal: a bat flew\n")
    assert [(row.word, row.sense, row.occurrence.word) for row in found.rows] == [
        ("bank", "money", "bank"), ("bank", "river", "bank"), ("bat", "animal", "bat"),
    ]  # fmt: skip


def test_a_line_without_a_sense_is_taken_without_one() -> None:
    long = "A sentence that goes on for a while before its colon comes at last: the [[bank]] was shut."
    found = writing.typed(f"the [[bank]]: it was shut\n{long}")
    assert [row.sense for row in found.rows] == ["", ""] and not found.problems


def test_a_line_that_cannot_be_used_is_named_by_its_number() -> None:
    assert writing.typed("a: the [[bank]]\n\nb: no mark").problems[0].startswith("line 3: ")


def test_lines_come_back_as_they_were() -> None:
    found = writing.examples(["bank", "bat"])
    assert writing.typed(writing.lines(found.rows)).rows == found.rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_any_usual_delimiter_and_offsets(delimiter: str) -> None:
    rows = [["sense", "sentence", "start", "end"], ["a", '"one, two; bank"', "10", "14"], ["b", "the [[bank]]", "", ""]]
    text = "\ufeff" + "\n".join(delimiter.join(row) for row in rows)
    found = writing.csv_file(text.encode())
    assert [(row.sense, row.occurrence.word) for row in found.rows] == [("a", "bank"), ("b", "bank")]


def test_csv_with_a_word_column_keeps_words_apart() -> None:
    found = writing.csv_file(b"Word,Sense,Sentence\nbank,a,the bank\nbat,a,a bat\n")
    assert found.words == ("bank", "bat")


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"text,label\na,b\n", "Columns sense and sentence"), (b"", "nothing"), ("sense\xff".encode("latin-1"), "UTF-8")],
)
def test_a_file_that_is_none_is_told(data: bytes, told: str) -> None:
    with pytest.raises(UserProblem, match=told):
        writing.csv_file(data)


def test_rows_of_a_table_editor() -> None:
    rows = [{"sense": "a", "sentence": "the bank"}, {"sense": None, "sentence": None},
            {"sense": "b", "sentence": "the bank", "start": "x", "end": "9"}]  # fmt: skip
    found = writing.table(rows, "bank")
    assert len(found.rows) == 1 and found.problems == ("row 3: start and end must be whole numbers, or both empty.",)


def test_an_empty_sheet_is_empty() -> None:
    assert writing.typed("").rows == () and writing.typed("\n# bank\n").rows == ()
