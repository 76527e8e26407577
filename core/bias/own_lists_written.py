"""Word lists as files that `own_lists` reads back: a table of one word a row, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pandas as pd

from core.bias.word_sets import WordTest

COLUMNS = ("test", "set", "role", "word", "language", "source")


def as_table(tests: Sequence[WordTest]) -> pd.DataFrame:
    """One word a row, in order; the columns are COLUMNS."""
    rows = [
        (test.name, one.name, role, word, test.language, test.source)
        for test in tests
        for role, sets in (("target", test.targets), ("attribute", test.attributes))
        for one in sets
        for word in one.words
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def as_json(tests: Sequence[WordTest]) -> bytes:
    """A list of tests, UTF-8."""
    return json.dumps([test.to_json() for test in tests], ensure_ascii=False, indent=1).encode("utf-8")
