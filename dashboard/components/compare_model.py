"""Choose the second model, and know which of the two came first and whether they are related."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.jobs import ancestry
from dashboard.components import choose_model, inspected, url
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import models
from registry.records import ModelVersion


@dataclass(frozen=True)
class Pair:
    """Two versions in order; `related` where one was made from the other, or both from the same ancestor."""

    before: ModelVersion
    after: ModelVersion
    related: bool


def choose(version: ModelVersion) -> tuple[Pair, bool] | None:
    """Draw the choice; the pair, and whether cosines across unrelated models were asked for."""
    found = [item for kind in ("pretrained", "fine_tuned") for item in choose_model.versions(kind)]  # type: ignore[arg-type]
    found = [item for item in found if item.method != "tfidf"]
    if not found or version.method == "tfidf":
        st.info("A word count has no layers. Choose a model with a BERT above.", icon=":material/layers_clear:")
        return None
    place = _place(found, version)
    second = st.selectbox(
        "Second model", found, index=place, format_func=lambda item: _label(item, version),
        key=f"compare-second-{version.id}", help="At first what the chosen model was trained from, or a child of it.",
    )  # fmt: skip
    url.put(second=second.spec)
    before, after = ancestry.in_order(registry(), second, version)
    pair = Pair(before, after, ancestry.related(registry(), before, after))
    return pair, _told(pair)


def _place(found: list[ModelVersion], version: ModelVersion) -> int:
    """Where the model that the address names stands, else the parent, else a child, else any other."""
    with registry().read() as session:
        children = [child.id for child in models.children(session, version.id)]
    named = [i for i, item in enumerate(found) if item.spec == url.asked("second")]
    parent = [i for i, item in enumerate(found) if item.id == version.parent]
    child = [i for i, item in enumerate(found) if item.id in children]
    other = [i for i, item in enumerate(found) if item.id != version.id]
    return (named or parent or child or other or [0])[0]


def _label(item: ModelVersion, version: ModelVersion) -> str:
    name = choose_model.label(item)
    if item.id == version.id:
        return f"{name} (the same: nothing may differ)"
    return f"{name} (parent)" if item.id == version.parent else name


def _told(pair: Pair) -> bool:
    """Say which is before and after; where they are unrelated, offer cosines with a warning."""
    if pair.before.id == pair.after.id:
        st.caption("A model beside itself is a check: CKA must be 1 and every shift 0.")
        return False
    st.caption(f"Before: {escape(pair.before.spec)}. After: {escape(pair.after.spec)}.")
    if pair.related:
        return False
    widths = {inspected.subject(version.id).hidden for version in (pair.before, pair.after)}
    if len(widths) > 1:
        return False
    return st.checkbox(
        "Shifts although neither was made from the other", key="compare-cosines",
        help="Axes of unrelated models have nothing to do with each other; their cosines are near 0 by themselves.",
    )  # fmt: skip
