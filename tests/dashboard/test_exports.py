"""The files below a view: cells no spreadsheet runs, numbers that stay numbers."""

from __future__ import annotations

import pandas as pd

from dashboard.components.exports import as_csv


def test_texts_are_guarded_and_numbers_are_not() -> None:
    table = pd.DataFrame({"word": ["=cmd()", "naïve 😀", "a,b"], "cosine": [-0.5, 1.0, float("nan")]})
    assert as_csv(table).decode("utf-8-sig") == 'word,cosine\n\'=cmd(),-0.5\nnaïve 😀,1.0\n"a,b",\n'


def test_columns_may_be_numbers() -> None:
    assert as_csv(pd.DataFrame({0: [1]})).decode("utf-8-sig") == "0\n1\n"
