"""Inputs survive the disk, and their digest is of what counts: words and rows, not names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from core.bias import inputs as files
from core.bias.inputs import Inputs
from core.bias.word_sets import WordTest

WORDS = WordTest.from_json({"name": "t", "targets": {"X": ["rose"], "Y": ["ant"]}, "attributes": {}, "source": "own"})
TABLE = pd.DataFrame({"text": ["Sie ist da.", "=1+1", "ok \U0001f600"], "label": ["a", "b", ""]})


def test_inputs_survive_the_disk(tmp_path: Path) -> None:
    given = Inputs("mine", WORDS, TABLE, "own")
    files.write(given, tmp_path)
    read = files.read(tmp_path)
    assert (read.name, read.words, read.source) == ("mine", WORDS, "own")
    pd.testing.assert_frame_equal(read.table, TABLE, check_dtype=False)
    assert read.digest == given.digest


def test_words_alone_have_no_table(tmp_path: Path) -> None:
    files.write(Inputs("mine", WORDS), tmp_path)
    assert files.read(tmp_path).table is None


def test_the_digest_is_of_words_and_rows_only() -> None:
    given = Inputs("mine", WORDS, TABLE)
    assert given.digest == replace(given, name="other", source="elsewhere").digest
    assert given.digest != replace(given, table=TABLE.iloc[::-1]).digest
    assert given.digest != replace(given, words=replace(WORDS, targets=WORDS.targets[::-1])).digest
    assert given.digest != replace(given, table=None).digest


def test_the_registry_keeps_words_and_the_number_of_rows() -> None:
    said = Inputs("mine", WORDS, TABLE).to_json()
    assert said["rows"] == 3 and said["words"]["targets"] == {"X": ["rose"], "Y": ["ant"]}
