"""Two model versions on the same test rows: who is better, whether the rows can tell, and which rows changed.

Only scores of the same rows, judged by the same metric code, are lined up. The verdict names no winner inside the
noise.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.components import choose_model, model_scores, problems, quantities, score_elsewhere, scored_rows, url
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import models
from registry.records import DatasetVersion, ModelVersion, Score

METRICS = {"f1_macro": "macro-F1", "accuracy": "accuracy", "f1_micro": "F1, micro", "f1_weighted": "F1, weighted"}
Pair = tuple[Score, Score, DatasetVersion | None]


def show(first: str, second: str | None) -> None:
    """Draw the choice of two versions and, where they share scored rows, the comparison."""
    st.title("Compare", anchor=False)
    found = choose_model.versions("fine_tuned")
    if len(found) < 2:
        st.info("Two fine-tuned versions are needed to compare.", icon=":material/compare_arrows:")
        return
    one, two = sides(found, first, second)
    url.put(compare=one.spec, **{"with": two.spec})
    if one.id == two.id:
        st.caption("Choose two different versions.")
        return
    pairs = shared(one, two)
    if not pairs:
        offer(one, two)
        return
    pair = pairs[0]
    if len(pairs) > 1:
        titles = [f"{data.spec if data else 'deleted dataset'} · {score.split}" for score, _, data in pairs]
        place = st.selectbox("On", range(len(pairs)), format_func=titles.__getitem__, key="compare-on", width=360)
        pair = pairs[place]
    with problems.told():
        draw(one, two, pair)


def sides(found: tuple[ModelVersion, ...], first: str, second: str | None) -> tuple[ModelVersion, ModelVersion]:
    """Two select boxes that start at the versions the address names."""
    ids = [resolved(first), resolved(second) if second else None]
    places = [next((i for i, item in enumerate(found) if item.id == identity), None) for identity in ids]
    start = places[0] or 0
    other = places[1] if places[1] is not None else next((i for i in range(len(found)) if i != start), 0)
    left, right = st.columns(2)
    with left:
        one = st.selectbox("One", found, index=start, format_func=choose_model.label, key="compare-one")
    with right:
        two = st.selectbox("The other", found, index=other, format_func=choose_model.label, key="compare-two")
    return one, two


def resolved(spec: str) -> str:
    """The id of the version that `spec` names."""
    with registry().read() as session:
        return models.get(session, spec).id


def shared(one: ModelVersion, two: ModelVersion) -> list[Pair]:
    """Pairs of scores of the same rows with the same metric code, each with its dataset."""
    others = {_rows(score): score for score, _ in model_scores.of(two)}
    return [(score, others[_rows(score)], dataset) for score, dataset in model_scores.of(one) if _rows(score) in others]


def _rows(score: Score) -> tuple[str, str, str]:
    return score.dataset_version, score.split, score.evaluation_hash


def offer(one: ModelVersion, two: ModelVersion) -> None:
    """Say that no rows are shared, and offer to score the second model on the first one's rows."""
    st.info("These two have not been scored on the same rows yet.", icon=":material/query_stats:")
    for target, other in ((two, one), (one, two)):
        score, dataset = model_scores.newest(other)
        if score is None or dataset is None:
            continue
        label = f"Score {escape(target.spec)} on {escape(dataset.spec)} ({score.split})"
        if st.button(label, key=f"score-{target.id}-{dataset.id}", icon=":material/query_stats:"):
            with problems.told():
                score_elsewhere.start(target, dataset, score.split)


def draw(one: ModelVersion, two: ModelVersion, pair: Pair) -> None:
    """The verdict, the differences with their intervals, and the rows that changed."""
    first, second, dataset = pair
    result = compared(one.id, two.id, first.dataset_version, first.split)
    (st.success if result.winner else st.info)(escape(result.verdict), icon=":material/balance:")
    where = f"{escape(dataset.spec)} {first.split}" if dataset else f"the {first.split} rows of a dataset that is gone"
    st.caption(f"Same {result.rows:,} rows of {where}, same resamples for both, 95 % intervals of the difference.")
    table = differences(result)
    title = f"{one.spec} minus {two.spec}"
    st.altair_chart(chart(table, title), key="differences", width="stretch", alt=described(table, title))
    st.dataframe(
        side_by_side(first, second, table, (one.spec, two.spec)),
        key="side-by-side",
        hide_index=True,
        width="stretch",
        alt="Scores of both and their difference",
    )
    changed(one, two, first, second, dataset)


