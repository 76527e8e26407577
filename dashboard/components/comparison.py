"""Two model versions on the same test rows: who is better, whether the rows can tell, and which rows changed.

Only scores of the same rows, judged by the same metric code, are lined up. The verdict names no winner inside the
noise.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import (
    choose_model,
    difference_chart,
    model_scores,
    outdated,
    problems,
    quantities,
    score_elsewhere,
    scored_rows,
    url,
)
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import models
from registry.records import DatasetVersion, ModelVersion, Score

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
    outdated.show((one, two), pair[0], pair[2])
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
    table = difference_chart.frame(result.differences)
    title = f"{one.spec} minus {two.spec}"
    st.altair_chart(
        difference_chart.chart(table, title),
        key="differences",
        width="stretch",
        alt=difference_chart.described(table, title),
    )
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
        for name, title in difference_chart.METRICS.items()
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
