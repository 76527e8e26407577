"""The sentences that will be compared, before they are: a kind of word that was guessed wrong is seen here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.components import exports

if TYPE_CHECKING:
    from core.bias.word_sets import WordTest


def show(tests: Sequence[WordTest], values: Mapping[str, Any], key: str) -> str:
    """A folded table of all sentences; why nothing can be measured, where a template has no place for a word."""
    from core.errors import UserProblem

    try:
        table = _table(tests, values)
    except UserProblem as problem:
        return str(problem)
    if len(table):
        words, some = table["word"].nunique(), len(table)
        with st.expander(f"{some:,} sentences of {words} words", key=f"{key}-preview"):
            st.dataframe(table, key=f"{key}-preview-rows", hide_index=True)
            exports.exports("sentences", f"{key}-preview-file", table)
    return ""


def _table(tests: Sequence[WordTest], values: Mapping[str, Any]) -> pd.DataFrame:
    from core.bias.sentences.of_words import of_words

    kinds = (str(values["targets"]), str(values["attributes"]))
    rows = []
    for test in tests:
        made = of_words(test, kinds, str(values["templates"]), None)
        rows += [(test.name, *row) for row in zip(made.words, made.kinds, made.texts, strict=True)]
    return pd.DataFrame(rows, columns=["list", "word", "kind of word", "sentence"])
