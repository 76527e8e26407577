"""Whole files through the one door: what is found, what is told, and that nothing gets lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data.reading import ReadLimits, ReadOptions, TableFacts, parse
from core.errors import UserProblem

Read = Callable[..., tuple[TableFacts, list[tuple[Any, ...]]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes (or text) to a file, parse it, and give the facts and the rows without their line numbers."""

    def reading(
        content: str | bytes, name: str = "upload.csv", limits: ReadLimits | None = None, **options: Any
    ) -> Any:
        source = tmp_path / name
        source.write_bytes(content.encode() if isinstance(content, str) else content)
        facts = parse(source, tmp_path / "out.parquet", ReadOptions(**options), limits=limits or ReadLimits())
        table = pq.read_table(tmp_path / "out.parquet")
        assert table.num_rows == facts.rows == facts.rows_in - len(facts.rejected)
        return facts, [tuple(row.values()) for row in table.drop_columns("__line__").to_pylist()]

    return reading


def lines_of(tmp_path: Path) -> list[int]:
    return pq.read_table(tmp_path / "out.parquet")["__line__"].to_pylist()


def test_plain_csv(read: Read, tmp_path: Path) -> None:
    facts, rows = read('text,label\n"I hate pizza, really",negative\nI love it,positive\n')
    assert rows == [("I hate pizza, really", "negative"), ("I love it", "positive")]
    assert (facts.format, facts.encoding, facts.delimiter, facts.quotechar) == ("csv", "utf-8", ",", '"')
    assert facts.header and not facts.bom and facts.notes == () and facts.columns == ("text", "label")
    assert facts.preview == tuple(rows)
    assert lines_of(tmp_path) == [2, 3]


def test_line_numbers_follow_line_breaks_in_cells(read: Read, tmp_path: Path) -> None:
    read('text,label\n"one\ntwo\nthree",a\nfour,b\n\nfive,c\n')
    assert lines_of(tmp_path) == [2, 5, 7]


def test_values_keep_their_spelling(read: Read) -> None:
    _, rows = read("text,label\nNA,01\nnull,1.0\nNone, x \n")
    assert rows == [("NA", "01"), ("null", "1.0"), ("None", " x ")]


@pytest.mark.parametrize(("delimiter", "kind"), [(",", "csv"), (";", "csv"), ("\t", "tsv"), ("|", "csv"), ("^", "csv")])
def test_delimiters_are_found(read: Read, delimiter: str, kind: str) -> None:
    content = "\n".join(delimiter.join(row) for row in [("text", "label"), ("a b", "x"), ("c d", "y"), ("e f", "z")])
    facts, rows = read(content)
    assert (facts.delimiter, facts.format) == (delimiter, kind)
    assert rows[0] == ("a b", "x")


def test_tabs_win_over_commas_in_texts(read: Read) -> None:
    facts, rows = read("text\tlabel\nyes, no\ta\nno, yes\tb\nwell, so\tc\n")
    assert facts.delimiter == "\t" and rows[0] == ("yes, no", "a")


def test_semicolons_win_over_decimal_commas(read: Read) -> None:
    assert read("1,5;2,5\n3,5;4,5\n")[1] == [("1,5", "2,5"), ("3,5", "4,5")]


def test_one_column_of_sentences_is_not_cut(read: Read) -> None:
    facts, rows = read("text\nYes, I do.\nNo.\nOh well, so, what now\n")
    assert facts.delimiter is None
    assert rows == [("Yes, I do.",), ("No.",), ("Oh well, so, what now",)]


def test_sep_line_is_honoured(read: Read, tmp_path: Path) -> None:
    facts, rows = read("sep=|\ntext|label\na,b|x\n")
    assert facts.delimiter == "|" and rows == [("a,b", "x")] and lines_of(tmp_path) == [3]
    assert "names the delimiter: bar" in facts.notes[0]


def test_blanks_after_delimiters(read: Read) -> None:
    facts, rows = read('id, text\n1, "a, b"\n2, "c"\n')
    assert rows == [("1", "a, b"), ("2", "c")] and "Blanks after the delimiter" in facts.notes[0]


