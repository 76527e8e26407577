"""What measuring will find of the words, before anything runs: found, lost, of several pieces, and the least p."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import quantities
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from dashboard.components.services import registry, who
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from core.bias.foreseen import Foreseen
    from core.bias.measure import Measure
    from core.bias.word_sets import WordTest

NAMED = 12  # words named in a line


def show(
    version: ModelVersion, measure: Measure, tests: Sequence[WordTest], kinds: Sequence[str], key: str
) -> list[tuple[WordTest, str]]:
    """Draw the preview; the pairs of list and kind that can be measured: those in which no set loses all its words."""
    found = _found(version, tests, kinds)
    with st.container(border=True, key=f"{key}-preview"):
        st.markdown("**Before measuring**")
        st.markdown("\n".join([*_lines(found, shuffles(measure)), *_empty(found)]))
        with st.expander("Word by word", key=f"{key}-preview-words"):
            st.dataframe(_table(found), key=f"{key}-preview-table", hide_index=True, alt="Words found and lost by set")
    pairs = [(test, kind) for test in tests for kind in kinds]
    lost = {(one.test, one.kind) for one in found if one.empty}
    return [pair for pair in pairs if (pair[0], _real(version, pair[1])) not in lost]


def shuffles(measure: Measure) -> bool:
    """Whether the measure's p comes from dealing the words of its two targets anew."""
    settings = {one.name for one in fields(measure.config)}
    return measure.swap == "negates" and measure.targets == (2,) and bool(settings & {"alternative", "draws"})


@st.cache_resource(max_entries=3, show_spinner="Reading the tokenizer …")
def _audited(version_id: str) -> Audited:
    from core.jobs.kinds.bias import audited
    from registry import models

    with registry().read() as session:
        version = models.get(session, version_id)
    return audited(registry(), version, who())


def _found(version: ModelVersion, tests: Sequence[WordTest], kinds: Sequence[str]) -> tuple[Foreseen, ...]:
    from core.bias.foreseen import foreseen

    real = [_real(version, kind) for kind in kinds]
    return kept(
        "bias-foreseen", (version.id, tuple(tests), tuple(real)),
        lambda: foreseen(_audited(version.id), tests, real),
    )  # fmt: skip


def _real(version: ModelVersion, kind: str) -> str:
    """The kind that is meant where a measure leaves it open."""
    return kind or ("static" if version.kind == "static_vectors" else "layer")


def _lines(found: Sequence[Foreseen], dealt: bool) -> list[str]:
    """A sentence each: words without a vector, of several pieces, unknown, alike; the least p."""
    from core.bias.vectors.kinds import TITLES

    lines, kinds = [], list(dict.fromkeys(one.kind for one in found))
    if not any(one.lost for one in found):
        total = len({word for one in found for word in one.test.words})
        lines, kinds = [f"- All {total} words have a vector{' of every kind' if len(kinds) > 1 else ''}."], []
    for kind in kinds:
        own = [one for one in found if one.kind == kind]
        words = {word for one in own for word in one.test.words}
        lost = list(dict.fromkeys(word for one in own for word in one.lost))
        named = f": {_some(lost)}" if lost else ""
        left = (
            f"{len(lost)} of {len(words)} words have no vector{named}" if lost else f"all {len(words)} words are there"
        )
        lines.append(f"- {escape(TITLES[kind])}: {left}.")
    several = _merged(found, "pieces")
    if several:
        lines.append(f"- Of several pieces: {_some(several)}. How these become one vector is a choice of its own.")
    unknown = _merged(found, "unknown")
    if unknown:
        lines.append(f"- Not readable by this model, all alike to it: {_some(unknown)}.")
    common = _merged(found, "common")
    if common:
        lines.append(
            f"- This model does not see capitals: {_some(common)} "
            f"{'is the common word' if len(common) == 1 else 'are the common words'} too."
        )
    return [*lines, *(_least(found) if dealt else [])]


def _least(found: Sequence[Foreseen]) -> list[str]:
    """What p can be at least: the sizes of the targets and one over their partitions."""
    said = {(tuple(len(part) for part in one.left.targets), one.smallest) for one in found if one.smallest is not None}
    if len(said) > 3:
        said = {max(said, key=lambda pair: 1 / (pair[1] or 1))}
    return [
        f"- With {sizes[0]} v {sizes[1]} target words the least possible p (one-sided) is 1/{partitions:,}"
        + ("." if partitions and partitions > 20 else ": no outcome can fall under 5 %, whatever the model does.")
        for sizes, partitions in sorted(said)
    ]


def _merged(found: Sequence[Foreseen], part: str) -> list[str]:
    return list(dict.fromkeys(word for one in found for word in getattr(one, part)))


def _some(words: Sequence[str]) -> str:
    more = f" and {quantities.count(len(words) - NAMED, 'more', 'more')}" if len(words) > NAMED else ""
    return escape(", ".join(words[:NAMED])) + more


def _empty(found: Sequence[Foreseen]) -> list[str]:
    """A line for each list and kind that cannot be measured, since a set of it has no word left."""
    from core.bias.vectors.kinds import TITLES

    return [
        f"- {escape(one.test.name)} cannot be measured by {escape(TITLES[one.kind])}: no word of "
        f"{escape(', '.join(one.empty))} is left. It is left out."
        for one in found
        if one.empty
    ]


def _table(found: Sequence[Foreseen]) -> pd.DataFrame:
    from core.bias.vectors.kinds import TITLES

    rows = []
    for one in found:
        for before, after in zip(one.test.sets, one.left.sets, strict=True):
            lost = [f"{word} ({one.lost[word]})" for word in before.words if word in one.lost]
            split = [f"{word} ({' '.join(one.pieces[word])})" for word in after.words if word in one.pieces]
            rows.append((
                one.test.name, TITLES[one.kind], before.name, f"{len(after)} of {len(before)}", ", ".join(lost),
                ", ".join(split),
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=["list", "vectors", "set", "found", "without a vector", "of several pieces"])
