"""The words of the chosen lists, with their source, and the lists as files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports, quantities
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.bias.word_sets import WordTest


def show(key: str, tests: Sequence[WordTest]) -> None:
    """Draw the words folded; nothing where no list is chosen."""
    if not tests:
        return
    with st.expander("Words of the chosen lists", key=f"{key}-words", icon=":material/list:"):
        st.dataframe(
            _table(tests), key=f"{key}-words-table", hide_index=True, alt="The sets of the chosen lists",
            column_config={"words": st.column_config.TextColumn(width="large")},
        )  # fmt: skip
        for one in tests:
            st.caption(f"{escape(one.name)}: {escape(one.source or 'no source given')}")
        _files(key, tests)


def _table(tests: Sequence[WordTest]) -> pd.DataFrame:
    rows = [
        (test.name, role, one.name, len(one), ", ".join(one.words))
        for test in tests
        for role, sets in (("target", test.targets), ("attribute", test.attributes))
        for one in sets
    ]
    return pd.DataFrame(rows, columns=["list", "role", "set", "n", "words"])


def _files(key: str, tests: Sequence[WordTest]) -> None:
    from core.bias import own_lists_written

    name = tests[0].name.replace(" ", "-").lower() if len(tests) == 1 else "word-lists"
    with st.container(horizontal=True, key=f"{key}-files"):
        st.download_button(
            "CSV", lambda: exports.as_csv(own_lists_written.as_table(tests)), file_name=f"{name}.csv",
            mime="text/csv", key=f"{key}-csv", type="tertiary", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "JSON", partial(own_lists_written.as_json, tests), file_name=f"{name}.json", mime="application/json",
            key=f"{key}-json", type="tertiary", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.caption(f"{quantities.count(len(tests), 'list')}, in a form that can be uploaded again.")
