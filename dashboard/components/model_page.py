"""One registered model, one of its versions at a time: scores, origin, files, card, history, and what can be done."""

from __future__ import annotations

import streamlit as st

from dashboard.components import (
    choose_method,
    model_card,
    model_edits,
    model_files,
    model_history,
    model_origin,
    model_proof,
    model_scores,
    navigation,
    outdated,
    problems,
    proof_words,
    quantities,
    score_elsewhere,
    scores_view,
    url,
    word_vectors,
)
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import models
from registry.errors import NotFound
from registry.records import ModelVersion, RegisteredModel

SCORES, PROOF = "Scores", "Proof"
SECTIONS = ("Origin", "Files", "Card", "History")


def show(name: str, number: int | None) -> None:
    """Draw version `number` (the newest where None) of the model `name`."""
    model = find(name)
    if model is None:
        return
    version = next((item for item in model.versions if item.version == number), None)
    if version is None and number is not None:
        st.warning(f"{escape(name)} has no version {number}. The newest is shown.", icon=":material/search_off:")
    version = version or model.versions[0]
    heading(model, version)
    actions(model, version)
    known = sections(version)
    kind = "proved" if PROOF in known else version.kind
    section = st.segmented_control(
        "Section", known, default=known[0], required=True, key=f"section-{kind}", label_visibility="collapsed"
    )
    with problems.told():
        draw(section or known[0], model, version)


def sections(version: ModelVersion) -> tuple[str, ...]:
    """Scores first for what classifies, the proof first for what was pre-trained here."""
    if version.kind == "fine_tuned":
        return (SCORES, *SECTIONS)
    return (PROOF, *SECTIONS) if proof_words.of(version) else SECTIONS


def find(name: str) -> RegisteredModel | None:
    """The model of this name, or None after saying that there is none."""
    try:
        with registry().read() as session:
            model = models.model(session, name)
    except NotFound as problem:
        problems.show(problem)
        return None
    return model if model.versions else None


def heading(model: RegisteredModel, version: ModelVersion) -> None:
    """Name, version, aliases, description, and who made it when."""
    with st.container(horizontal=True, vertical_alignment="center", key="model-heading"):
        st.title(escape(model.name), anchor=False, width="content")
        numbers = [item.version for item in model.versions]
        st.selectbox(
            "Version",
            numbers,
            index=numbers.index(version.version),
            key=f"version-{model.name}-{version.version}",
            format_func=lambda number: f"version {number}",
            label_visibility="collapsed",
            on_change=lambda: url.put(version=st.session_state[f"version-{model.name}-{version.version}"]),
            width=140,
        )
    with st.container(horizontal=True, key="model-badges"):
        for alias in version.aliases:
            st.badge(f"@{alias}", color="primary" if alias != "latest" else "gray")
        for tag in version.tags:
            st.badge(escape(tag), color="gray", icon=":material/sell:")
        if version.status == "corrupt":
            st.badge("damaged", color="red", icon=":material/broken_image:")
    if model.description:
        st.text(model.description)
    st.caption(made(version))


def made(version: ModelVersion) -> str:
    """What the version is, and who made it when."""
    what = f"{method(version)}. {len(version.labels)} labels"
    if version.kind != "fine_tuned":
        what = word_vectors.made(version) if version.kind == word_vectors.KIND else pretraining(version)
    size = quantities.size(version.artifact.size)
    return f"{what}. {size}. Added {quantities.ago(version.created_at)} by {escape(version.created_by)}."


def pretraining(version: ModelVersion) -> str:
    """What was read, and from what it went on, where it was pre-trained here."""
    text, base = version.facts.get("pretrained_on"), str(version.facts.get("base") or "")
    if not text:
        return "Pretrained BERT"
    begun = "from scratch" if base == "scratch" else f"from {escape(base)}"
    return f"BERT pre-trained here on {escape(str(text))}, {begun}"


def method(version: ModelVersion) -> str:
    """The title of the method that made the version."""
    return escape(choose_method.title(version.method))


def actions(model: RegisteredModel, version: ModelVersion) -> None:
    """Where to go with this version, and what to change."""
    params = url.model(version.name, version.version)
    with st.container(horizontal=True, vertical_alignment="center", key="model-actions"):
        if version.kind == word_vectors.KIND:
            word_vectors.actions(version)
            model_edits.menu(model, version)
            return
        if version.kind == "fine_tuned":
            if st.button("Classify with it", key=f"use-{version.id}", type="primary", icon=":material/label:"):
                navigation.go(navigation.CLASSIFY, params)
            if st.button("Compare", key=f"compare-{version.id}", icon=":material/compare_arrows:"):
                navigation.go(navigation.MODELS, {"compare": version.spec})
        else:
            if st.button("Train from it", key=f"use-{version.id}", type="primary", icon=":material/model_training:"):
                navigation.go(navigation.TRAIN, params)
            if st.button("Pre-train from it", key=f"pretrain-{version.id}", icon=":material/menu_book:"):
                navigation.go(navigation.PRETRAIN, params)
        if st.button("Look inside", key=f"inspect-{version.id}", icon=":material/biotech:"):
            view = {"view": "attribution"} if version.method == "tfidf" else {}  # a word count has no BERT inside
            navigation.go(navigation.INSPECT, params | view)
        if st.button("Bias passport", key=f"passport-{version.id}", icon=":material/assignment:"):
            navigation.go(navigation.BIAS, params | {"view": "passport"})
        model_edits.menu(model, version)


def draw(section: str, model: RegisteredModel, version: ModelVersion) -> None:
    """Draw one section."""
    if section == SCORES:
        scores(version)
    elif section == PROOF:
        model_proof.show(version)
    elif section == "Origin":
        model_origin.show(version)
    elif section == "Files":
        model_files.show(version)
    elif section == "Card":
        model_card.show(version)
    else:
        model_history.show(model)


def scores(version: ModelVersion) -> None:
    """Every stored score; the one that stands for the version first."""
    found = model_scores.of(version)
    if not found:
        st.info("It has not been scored yet.", icon=":material/query_stats:")
        score_elsewhere.show(version)
        return
    chosen = 0
    if len(found) > 1:
        titles = [f"{dataset.spec if dataset else 'deleted dataset'} · {score.split}" for score, dataset in found]
        chosen = st.selectbox(
            "Measured on", range(len(found)), format_func=titles.__getitem__, key=f"measured-{version.id}", width=360
        )
    score, dataset = found[chosen]
    outdated.show((version,), score, dataset)
    scores_view.show(score, dataset, version)
    score_elsewhere.show(version)
