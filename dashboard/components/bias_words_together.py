"""The results of one run together: the battery corrected by Holm, and the kinds of vector beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import bias_run, exports, quantities
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import bias_results
from registry.records import BiasResult, ModelVersion

if TYPE_CHECKING:
    from core.bias.side_by_side import Row


def show(version: ModelVersion) -> None:
    """Draw the run in the address, else the newest one of this family on the version; nothing for a single result."""
    rows = [_row(one) for one in _results(version)]
    if len(rows) < 2:
        return
    st.subheader("Together", anchor=False)
    battery = max((one.headline.chance.battery for one in rows if one.headline.chance), default=1)
    if battery > 1:
        st.caption(
            f"{quantities.count(len(rows), 'result')} of one run; p after Holm counts all {battery} tests of it. The "
            "words of the attribute sets are not dealt anew, so p says nothing about other attributes."
        )
    for name in dict.fromkeys(one.measure.name for one in rows):
        _measure([one for one in rows if one.measure.name == name])


def _results(version: ModelVersion) -> list[BiasResult]:
    run = bias_run.asked_run()
    with registry().read() as session:
        found = list(bias_results.of_run(session, run.id)) if run else []
        found = [one for one in found if one.model_version == version.id and _ours(one)]
        if not found:
            newest = [one for one in bias_results.newest(session, version.id) if _ours(one) and one.run]
            found = list(bias_results.of_run(session, newest[0].run)) if newest and newest[0].run else []
    return [one for one in found if _ours(one)]


def _ours(one: BiasResult) -> bool:
    from core.bias.measures import MEASURES

    return one.measure in MEASURES and MEASURES[one.measure].family == "words"


def _row(one: BiasResult) -> Row:
    from core.bias.found import Found
    from core.bias.measures import MEASURES
    from core.bias.side_by_side import Row

    kind = str(one.settings.get("vectors") or "")
    return Row(MEASURES[one.measure], str(one.inputs["name"]), kind, Found.from_json(one.found).headline, one.inputs)


def _measure(rows: Sequence[Row]) -> None:
    """One measure: sentence, dots, values beside each other, and the battery as a table."""
    from core.bias import side_by_side
    from core.bias.charts import side_by_side as charts

    measure, head = rows[0].measure, rows[0].headline
    said = side_by_side.verdict(rows)
    if said:
        st.markdown(f"**{escape(measure.title)}.** {escape(said, 800)}")
    for line in side_by_side.disagreements(rows) if said else ():
        st.markdown(f"- {escape(line)}")
    frame, key = charts.frame(rows), f"bias-together-{measure.name}"
    if len(frame):
        drawn, words = charts.chart(frame, head.title, head.neutral), charts.described(frame, head.title, head.neutral)
        st.altair_chart(drawn, key=f"{key}-chart", alt=words, width="stretch")
    if len({one.kind for one in rows}) > 1:
        st.dataframe(side_by_side.matrix(rows), key=f"{key}-matrix", hide_index=True, alt="Values by list and vectors")
    table = side_by_side.table(rows)
    number = st.column_config.NumberColumn(format="%.3f")
    st.dataframe(
        table, key=f"{key}-table", hide_index=True, alt="All results of the run",
        column_config=dict.fromkeys(("value", "low", "high"), number),
    )  # fmt: skip
    exports.exports(f"{measure.name}-battery", f"{key}-out", table, drawn if len(frame) else None)
