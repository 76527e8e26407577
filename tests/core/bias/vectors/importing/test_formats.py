"""Every format gives the same table; numbers, order, odd words and packed files included."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.core.bias.vectors.importing import made

ROWS = {"rose": [0.5, -1.25, 3.0], "Wespe": [1e-3, 2.0, -4.5], "café": [0.0, 1.0, 0.25], "3.14": [7.0, 8.0, 9.5]}
BYTES: dict[str, Callable[[made.Rows], bytes]] = {
    "a.txt": made.word2vec_text,
    "b.vec": made.glove_text,
    "c.bin": made.word2vec_binary,
    "d.bin": lambda rows: made.word2vec_binary(rows, ends=b""),
}


def same(found, rows: made.Rows = ROWS) -> None:
    assert found.words == tuple(rows)
    assert found.rows(range(len(rows))) == pytest.approx(np.array(list(rows.values())), abs=1e-7)


@pytest.mark.parametrize("name", BYTES)
@pytest.mark.parametrize("packed", ["", ".gz", ".zip"])
def test_text_and_binary_plain_and_packed(name: str, packed: str, tmp_path: Path) -> None:
    data, path = BYTES[name](ROWS), tmp_path / (name + packed)
    if packed == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, data)
    else:
        path.write_bytes(gzip.compress(data) if packed else data)
    found, facts = made.brought(path, tmp_path)
    same(found)
    assert (facts["words"], facts["hidden_size"], facts["model_type"]) == (4, 3, "static_vectors")
    titles = {"a.txt": "word2vec text", "b.vec": "GloVe text", "c.bin": "word2vec binary", "d.bin": "word2vec binary"}
    assert facts["format"] == titles[name]


def test_an_archive_of_words_and_vectors(tmp_path: Path) -> None:
    found, facts = made.brought(made.archive(tmp_path / "t.npz", ROWS), tmp_path)
    same(found)
    assert facts["format"] == "NumPy archive"


def test_an_archive_of_one_array_a_word(tmp_path: Path) -> None:
    np.savez(tmp_path / "t.npz", **{word: np.array(row) for word, row in ROWS.items()}, odd=np.zeros((2, 2)))
    found, facts = made.brought(tmp_path / "t.npz", tmp_path)
    same(found)
    assert facts["rows_left_out_unreadable"] == 1
    assert "odd" in str(facts["first_left_out"])


def test_what_was_imported_comes_back_from_a_folder_and_a_zip(tmp_path: Path) -> None:
    from core.inference.package import export_zip

    path = tmp_path / "a.txt"
    path.write_bytes(made.glove_text(ROWS))
    first, _ = made.brought(path, tmp_path)
    again, facts = made.brought(first.folder, tmp_path)
    same(again)
    packed, _ = made.brought(export_zip(first.folder, tmp_path / "out.zip"), tmp_path)
    same(packed)
    assert facts["format"] == "exported from here"
    assert sorted(file.name for file in packed.folder.iterdir()) == ["README.md", "vectors.safetensors", "words.json"]


def test_words_with_blanks_in_them_and_characters_that_python_takes_for_line_ends(tmp_path: Path) -> None:
    rows = {"the": [0.1, 0.2], ". . .": [0.3, 0.4], "at name@example.org": [0.5, 0.6], "a\x85b": [0.7, 0.8]}
    path = tmp_path / "glove.txt"
    path.write_bytes(made.glove_text(rows))
    same(made.brought(path, tmp_path)[0], rows)


def test_a_long_binary_table_is_read_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.bias.vectors.importing.word2vec_binary.BLOCK", 37)
    rows = {f"word{number}": [float(number), -float(number)] for number in range(200)}
    path = tmp_path / "v.bin"
    path.write_bytes(made.word2vec_binary(rows))
    same(made.brought(path, tmp_path)[0], rows)


@pytest.mark.real_data
def test_the_glove_rows_of_the_weat_words(shared_data: Path, tmp_path: Path) -> None:
    found, facts = made.brought(shared_data / "bias" / "glove840b_weat.npz", tmp_path)
    assert (facts["words"], facts["hidden_size"]) == (457, 300)
    with np.load(shared_data / "bias" / "glove840b_weat.npz", allow_pickle=False) as arrays:
        assert found.words == tuple(arrays["words"].tolist())
        assert found.rows(range(457)) == pytest.approx(arrays["vectors"].astype(np.float32))
