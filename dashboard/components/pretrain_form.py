"""The form of a new pre-training: corpus, base or scratch, parameters, name; then Start."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from core.pretraining.config import PretrainConfig
from core.training.estimate import PRETRAIN
from dashboard.components import choose_dataset, choose_model, estimate_card, method_form, navigation, problems, url
from dashboard.components.plain import escape
from dashboard.components.services import registry, who
from dashboard.components.train_form import becomes
from registry.records import DatasetVersion, ModelVersion

RAW_TEXT = "raw_text"
GO_ON, SCRATCH = "Go on from a model", "Start from scratch"


def show() -> None:
    """Draw the form; Start submits the run and puts its id into the address."""
    left, right = st.columns([5, 3], gap="large")
    with left:
        corpus = choose_corpus()
        if corpus is None:
            return
        base = choose_base()
        st.subheader("Parameters", anchor=False)
        parameters = method_form.parameters(PretrainConfig, "pretrain")
    with right, st.container(border=True, key="before-start"):
        before_start(corpus, base, parameters)


def choose_corpus() -> DatasetVersion | None:
    """A select box of all raw texts; None, with a way on, where there are none."""
    found = [item for item in choose_dataset.every_version() if item.problem_type == RAW_TEXT]
    if not found:
        st.info("There is no raw text yet. Upload some first: a book, a folder of documents, a column.",
                icon=":material/article:")  # fmt: skip
        navigation.link(navigation.UPLOAD, "Upload raw text", icon=":material/upload_file:")
        return None
    return st.selectbox(
        "Raw text", found, index=choose_dataset.place(found), format_func=words, key="pretrain-corpus",
        help="A version never changes: documents, sentences and holdout are fixed.",
    )  # fmt: skip


def words(item: DatasetVersion) -> str:
    """The corpus with its size, in one line."""
    held = item.rows.get("holdout", 0)
    return f"{item.spec} · {item.rows.get('train', 0):,} sentences · {held:,} held out"


def choose_base() -> ModelVersion | None:
    """The model to go on from; None means from scratch."""
    how = st.segmented_control("Begin", [GO_ON, SCRATCH], default=GO_ON, key="pretrain-begin", required=True)
    if how == SCRATCH:
        st.caption("A small BERT with random weights, and a vocabulary learned from the text. It knows nothing else.")
        return None
    found = choose_model.versions("pretrained")
    plain = [item for item in found if item.facts.get("model_type", "bert") == "bert"]
    return choose_model.choose("Base model", plain, "pretrain-base", help_text="A plain BERT of the registry.")


def before_start(corpus: DatasetVersion, base: ModelVersion | None, parameters: dict[str, Any]) -> None:
    """What will be made, how long it takes, and the button."""
    st.subheader("Before the start", anchor=False)
    name = st.text_input(
        "Model name", value=suggested(corpus, base), key=f"pretrain-name-{corpus.name}-{base.name if base else ''}",
        help="A name that exists already gets a new version.",
    )  # fmt: skip
    st.caption(becomes(name.strip()))
    st.caption(
        f"Reads {corpus.rows.get('train', 0):,} sentences; {corpus.rows.get('holdout', 0):,} held-out ones tell "
        "whether it really learns or only learns by heart."
    )
    estimate_card.show(PRETRAIN, corpus, base, parameters)
    if st.button(
        "Start pre-training", type="primary", key="pretrain-start", icon=":material/play_arrow:", width="stretch"
    ):
        with problems.told():
            start(corpus, base, name.strip(), parameters)


def start(corpus: DatasetVersion, base: ModelVersion | None, name: str, parameters: dict[str, Any]) -> None:
    """Submit the run and show it in place."""
    from core.jobs import submit_pretraining

    run = submit_pretraining.pretrain(
        registry(), dataset=corpus.id, base=base.id if base else submit_pretraining.SCRATCH, name=name,
        parameters=parameters, who=who(),
    )  # fmt: skip
    url.put(run=run.id, dataset=None, version=None, model=None)
    st.rerun()


def suggested(corpus: DatasetVersion, base: ModelVersion | None) -> str:
    """A model name from the base's and the corpus's."""
    stem = f"{base.name if base else 'bert'}-{escape(corpus.name)}".lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")
