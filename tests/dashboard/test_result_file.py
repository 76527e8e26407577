"""The download of a result: packed where it is large, and never held whole where that can be helped."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import result_file


def test_a_large_file_is_packed_to_the_same_bytes_each_time(tmp_path: Path) -> None:
    output = tmp_path / "predictions.csv"
    output.write_bytes(b"text,prediction\n" + b"I hate pizza,bad\n" * 200_000)
    packed = result_file.packed(output)
    first = packed()
    assert gzip.decompress(first) == output.read_bytes()
    assert first == packed()
    assert len(first) < output.stat().st_size / 10


def test_the_button_says_the_size_and_whether_it_is_packed() -> None:
    assert result_file.label(1_200_000) == "Download the result (1.2 MB)"
    assert result_file.label(214_000_000) == "Download the result (214.0 MB, packed as .gz)"


def page(path: str) -> None:
    from pathlib import Path

    from dashboard.components import result_file

    result_file.button(Path(path), "texts-classified.csv", "ab")
    result_file.elsewhere(Path(path), "ab")


def test_only_a_very_large_file_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "predictions.csv"
    output.write_bytes(b"text,prediction\n" * 10)
    assert not AppTest.from_function(page, args=(str(output),)).run().code
    monkeypatch.setattr(result_file, "LARGE", 100)
    app = AppTest.from_function(page, args=(str(output),)).run()
    assert not app.exception
    assert app.code[0].value == "python -m core runs save ab --output result.csv"
