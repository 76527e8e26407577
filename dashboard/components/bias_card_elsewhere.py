"""The same measure with the same inputs and settings on other model versions: values side by side, and differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports, quantities
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import bias_results, models
from registry.errors import NotFound
from registry.records import BiasResult, ModelVersion

if TYPE_CHECKING:
    from core.bias.found import Found
    from core.bias.measure import Measure

MOST = 30  # versions compared, the newest measurements first


@dataclass(frozen=True)
class Elsewhere:
    """Another version with its result; `parent` says whether this version was made from it."""

    version: ModelVersion
    result: BiasResult
    parent: bool

    @property
    def name(self) -> str:
        return f"{self.version.spec} (parent)" if self.parent else self.version.spec


def show(result: BiasResult, measure: Measure, found: Found) -> None:
    """Draw it folded; differences are computed when it is opened."""
    own, others = of(result)
    if own is None or not others:
        st.caption("No other model version has been measured in this way.")
        return
    title = f"The same measure on {quantities.count(len(others), 'other model version')}"
    fold = st.expander(title, key=f"elsewhere-{result.id}", icon=":material/compare_arrows:", on_change="rerun")
    if fold.open:
        with fold:
            _drawn(own, others[:MOST], result, measure, found)
            if len(others) > MOST:
                st.caption(f"The {MOST} that were measured last of {len(others):,}.")


def of(result: BiasResult) -> tuple[ModelVersion | None, list[Elsewhere]]:
    """The result's own version, and the newest result of equal identity on each other one, the parent first."""
    with registry().read() as session:
        found: dict[str, BiasResult] = {}
        for one in bias_results.alike(session, result.identity):
            found.setdefault(one.model_version, one)
        try:
            own = models.get(session, result.model_version)
        except NotFound:
            return None, []
        others = [
            Elsewhere(models.get(session, id), one, id == own.parent) for id, one in found.items() if id != own.id
        ]
    return own, sorted(others, key=lambda one: not one.parent)


def _drawn(own: ModelVersion, others: list[Elsewhere], result: BiasResult, measure: Measure, found: Found) -> None:
    from core.bias.charts import on_axis
    from core.bias.found import Found
    from dashboard.components.bias_card import bounded

    heads = [(own.spec, found.headline), *((one.name, Found.from_json(one.result.found).headline) for one in others)]
    numbers = on_axis.frame(heads, own.spec)
    if numbers.empty:
        st.caption("None of them has a value.")
        return
    neutral = found.headline.neutral
    drawn = on_axis.chart(numbers, bounded(found.headline, measure), neutral, found.headline.title)
    st.altair_chart(drawn, key=f"versions-{result.id}", alt=on_axis.described(numbers, neutral), width="stretch")
    exports.exports(f"{result.measure}-versions", f"versions-{result.id}", numbers, drawn)
    rows, sentences = kept(
        f"differences-{result.id}", tuple(one.result.id for one in others), lambda: differences(own, others, found)
    )
    st.dataframe(rows, key=f"differences-{result.id}", hide_index=True, width="stretch", alt="Differences")
    st.markdown("\n".join(f"- {escape(sentence, 900)}" for sentence in sentences[:5]))
    st.caption("An interval that is not paired treats the two as independent, and is then usually too wide.")


def differences(own: ModelVersion, others: list[Elsewhere], found: Found) -> tuple[pd.DataFrame, list[str]]:
    """This version minus each other one as rows, and each in a careful sentence."""
    from core.bias import comparing
    from core.jobs.passports import stored

    rows, sentences = [], []
    for one in others:
        before = stored(registry(), one.result)
        change = comparing.difference(before, found)
        bounds = "" if change.low is None or change.high is None else f"{change.low:+.3f} to {change.high:+.3f}"
        rows.append({
            "against": one.name, "its value": before.headline.value, "difference": change.value, "interval": bounds,
            "paired": "yes" if change.paired else "no",
            "told apart": "yes" if change.apart else "no" if bounds else "not known",
        })  # fmt: skip
        sentences.append(comparing.said(change, one.name, own.spec))
    return pd.DataFrame(rows).round(4), sentences
