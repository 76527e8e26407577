"""The rows that a measure of classifiers is taken on: a dataset's split, sentences of ours, or lines of a person's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.data.examples import SPLITS
from dashboard.components import choose_dataset, quantities
from registry.records import DatasetVersion, ModelVersion

if TYPE_CHECKING:
    from core.bias.inputs import Inputs
    from core.bias.word_sets import WordTest
    from core.jobs.auditing import Asked

DATASET, TEMPLATES, OWN = "Rows of a dataset", "Ready sentences", "Own lines"
EVERY = "all rows"
KIND_WORDS = {
    "names": "names of persons", "adjectives": "words before a person: the … visitor",
    "phrases": "phrases for a person: the …", "gender": "words of gender, sentences with he and she",
}  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """What was chosen: a dataset with its split, or lines, or neither; `why` says what is missing."""

    kind: str
    data: DatasetVersion | None = None
    split: str | None = None
    lines: tuple[str, ...] = ()
    template_kind: str = ""
    why: str = ""

    def asked(self, measure: str, words: WordTest | None, settings: dict[str, object]) -> Asked:
        """The measure with these rows and `words`."""
        from core.bias.counterfactual import templates
        from core.jobs.auditing import Asked

        if self.data is not None:
            return Asked(measure, self._inputs(words, None), settings, self.data.id, self.split)
        if self.kind == TEMPLATES and words is not None:
            return Asked(measure, templates.inputs(words, self.template_kind), settings)
        return Asked(measure, self._inputs(words, pd.DataFrame({"text": list(self.lines)})), settings)

    def _inputs(self, words: WordTest | None, table: pd.DataFrame | None) -> Inputs:
        from core.bias.inputs import Inputs

        where = f"{self.data.spec}, {self.split or EVERY}" if self.data is not None else self.kind.lower()
        name = where if words is None else f"{words.name} · {where}"
        return Inputs(name, words, table, self._source(words))

    def _source(self, words: WordTest | None) -> str:
        rows = self.data.spec if self.data is not None else "own lines"
        return rows if words is None else f"{rows}; terms: {words.source}"


def choose(version: ModelVersion, key: str, lists: Sequence[WordTest] = (), *, labelled: bool = False) -> Rows:
    """Draw the choice; `labelled` leaves only rows whose truth is known."""
    if labelled:
        return _dataset(version, key)
    kind = st.radio("Rows", [DATASET, TEMPLATES, OWN], key=f"{key}-rows", horizontal=True)
    if kind == DATASET:
        return _dataset(version, key)
    return _templates(key, lists) if kind == TEMPLATES else _own(key)


def _dataset(version: ModelVersion, key: str) -> Rows:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}-of-dataset"):
        data = choose_dataset.choose(f"{key}-dataset", version.dataset_version)
        if data is None:
            return Rows(DATASET, why="There is no dataset yet; take ready sentences or own lines.")
        splits = [EVERY, *(name for name in SPLITS if data.rows.get(name))]
        split = st.selectbox(
            "Part", splits, index=splits.index("test") if "test" in splits else 0, key=f"{key}-split-{data.id}",
            format_func=lambda name: name if name == EVERY else f"{name}, {quantities.count(data.rows[name], 'row')}",
            help="The model has not learned from test rows.", width=220,
        )  # fmt: skip
    return Rows(DATASET, data, None if split == EVERY else split)


def _templates(key: str, lists: Sequence[WordTest]) -> Rows:
    from core.bias.counterfactual import templates

    usual = templates.kind_of(lists[0]) if lists else "phrases"
    if all(one.name in templates.OF_LISTS for one in lists):
        st.caption("21 sentences in three tones, filled with the terms of the first group and swapped to the others.")
        return Rows(TEMPLATES)
    kind = st.selectbox(
        "The terms are", templates.KINDS, index=templates.KINDS.index(usual), key=f"{key}-template-kind",
        format_func=lambda name: KIND_WORDS[name],
    )  # fmt: skip
    return Rows(TEMPLATES, template_kind=kind)


def _own(key: str) -> Rows:
    text = st.text_area(
        "Texts, one a line", key=f"{key}-own", height=140, max_chars=200_000,
        placeholder="He said the soup was cold.\nMy aunt loved her new job.",
    )  # fmt: skip
    lines = tuple(line.strip() for line in (text or "").splitlines() if line.strip())
    return Rows(OWN, lines=lines, why="" if lines else "Write or paste at least one text.")
