"""The measure's own charts and the rows behind a result: drawn when they are opened, covered where they can hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import blurred, exports
from dashboard.components.plain import escape
from registry.records import BiasResult

if TYPE_CHECKING:
    from core.bias.found import Found

MOST = 1_000  # rows shown; a file holds all


def charts(result: BiasResult, found: Found, *, hidden: bool) -> None:
    """The measure's own charts with their files; a sentence instead where they name what is covered."""
    from core.bias.charts import charts_of

    drawn = charts_of(result.measure, found, result.inputs)
    if drawn and hidden:
        st.caption("Its charts name the covered words and appear with them.")
        return
    for number, one in enumerate(drawn):
        st.markdown(f"**{escape(one.title)}**")
        key = f"chart-{result.id}-{number}"
        st.altair_chart(one.chart, key=key, alt=one.alt, width="stretch")
        exports.exports(f"{result.measure}-{number + 1}", key, _numbers(one, found), one.chart)


def tables(result: BiasResult, found: Found, *, hidden: bool) -> None:
    """Every table under its title, folded; its rows are sent when it is opened."""
    for number, (name, table) in enumerate(found.tables.items()):
        key = f"table-{result.id}-{number}"
        title = f"{escape(name[:1].upper() + name[1:])} ({len(table):,} rows)"
        fold = st.expander(title, key=key, icon=":material/table_rows:", on_change="rerun")
        if fold.open:
            with fold:
                _table(f"{result.measure}-{name}".replace(" ", "-"), key, name, table, hidden=hidden)


def _table(file: str, key: str, name: str, table: pd.DataFrame, *, hidden: bool) -> None:
    shown = table.head(MOST)
    st.dataframe(
        blurred.table(shown) if hidden else shown, key=f"rows-{key}", hide_index=True, width="stretch",
        height=min(38 + 35 * max(1, len(shown)), 420), alt=f"{name}, {len(table):,} rows",
    )  # fmt: skip
    if len(table) > MOST:
        st.caption(f"The first {MOST:,} of {len(table):,} rows. The file holds all of them.")
    if hidden:
        st.caption("Covered words. The file is offered once they are shown.")
    else:
        exports.exports(file, f"file-{key}", table)


def _numbers(drawn: object, found: Found) -> pd.DataFrame:
    """The numbers of a chart: those it brought, else the chart's own data, else the first table."""
    table = getattr(drawn, "table", None)
    data = getattr(getattr(drawn, "chart", None), "data", None)
    for one in (table, data, *found.tables.values()):
        if isinstance(one, pd.DataFrame):
            return one
    return pd.DataFrame()