def test_single_quotes(read: Read) -> None:
    facts, rows = read("Sport;'Er sagte: \"Ja\"; dann ging er'\nWeb;'Nein; nie'\nWeb;'Es war''s; ja'\n")
    assert facts.quotechar == "'" and not facts.header
    assert rows[0] == ("Sport", 'Er sagte: "Ja"; dann ging er') and rows[2][1] == "Es war's; ja"


def test_quotes_that_are_text(read: Read) -> None:
    content = 'text\tlabel\n"Wow" she said\t1\nnothing\t0\n"Never again!"\t0\nplain\t1\nmore\t1\n'
    facts, rows = read(content, "reviews.tsv")
    assert facts.quotechar == "" and rows[2] == ('"Never again!"', "0") and len(rows) == 5


def test_backslash_quotes(read: Read) -> None:
    facts, rows = read('text,label\n"he said \\"no\\", twice",a\n"C:\\\\new",b\n')
    assert rows == [('he said "no", twice', "a"), ("C:\\new", "b")]
    assert any("written" in note for note in facts.notes)


def test_quote_that_never_closes_spoils_one_line(read: Read, tmp_path: Path) -> None:
    body = "".join(f'{n},"text {n}",x\n' for n in range(50))
    facts, rows = read("id,text,label\n" + body + '50,"never closed,y\n' + body)
    assert facts.rows == 101 and rows[50] == ("50", '"never closed', "y")
    assert any("first on line 52" in note for note in facts.notes)
    facts, _ = read("id,text,label\n" + body + '50,"never, closed,y\n' + body)
    assert [(row.line, row.raw) for row in facts.rejected] == [(52, '50,"never, closed,y')]
    assert "quote" in facts.rejected[0].reason and "4 cells where 3 were wanted" in facts.rejected[0].reason


def test_quotes_that_are_not_doubled_are_kept(read: Read) -> None:
    rows = [f'"{n}","a text","x"' for n in range(20)] + ['"20","the "best" one","y"']
    facts, read_rows = read("id,text,label\n" + "\n".join(rows))
    assert read_rows[20] == ("20", 'the "best" one', "y")
    assert any("first on line 22" in note for note in facts.notes)


def test_ragged_rows_are_named(read: Read) -> None:
    facts, rows = read("text,label\ngood,a\nbad, really,b\nfine,c\nalone\ngood,d\n")
    assert rows == [("good", "a"), ("fine", "c"), ("good", "d")]
    assert [(row.line, row.reason, row.raw) for row in facts.rejected] == [
        (3, "3 cells where 2 were wanted", "bad, really,b"),
        (5, "1 cell where 2 were wanted", "alone"),
    ]


def test_columns_keep_the_surplus_in_the_last_cell(read: Read) -> None:
    facts, rows = read("DESC:manner How are you ?\nNUM:date When , exactly ?\n", delimiter=" ", columns=2, header=False)
    assert rows == [("DESC:manner", "How are you ?"), ("NUM:date", "When , exactly ?")]
    assert facts.quotechar == ""


def test_long_delimiter(read: Read) -> None:
    assert read('a::b\n1::"x::y"\n', delimiter="::", header=True)[1] == [("1", "x::y")]


def test_header_names(read: Read) -> None:
    facts, _ = read(" text ,label,label,,__line__\na,b,c,d,e\n")
    assert facts.columns == ("text", "label", "label_2", "column_4", "__line___2")
    assert len(facts.notes) == 3


def test_long_names_are_cut(read: Read) -> None:
    assert not read("x" * 201 + ",label\na,b\n")[0].header
    facts, _ = read("x" * 201 + ",label\na,b\n", header=True)
    assert facts.columns == ("x" * 200, "label") and facts.notes == ("1 column name cut to 200 characters.",)


def test_header_shorter_than_rows(read: Read) -> None:
    facts, rows = read("text,label\na,b,\nc,d,e\nf,g,\nh,i,\n")
    assert facts.columns == ("text", "label", "column_3") and rows[1] == ("c", "d", "e")
    assert any("2 names, the rows have 3 cells" in note for note in facts.notes)