@st.cache_data(max_entries=32, show_spinner="Comparing on the same resamples")
def compared(one: str, two: str, dataset: str, split: str) -> Any:
    """The paired comparison of two versions on one split (`core.evaluation.paired.Comparison`)."""
    from core.jobs import comparison

    return comparison.compare(registry(), one, two, dataset=dataset, split=split)


def differences(result: Any) -> pd.DataFrame:
    """One row a metric: difference, low, high."""
    rows = [
        (METRICS[name], item.value, item.low, item.high) for name, item in result.differences.items() if name in METRICS
    ]
    return pd.DataFrame(rows, columns=["metric", "difference", "low", "high"])


def chart(table: pd.DataFrame, title: str) -> alt.LayerChart:
    """A whisker a metric around its difference, with a line at zero."""
    reach = max(0.02, float(table[["low", "high"]].abs().max().max()) * 1.15)
    scale = alt.Scale(domain=[-reach, reach])
    base = alt.Chart(table.assign(colour="first")).encode(
        y=alt.Y("metric:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        color=alt.Color("colour:N", legend=None),
        tooltip=["metric", *(alt.Tooltip(name, format="+.4f") for name in ("difference", "low", "high"))],
    )
    axis = alt.X("low:Q", scale=scale, title=title, axis=alt.Axis(format="+.2f"))
    whisker = base.mark_rule(strokeWidth=3, opacity=0.55).encode(x=axis, x2="high:Q")
    dot = base.mark_point(filled=True, size=90, opacity=1).encode(x=alt.X("difference:Q", scale=scale))
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(strokeDash=[5, 4], color="#8A8178").encode(x="zero:Q")
    drawn: alt.LayerChart = (zero + whisker + dot).properties(height=alt.Step(40))
    return drawn


def described(table: pd.DataFrame, title: str) -> str:
    """The chart in words."""
    return f"{title}: " + "; ".join(
        f"{row.metric} {row.difference:+.3f} ({row.low:+.3f} to {row.high:+.3f})" for row in table.itertuples()
    )


def side_by_side(first: Score, second: Score, table: pd.DataFrame, names: tuple[str, str]) -> pd.DataFrame:
    """One row a metric: the scores of both and the difference with its interval."""
    drawn = {row.metric: row for row in table.itertuples()}
    rows = [
        (
            title,
            quantities.interval(first.metrics.get(name)),
            quantities.interval(second.metrics.get(name)),
            f"{drawn[title].difference:+.3f} ({drawn[title].low:+.3f} to {drawn[title].high:+.3f})",
        )
        for name, title in METRICS.items()
        if title in drawn
    ]
    return pd.DataFrame(rows, columns=["score", *names, "difference"])


def changed(one: ModelVersion, two: ModelVersion, first: Score, second: Score, dataset: DatasetVersion | None) -> None:
    """The rows that only one of the two gets right."""
    rows = scored_rows.side_by_side(first, second, dataset)
    for title, part, key in (
        (f"Only {one.spec} is right", rows[rows["right"] & ~rows["right_other"]], "only-one"),
        (f"Only {two.spec} is right", rows[~rows["right"] & rows["right_other"]], "only-two"),
    ):
        with st.expander(
            f"{escape(title)}: {quantities.count(len(part), 'row')}", key=key, expanded=0 < len(part) <= 50
        ):
            shown = part[["text", "given", "predicted", "predicted_other"]].head(500)
            shown.columns = ["text", "given", one.spec, two.spec]
            st.dataframe(shown, key=f"{key}-rows", hide_index=True, width="stretch", alt=title)
