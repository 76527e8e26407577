"""Word lists from files: what is read, what is refused with its line and column, and that exports come back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.bias import lexicon
from core.bias.own_lists import of_bytes, of_text, read
from core.bias.own_lists_written import as_json, as_table
from core.bias.word_sets import WordTest
from core.data.spreadsheet import guarded
from core.errors import UserProblem

LONG = "set,role,word\nwomen,target,she\nwomen,target,her\nmen,target,he\nhome,attribute,sofa\nwork,attribute,desk\n"


def shape(test: WordTest) -> tuple[list[tuple[str, tuple[str, ...]]], ...]:
    return tuple([(one.name, one.words) for one in sets] for sets in (test.targets, test.attributes))


EXPECTED = ([("women", ("she", "her")), ("men", ("he",))], [("home", ("sofa",)), ("work", ("desk",))])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_one_word_a_row_with_any_delimiter(delimiter: str) -> None:
    (found,) = of_text(LONG.replace(",", delimiter), "mine.csv")
    assert (found.name, shape(found)) == ("mine", EXPECTED)
    assert found.source == "own list mine.csv"


@pytest.mark.parametrize("heading", ["target: women,target: men,attribute: home,attribute: work",
                                     "women (target),men [targets],Attribute - home,work (attributes)"])  # fmt: skip
def test_one_column_a_set(heading: str) -> None:
    (found,) = of_text(f"{heading}\nshe,he,sofa,desk\nher,,,\n", "mine.csv")
    assert shape(found) == EXPECTED


def test_other_names_of_columns_roles_blank_lines_and_a_sep_line() -> None:
    (found,) = of_text(
        "sep=;\nGroup;Kind;Term\n\nwomen;X;she\nwomen;x;her\nmen;Targets;he\nhome;A;sofa\nwork;b;desk\n", "m.csv"
    )
    assert shape(found) == EXPECTED


def test_several_tests_languages_and_sources() -> None:
    text = "test,set,role,word,language,source\none,X,target,a,de,me\ntwo,X,target,b,,\n"
    first, second = of_text(text, "m.csv")
    assert (first.name, first.language, first.source) == ("one", "de", "me")
    assert (second.name, second.language, second.source) == ("two", "", "own list m.csv")


def test_quotes_keep_commas_and_blanks() -> None:
    (found,) = of_text('set,role,word\nX,target,"1,000"\nX,target, New York\n', "m.csv")
    assert found.targets[0].words == ("1,000", "New York")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    words = ["Büro", "Küche", "Wäsche"] if encoding != "cp1251" else ["сестра", "женщина", "мужчина", "бабушка"]
    text = "set,role,word\n" + "".join(f"X,target,{word}\n" for word in words)
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    (found,) = read(path)
    assert found.targets[0].words == tuple(words)


def test_a_guessed_encoding_is_told() -> None:
    _, notes = of_bytes("set,role,word\nX,target,Büro\n".encode("cp1252"), "m.csv")
    assert "cp1252 is a guess" in notes[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("set,role,word\nX,target,a\nX,nothing,b\n", "Line 3 of m.csv has 'nothing' in the column \"role\"."),
        ("set,role,word\n\nX,target,\n", "Line 3 of m.csv has '' in the column \"word\"."),
        ("set,role,word\n,target,a\n", "Line 2 of m.csv has '' in the column \"set\"."),
        ("set,role,word\nX,target,a,b\n", "Line 2 of m.csv has 4 cells, the heading has 3."),
        ("set,role,word\n", "m.csv has a heading and no words."),
        ("target: X,career\na,b\n", "Column 2 of m.csv is called 'career' in line 1."),
        ("she\nher\n", "Column 1 of m.csv is called 'she' in line 1."),
        (" \n", "m.csv is empty."),
        ('{"targets": {"X": ["a"]', "m.csv is no JSON: Expecting ',' delimiter in line 1, column 24."),
        ('{"words": ["a"]}', "m.csv holds no tests."),
        ("[1]", "m.csv holds no tests."),
        ('{"targets": ["a"]}', "Test 1 of m.csv, targets, is no object."),
        ('{"targets": {"X": 3}}', "Test 1 of m.csv, targets, 'X', is no list of words."),
        ('{"targets": {"X": [["a"]]}}', "Test 1 of m.csv, targets, 'X', is no list of words."),
    ],
)
def test_faults_are_told_with_their_place(text: str, said: str) -> None:
    with pytest.raises(UserProblem) as problem:
        of_text(text, "m.csv")
    assert problem.value.found == said
    assert problem.value.wanted or problem.value.action


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"PK\x03\x04rest", "workbook"), (b"x" * 5_000_001, "larger than 5 MB"), (b"a\0b,c\0d\n\0\0\0", "no text")],
)
def test_files_that_hold_no_lists(data: bytes, said: str) -> None:
    with pytest.raises(UserProblem, match=said):
        of_bytes(data, "m.csv")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="cannot be read"):
        read(tmp_path / "none.csv")


def test_json_words_may_be_one_text() -> None:
    (found,) = of_text(json.dumps({"name": "n", "targets": {"X": "a, b"}, "attributes": {}}), "m.json")
    assert shape(found) == ([("X", ("a", "b"))], [])


@pytest.mark.parametrize("way", ["csv", "json"])
def test_what_is_written_is_read_back(way: str) -> None:
    tests = [lexicon.test("WEAT 6"), WordTest.from_json(
        {"name": "signs", "targets": {"=X": ["-a", "+1", "=b", "@c", "1,000"]}, "attributes": {"她": ["'tis", "Küche"]},
         "source": "me", "language": "zh"})]  # fmt: skip
    if way == "json":
        found, _ = of_bytes(as_json(tests), "lists.json")
    else:
        table = as_table(tests).map(guarded)
        found, _ = of_bytes(table.to_csv(index=False).encode("utf-8-sig"), "lists.csv")
    assert found == tests