def test_no_header_is_seen(read: Read, tmp_path: Path) -> None:
    facts, rows = read("ham\tGo until jurong point\n" + "ham\tOk lar\nspam\tFree entry\n" * 5)
    assert not facts.header and facts.rows == 11 and lines_of(tmp_path)[0] == 1
    assert facts.columns == ("column_1", "column_2")


@pytest.mark.parametrize("header", [True, False])
def test_header_can_be_decided(read: Read, header: bool) -> None:
    facts, _ = read("a,b\nc,d\ne,f\n", header=header)
    assert (facts.header, facts.rows) == (header, 2 if header else 3)


def test_lines_before_the_table(read: Read, tmp_path: Path) -> None:
    facts, rows = read("My export\nmade today\n\nid,text,label\n1,a,x\n2,b,y\n")
    assert rows == [("1", "a", "x"), ("2", "b", "y")] and lines_of(tmp_path) == [5, 6]
    assert "2 lines before the table left out: “My export”, “made today”." in facts.notes


def test_lines_can_be_skipped(read: Read, tmp_path: Path) -> None:
    facts, rows = read("junk,more\ntext,label\na,b\n", skip_lines=1)
    assert facts.columns == ("text", "label") and lines_of(tmp_path) == [3]


def test_comments_are_named(read: Read) -> None:
    facts, rows = read("# made by me\na;b\n1;2\n# a remark; here\n3;4\n")
    assert rows == [("1", "2"), ("3", "4")]
    assert [(row.line, row.reason) for row in facts.rejected] == [(4, "a comment line")]


def test_blank_lines_are_counted(read: Read) -> None:
    facts, rows = read("text,label\n\na,b\n   \nc,d\n\n\n")
    assert len(rows) == 2 and facts.rows_in == 2
    assert facts.notes == ("4 blank lines left out, first on line 2.",)


def test_an_empty_cell_in_quotes_is_a_row_of_one_column(read: Read, tmp_path: Path) -> None:
    facts, rows = read('text\n"some words"\n""\n\nmore words\n')
    assert rows == [("some words",), ("",), ("more words",)] and lines_of(tmp_path) == [2, 3, 5]
    assert facts.notes == ("1 blank line left out, first on line 4.",)


def test_cells_left_empty_are_a_row(read: Read) -> None:
    assert read("text,label\n,\na,b\n")[1] == [("", ""), ("a", "b")]


def test_line_ends(read: Read) -> None:
    assert len(read("a,b\r\n1,2\r\n3,4\r\n")[1]) == 2
    facts, rows = read("a,b\r1,2\r3,4\r")
    assert len(rows) == 2 and facts.notes == ("Lines end with a carriage return alone.",)
    facts, rows = read("a,b\n1,2\r3,4\r\n5,6\n7,8\r9,0\n")
    assert len(rows) == 5 and facts.notes == ("Line ends are mixed.",)


def test_carriage_return_inside_a_text_stays(read: Read) -> None:
    facts, rows = read("text,label\n" + "plain,a\n" * 30 + "be\rtween,b\n")
    assert rows[-1] == ("be\rtween", "b") and "1 carriage return inside cells" in facts.notes[0]


def test_nul_characters_are_taken_out_and_told(read: Read) -> None:
    facts, rows = read(b"text,label\na,x\nb\0c,y\n")
    assert rows[1] == ("bc", "y") and facts.notes == ("1 NUL character left out, first on line 3.",)


def test_unit_separator_is_text(read: Read) -> None:
    assert read("text\none\x1ftwo\nthree\n")[1][0] == ("one\x1ftwo",)


def test_header_without_rows(read: Read) -> None:
    facts, rows = read("text,label\n")
    assert rows == [] and facts.columns == ("text", "label") and "header and no rows" in facts.notes[-1]


@pytest.mark.parametrize("content", ["", "\n\n", "   \n"])
def test_empty_file(read: Read, content: str) -> None:
    with pytest.raises(UserProblem, match="is empty"):
        read(content)


def test_nothing_left_after_skipping(read: Read) -> None:
    with pytest.raises(UserProblem, match="no row left"):
        read("a,b\n1,2\n", skip_lines=5)


