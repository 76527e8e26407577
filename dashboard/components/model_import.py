"""Bring a model in: a file that was downloaded elsewhere, a folder or file of this machine, or a model of the Hub."""

from __future__ import annotations

import streamlit as st

from dashboard.components import navigation, problems, url
from dashboard.components.services import registry, who
from registry.records import ModelVersion

ZIP, PLACE = "A file", "A place or a Hub id"
TYPES = ["zip", "txt", "vec", "bin", "npz", "gz", "kv", "npy"]  # the last two are refused with what to do instead


def show() -> None:
    """Draw the form, folded away."""
    with st.expander("Import a model", key="import-model", icon=":material/upload:"):
        st.caption(
            "BERT-family models with weights in safetensors. Nothing in a model is ever run as a program: pickled "
            "weights and code are refused. Word vectors come as word2vec text or binary, GloVe text (each also as "
            ".gz), or .npz; they are measured on the Bias page."
        )
        way = st.segmented_control("From", [ZIP, PLACE], default=ZIP, required=True, key="import-way")
        name = st.text_input("Name in the registry", key="import-name", placeholder="taken from the model")
        with problems.told():
            _zip(name) if way == ZIP else _place(name)


def _zip(name: str) -> None:
    given = st.file_uploader("Zip of a model, or file of word vectors", type=TYPES, key="import-zip")
    if st.button("Import", key="import-zip-go", type="primary", disabled=given is None) and given is not None:
        from core.jobs import uploads

        staged = uploads.stage(registry(), given.name, given)
        try:
            _take(str(staged.source), name or stem(given.name), given.name)
        finally:
            uploads.discard(staged)


def _place(name: str) -> None:
    place = st.text_input(
        "Folder, file or Hub id",
        key="import-place",
        placeholder="google-bert/bert-base-uncased",
        help="The Hub needs a network. A file of word vectors that is too large to upload is named here.",
    )
    if st.button("Import", key="import-place-go", type="primary", disabled=not place.strip()):
        _take(place.strip(), name)


def stem(name: str) -> str:
    """A file's name without the endings that tell its format."""
    for ending in (".gz", *(f".{one}" for one in TYPES)):
        name = name.removesuffix(ending)
    return name


def _take(source: str, name: str, called: str | None = None) -> None:
    from core.jobs import models as model_jobs

    with st.spinner("Checking and copying the model", show_time=True):
        version: ModelVersion = model_jobs.import_model(
            registry(), source, name=name.strip() or None, who=who(), called=called
        )
    navigation.go(navigation.MODELS, url.model(version.name, version.version))
