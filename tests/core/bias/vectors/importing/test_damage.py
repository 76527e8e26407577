"""Damaged rows are counted and named; files that are no tables, or could run code, are refused in a sentence."""

from __future__ import annotations

import gzip
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core.bias.vectors.importing import format_of, import_table
from core.bias.vectors.importing.limits import Limits
from core.errors import UserProblem
from tests.core.bias.vectors.importing import made

GOOD = {"one": [1.0, 2.0], "two": [3.0, 4.0], "six": [5.0, 6.0], "ten": [7.0, 8.0], "net": [9.0, 1.0]}


def refused(path: Path, tmp_path: Path, limits: Limits | None = None) -> str:
    folder = tmp_path / "into"
    folder.mkdir()
    with pytest.raises(UserProblem) as problem:
        import_table(path, folder, limits or Limits())
    assert list(folder.iterdir()) == []
    return str(problem.value)


def test_rows_that_cannot_be_read_are_counted_and_named(tmp_path: Path) -> None:
    lines = [
        b"short 1.0\n", b"\n", b"long 1.0 2.0 3.0\n", b"one 9.0 9.0\n", b"nan nan 1.0\n", b"big 1e60 1.0\n",
        b"b\xffd 1.0 2.0\n", b"words are 1.0\n", b"nil 0.0 0.0\n",
    ]  # fmt: skip
    path = tmp_path / "v.txt"
    path.write_bytes(made.glove_text(GOOD) + b"".join(lines))
    found, facts = made.brought(path, tmp_path)
    assert found.words == (*GOOD, "nil")
    assert found.rows([0]).tolist() == [[1.0, 2.0]], "the first of doubled words stays"
    counts = {kind: facts[f"rows_left_out_{kind}"] for kind in ("unreadable", "duplicates", "not_finite")}
    assert counts == {"unreadable": 4, "duplicates": 1, "not_finite": 2}
    assert facts["rows_all_zero"] == 1
    assert "line 6: 'short 1.0'" in str(facts["first_left_out"])
    card = (found.folder / "README.md").read_text(encoding="utf-8")
    assert "4 rows could not be read" in card
    assert "line 12: 'b\ufffdd' is no UTF-8" in card


def test_a_table_that_ends_too_early_is_kept_and_said(tmp_path: Path) -> None:
    text, binary = tmp_path / "v.txt", tmp_path / "v.bin"
    text.write_bytes(made.word2vec_text(GOOD).replace(b"5 2\n", b"9 2\n"))
    binary.write_bytes(made.word2vec_binary(GOOD)[:-6])
    assert made.brought(text, tmp_path)[1]["import_notes"] == "The first line promises 9 words; there are 5."
    found, facts = made.brought(binary, tmp_path)
    assert found.words == ("one", "two", "six", "ten")
    assert facts["import_notes"] == "The file ends after 4 of the 5 words that it promises."


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
@pytest.mark.parametrize("name", ["v.kv", "v.bin", "v.txt"])
def test_pickles_are_refused_with_what_to_do(protocol: int, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(pickle.dumps(GOOD, protocol))
    assert "save_word2vec_format" in refused(path, tmp_path)


def test_a_packed_pickle_and_a_lone_array_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "v.kv.gz"
    path.write_bytes(gzip.compress(pickle.dumps(GOOD)))
    assert "can run code" in refused(path, tmp_path)
    np.save(tmp_path / "v.vectors.npy", np.eye(3))
    (tmp_path / "into").rmdir()
    assert "without its words" in refused(tmp_path / "v.vectors.npy", tmp_path)


def test_arrays_of_objects_are_refused_unopened(tmp_path: Path) -> None:
    np.savez(tmp_path / "v.npz", words=np.array(["a", "b"], dtype=object), vectors=np.eye(2))
    assert "dtype=str" in refused(tmp_path / "v.npz", tmp_path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "neither a model nor a table"),
        (b"this is a plain text\nof two lines\n", "neither a model nor a table"),
        (b"the 120\nof 80\nand 60\n", "neither a model nor a table"),
        (b"word,0.1,0.2\nother,0.3,0.4\n", "neither a model nor a table"),
        (b"2 3\nonly words here\nand here too\n", "no table of word vectors"),
        (b"1 2\nx nan nan\n", "no table of word vectors"),
        (b"\xba\x16\x4f\x2f\x0c\x00\x00\x00", "fastText"),
        (b"\x1f\x8b\x08\x00rubbish", "damaged"),
    ],
    ids=["empty", "text", "counts", "csv", "header only", "nan only", "fasttext", "broken gzip"],
)  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "v.txt"
    path.write_bytes(data)
    assert said in refused(path, tmp_path)


def test_a_cut_gzip_leaves_nothing_behind(tmp_path: Path) -> None:
    rows = {f"w{number}": [float(number), 1.0] for number in range(5000)}
    path = tmp_path / "v.txt.gz"
    path.write_bytes(gzip.compress(made.glove_text(rows))[:-2000])
    assert "damaged" in refused(path, tmp_path)


def test_limits_are_said(tmp_path: Path) -> None:
    path = tmp_path / "v.txt"
    path.write_bytes(made.glove_text(GOOD))
    for limits, said in (
        (Limits(words=3), "more than 3 words"),
        (Limits(width=1), "At most 1 are taken"),
        (Limits(total=20), "That is the limit"),
    ):
        assert said in refused(path, tmp_path, limits)
        (tmp_path / "into").rmdir()
    assert "of an .npz" in refused(made.archive(tmp_path / "v.npz", GOOD), tmp_path, Limits(archive=100))


def test_a_zip_of_several_tables_asks_for_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "glove.zip", "w") as archive:
        archive.writestr("glove.50d.txt", made.glove_text(GOOD))
        archive.writestr("glove.100d.txt", made.glove_text(GOOD))
    assert "glove.50d.txt, glove.100d.txt" in refused(tmp_path / "glove.zip", tmp_path)


def test_models_are_left_to_the_import_of_models(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "model.zip", "w") as archive:
        archive.writestr("m/config.json", "{}")
        archive.writestr("m/vocab.txt", "[PAD]\n")
    (tmp_path / "broken.zip").write_bytes(b"PK no zip at all")
    assert [format_of(tmp_path / name) for name in ("model.zip", "broken.zip", ".")] == [None, None, None]
