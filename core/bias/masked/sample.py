"""The sentence pairs that are shipped: everyday stereotypes in minimal pairs, written for this product."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from core.bias.inputs import Inputs

FILE = Path(__file__).resolve().parents[1] / "lexicon" / "sentence_pairs.csv"
NAME, SOURCE = "Shipped sentence pairs", "written for this product"


def pairs() -> Inputs:
    """The pairs as inputs of a measure: sent_more, sent_less, stereo_antistereo, bias_type, source."""
    return Inputs(NAME, None, _table().copy(), SOURCE)


@cache
def _table() -> pd.DataFrame:
    return pd.read_csv(FILE, dtype=str, keep_default_na=False)
