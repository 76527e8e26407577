from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from core.errors import UserProblem
from core.inspection.dataset_texts import texts_of
from tests.core.pretraining.made_corpus import written


def test_rows_and_their_pairs_come_one_after_another(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["a", "b"], "text_pair": ["c", "d"], "label": ["x", "y"]})
    frame.to_parquet(tmp_path / "rows.parquet")
    assert list(texts_of(tmp_path)) == ["a", "c", "b", "d"]


def test_sentences_of_raw_text_come_in_order(tmp_path: Path) -> None:
    written(tmp_path, [["one .", "two ."], ["three ."]])
    assert list(texts_of(tmp_path)) == ["one .", "two .", "three ."]


def test_a_folder_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserProblem):
        list(texts_of(tmp_path))
