"""A page of views into one model: the model's choice, the views' names, the chosen view; all of it in the address.

`/inspect?model=NAME&version=3&view=attention`. A view is drawn by `show(version)` of its own component.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

import streamlit as st

from dashboard.components import choose_model, problems, url
from registry.records import ModelKind, ModelVersion


def page(
    title: str, views: Mapping[str, tuple[str, str]], kinds: Sequence[ModelKind], first: Callable[[ModelVersion], str]
) -> None:
    """Draw a page; `views` are word in the address -> title, icon, each in the component `<page>_<word>`.

    `first` says which view a model opens with.
    """
    name = title.lower()
    st.title(title, anchor=False)
    found = [item for kind in kinds for item in choose_model.versions(kind)]
    version = choose_model.choose("Model", found, f"{name}-model")
    url.put(model=version.name, version=version.version)
    write = url.follow("view", f"{name}-view", {word: word for word in views}, first(version))
    view = st.segmented_control(
        "View", list(views), format_func=lambda word: f":material/{views[word][1]}: {views[word][0]}", required=True,
        key=f"{name}-view", label_visibility="collapsed", on_change=write,
    )  # fmt: skip
    with problems.told():
        import_module(f"dashboard.components.{name}_{view}").show(version)
