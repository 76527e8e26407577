"""Where documents and paragraphs end, worked by hand, and that nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data.corpus import documents
from core.data.corpus.documents import passages
from core.data.corpus.extraction.contract import Source
from core.data.corpus.options import DOCUMENTS, CorpusOptions
from core.data.corpus.sentences import SPLITTERS

TEXT = "One is here. Two\ngoes on.\n\nThree.\n\n\nFour\n\n\n\nFive.\n"


def source(folder: Path, text: str, **more: object) -> Source:
    path = folder / "text.txt"
    path.write_bytes(text.encode("utf-8", "replace"))
    return Source("text.txt", "text", "", len(text), str(path), **more)  # type: ignore[arg-type]


def cut(folder: Path, text: str = TEXT, **options: object) -> list[list[str]]:
    found: list[list[str]] = []
    for passage in passages(source(folder, text), CorpusOptions(**options)):  # type: ignore[arg-type]
        if passage.starts:
            found.append([])
        found[-1] += passage.sentences
    return found


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ("file", [["One is here.", "Two goes on.", "Three.", "Four", "Five."]]),
        ("blank_line", [["One is here.", "Two goes on."], ["Three."], ["Four"], ["Five."]]),
        ("2_blank_lines", [["One is here.", "Two goes on.", "Three."], ["Four"], ["Five."]]),
        ("3_blank_lines", [["One is here.", "Two goes on.", "Three.", "Four"], ["Five."]]),
        ("4_blank_lines", [["One is here.", "Two goes on.", "Three.", "Four", "Five."]]),
    ],
)
def test_what_ends_a_document(tmp_path: Path, ends: str, expected: list[list[str]]) -> None:
    assert cut(tmp_path, documents=ends) == expected


def test_lines_are_kept_on_request_and_where_a_line_is_a_sentence(tmp_path: Path) -> None:
    assert cut(tmp_path, documents="file", join_lines=False)[0][:3] == ["One is here.", "Two", "goes on."]
    assert cut(tmp_path, documents="file", sentences="line")[0][:2] == ["One is here. Two", "goes on."]


def test_line_ends_of_all_kinds_and_blanks_inside_lines(tmp_path: Path) -> None:
    assert cut(tmp_path, "\ufeffA  b.\r\nC\t d.\r\n \t \r\nE.\r") == [["A b.", "C d."], ["E."]]


def test_a_file_of_blanks_is_one_empty_document(tmp_path: Path) -> None:
    assert cut(tmp_path, " \n\n \n") == [[]]


def test_long_things_come_in_pieces_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "PARAGRAPH", 60)
    monkeypatch.setattr(documents, "SENTENCE", 40)
    monkeypatch.setattr(documents, "PASSAGE", 50)
    text = "\n".join(["A short one. Another short one that goes on", "and on and ends. " + "word " * 30 + "end."] * 4)
    found = list(passages(source(tmp_path, text), CorpusOptions(documents="file")))
    assert [passage.starts for passage in found].count(True) == 1 and len(found) > 3
    sentences = [sentence for passage in found for sentence in passage.sentences]
    assert " ".join(sentences).split() == text.split()
    assert max(map(len, sentences)) <= 40
    assert "Another short one that goes on and on an" not in sentences  # a sentence is cut at a blank


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.sampled_from("ab .!?\"'\n\r\té"), max_size=120),
    ends=st.sampled_from(sorted(DOCUMENTS)),
    sentences=st.sampled_from(sorted(SPLITTERS)),
    join=st.booleans(),
)
def test_every_character_comes_out_in_its_order(
    tmp_path: Path, text: str, ends: str, sentences: str, join: bool
) -> None:
    found = cut(tmp_path, text, documents=ends, sentences=sentences, join_lines=join)
    flat = "".join("".join(sentence for document in found for sentence in document).split())
    assert flat == "".join(text.split())
    assert all("\n" not in sentence for document in found for sentence in document)