def test_wrong_delimiter_is_told_by_line(read: Read) -> None:
    content = "a;b\n" + "".join(f"{n};{'x,' * (n % 5)}y\n" for n in range(40))
    with pytest.raises(UserProblem, match=r"of 40 lines do not fit .*delimiter comma.*the first is line \d+"):
        read(content, delimiter=",")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"format": "docx"}, "docx"),
        ({"encoding": "klingon"}, "klingon"),
        ({"encoding": "zlib"}, "zlib"),
        ({"delimiter": "\n"}, "cannot part"),
        ({"quotechar": "ab"}, "several"),
        ({"delimiter": "'", "quotechar": "'"}, "cannot part"),
        ({"columns": 0}, "columns"),
        ({"skip_lines": -1}, "skip_lines"),
    ],
)
def test_options_that_cannot_be_meant(read: Read, options: dict[str, Any], found: str) -> None:
    with pytest.raises(UserProblem, match=found):
        read("a,b\n1,2\n", **options)


def rows_file(rows: int, columns: int = 2) -> str:
    return "\n".join([",".join(f"c{place}" for place in range(columns)), *[",".join(["1"] * columns)] * rows])


def test_limits_by_one(read: Read) -> None:
    limits = ReadLimits(rows=5, columns=3, cell=4, rejected=2)
    assert read(rows_file(5), limits=limits)[0].rows == 5
    with pytest.raises(UserProblem, match="more than 5 rows"):
        read(rows_file(6), limits=limits)
    assert read(rows_file(1, 3), limits=limits)[0].rows == 1
    with pytest.raises(UserProblem, match="has 4 columns"):
        read(rows_file(1, 4), limits=limits)


def test_long_cell_is_rejected_by_line(read: Read) -> None:
    facts, rows = read("a,b\n1234,x\n12345,y\nüüüü,z\n", limits=ReadLimits(cell=4))
    assert [row[0] for row in rows] == ["1234", "üüüü"]
    assert [(row.line, row.reason) for row in facts.rejected] == [
        (3, "the cell of column “a” has more than 4 characters")
    ]


def test_many_rejected_rows_end_the_reading(read: Read) -> None:
    content = "a,b\n" + "1,2\n" * 50 + "x\n" * 3
    assert len(read(content, limits=ReadLimits(rejected=3))[0].rejected) == 3
    with pytest.raises(UserProblem, match="More than 2 rows cannot be read, the first on line 52"):
        read(content, limits=ReadLimits(rejected=2))


def test_size_limit(read: Read) -> None:
    assert read("a,b\n1,2\n", limits=ReadLimits(size=8))[0].rows == 1
    with pytest.raises(UserProblem, match="larger than 7 bytes"):
        read("a,b\n1,2\n", limits=ReadLimits(size=7))


def test_endless_line(read: Read) -> None:
    with pytest.raises(UserProblem, match="Line 2 has more than 1,000,000 bytes"):
        read("a,b\n" + "x," * 2_000_000, limits=ReadLimits(line=1_000_000))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x80\x04\x95pickled", "a Python pickle"),
        (b"<!DOCTYPE html><html>", "a web page"),
    ],
)
def test_what_is_no_table_is_named(read: Read, content: bytes, what: str) -> None:
    with pytest.raises(UserProblem, match=what):
        read(content)


cell = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r\ue00d\ue01f\ue05c"), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_csv_writes_is_read_back(read: Read, rows: list[tuple[str, ...]], delimiter: str, quoting: Any) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writerows([("first", "second", "third"), *rows])
    facts, got = read(out.getvalue(), delimiter=delimiter, quotechar='"', header=True, encoding="utf-8", format="csv")
    assert got == [tuple(row) for row in rows] and facts.rejected == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(min_size=1, max_size=300),
        st.text(alphabet="ab,;\t|\"'\\\n\r #1\0é", min_size=1, max_size=300).map(str.encode),
        st.text(alphabet='{}[]":,\n ab1\\', min_size=1, max_size=200).map(str.encode),
    ),
    name=st.sampled_from(["a.csv", "a.tsv", "a.json", "a.jsonl"]),
)
def test_any_bytes_give_a_table_or_a_sentence(read: Read, content: bytes, name: str) -> None:
    try:
        facts, _ = read(content, name)
    except UserProblem as problem:
        assert str(problem)
    else:
        json.dumps(facts.to_json())
