"""The form of a new pre-training: corpus, base or scratch, parameters, name; then Start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.pretraining.config import BASE_ONLY, PRETRAIN, SCRATCH_ONLY, PretrainConfig
from core.pretraining.objectives import OBJECTIVES
from dashboard.components import (
    choose_dataset,
    choose_model,
    earlier_run,
    estimate_card,
    example_builder,
    method_form,
    navigation,
    problems,
    quantities,
    url,
)
from dashboard.components.services import registry, who
from dashboard.components.train_form import becomes
from registry.records import DatasetVersion, ModelVersion

SIZES = {
    "tiny": "tiny: 2 layers of 128",
    "mini": "mini: 4 layers of 256",
    "small": "small: 6 layers of 384",
}
PROOF = {
    "general": ("What it forgets, on raw text", "Other text, of everyday kind: is it predicted worse than before?"),
    "downstream": (
        "What it brings, on labelled rows",
        "A linear probe learns these labels on the parent and on the child; both are scored on the test rows.",
    ),
}
GO_ON, SCRATCH = "Go on from a model", "Start from scratch"


def show() -> None:
    """Draw the form; Start submits the run and puts its id into the address."""
    like = earlier_run.earlier("pretrain")
    key, config = (f"pretrain-{like.id[:8]}", like.config) if like else ("pretrain", {})
    left, right = st.columns([5, 3], gap="large")
    with left:
        corpus = choose_corpus(key, config.get("dataset"))
        if corpus is None:
            return
        scratch, base = choose_base(key, config)
        st.subheader("Parameters", anchor=False)
        parameters = choose_parameters(key, config, scratch)
        asked = {} if scratch else choose_proof(key, config, corpus)
    with right, st.container(border=True, key="before-start"):
        before_start(corpus, scratch, base, parameters, config.get("name"), asked)
    if scratch or base:
        example_builder.expander(corpus, base, parameters)


def choose_corpus(key: str, first: str | None = None) -> DatasetVersion | None:
    """A select box of all raw texts; None, with a way on, where there are none."""
    found = [item for item in choose_dataset.every_version() if item.is_raw_text and item.rows.get("train")]
    if not found:
        st.info("There is no raw text yet. Upload some first: a book, a folder of documents, a column of a table.",
                icon=":material/article:")  # fmt: skip
        navigation.link(
            navigation.UPLOAD, "Upload raw text", icon=":material/upload_file:", params={"kind": "raw"}
        )  # fmt: skip
        return None
    return st.selectbox(
        "Raw text", found, index=choose_dataset.place(found, first), format_func=words, key=f"{key}-corpus",
        help="A version never changes: documents, sentences and holdout are fixed.",
    )  # fmt: skip


def choose_base(key: str, config: Mapping[str, Any]) -> tuple[bool, ModelVersion | None]:
    """Whether from scratch, and else the model to go on from; None where the registry has none."""
    begin = SCRATCH if config and config.get("base") is None else GO_ON
    how = st.segmented_control(
        "Begin", [GO_ON, SCRATCH], default=begin, key=f"{key}-begin", required=True,
        help="Going on keeps what the model knows and its vocabulary. From scratch needs far more text.",
    )  # fmt: skip
    if how == SCRATCH:
        st.caption("A small BERT with random weights, and a vocabulary learned from the text. It knows nothing else.")
        return True, None
    found = [item for item in choose_model.versions("pretrained") if item.facts.get("model_type", "bert") == "bert"]
    if not found:
        st.warning("The registry holds no plain BERT. Import one on the models page, or start from scratch.")
        return False, None
    return False, choose_model.choose(
        "Base model", found, f"{key}-base", first=config.get("base"),
        help_text="A plain BERT of the registry. Heads that it lacks are added new and learn first, alone.",
    )  # fmt: skip


def choose_parameters(key: str, config: Mapping[str, Any], scratch: bool) -> dict[str, Any]:
    """The parameters that matter for this beginning."""
    titles = {name: each.title for name, each in OBJECTIVES.items()} | SIZES
    return method_form.parameters(
        PretrainConfig, key, config.get("parameters"), without=BASE_ONLY if scratch else SCRATCH_ONLY, words=titles,
        columns=2,
    )  # fmt: skip


def words(item: DatasetVersion) -> str:
    """The corpus with its size, in one line."""
    held = item.rows.get("holdout", 0)
    return f"{item.spec} · {quantities.count(item.rows.get('train', 0), 'sentence')} · {held:,} held out"


def choose_proof(key: str, config: Mapping[str, Any], corpus: DatasetVersion) -> dict[str, str]:
    """What is measured on request beside the holdout; nothing where nothing fits, or nothing is chosen."""
    every = choose_dataset.every_version()
    offered = {
        "general": [item for item in every if item.is_raw_text and item.id != corpus.id and item.rows.get("train")],
        "downstream": [item for item in every if not item.is_raw_text and item.rows.get("test")],
    }
    if not any(offered.values()):
        return {}
    found: dict[str, str] = {}
    with st.expander("More proof", key=f"{key}-proof"):
        for name, (title, help_text) in PROOF.items():
            ids = [item.id for item in offered[name]]
            first = ids.index(config[name]) if config.get(name) in ids else None
            chosen = st.selectbox(
                title, offered[name], index=first, format_func=lambda item: item.spec, key=f"{key}-{name}",
                help=help_text, placeholder="not measured",
            )  # fmt: skip
            found |= {name: chosen.id} if chosen else {}
    return found


def before_start(
    corpus: DatasetVersion,
    scratch: bool,
    base: ModelVersion | None,
    parameters: dict[str, Any],
    name: str | None,
    asked: Mapping[str, str],
) -> None:
    """What will be made, how long it takes, and the button."""
    st.subheader("Before the start", anchor=False)
    name = st.text_input(
        "Model name", value=name or suggested(corpus, base),
        key=f"pretrain-name-{corpus.name}-{base.name if base else ''}",
        help="A name that exists already gets a new version.",
    )  # fmt: skip
    st.caption(becomes(name.strip()))
    st.caption(reads(corpus))
    if not scratch and base is None:
        return
    estimate_card.show(PRETRAIN, corpus, base, parameters)
    if st.button(
        "Start pre-training", type="primary", key="pretrain-start", icon=":material/play_arrow:", width="stretch"
    ):
        with problems.told():
            start(corpus, base, name.strip(), parameters, asked)


def reads(corpus: DatasetVersion) -> str:
    """How the sentences are used, in words."""
    train, held = corpus.rows.get("train", 0), corpus.rows.get("holdout", 0)
    told = f"It reads {quantities.count(train, 'sentence')}. "
    if held:
        return told + f"{held:,} held-out ones tell whether it learns or only learns by heart."
    return told + "Nothing of this text is held out, so nothing can be proved: save it again with a holdout."


def start(
    corpus: DatasetVersion,
    base: ModelVersion | None,
    name: str,
    parameters: dict[str, Any],
    asked: Mapping[str, str],
) -> None:
    """Submit the run and show it in place."""
    from core.jobs import submit_pretraining

    run = submit_pretraining.pretrain(
        registry(), dataset=corpus.id, base=base.id if base else submit_pretraining.SCRATCH, name=name,
        parameters=parameters, who=who(), **asked,
    )  # fmt: skip
    url.put(run=run.id, dataset=None, version=None, model=None, like=None)
    st.rerun()


def suggested(corpus: DatasetVersion, base: ModelVersion | None) -> str:
    """A model name from the base's and the corpus's."""
    stem = f"{base.name if base else 'bert'}-{corpus.name}".lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")
