"""The pages, their places in the menu, and links between them.

A page is named by its file (`views/models.py`), which is what `st.page_link` and `st.switch_page` take. What a page
shows is named in its address (`/models?model=reviews&version=3`), so that a link can be sent to a colleague.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

START, UPLOAD, DATASETS = "views/start.py", "views/upload.py", "views/datasets.py"
TRAIN, CLASSIFY, MODELS, RUNS = "views/train.py", "views/classify.py", "views/models.py", "views/runs.py"
PRETRAIN, INSPECT, BIAS = "views/pretrain.py", "views/inspect.py", "views/bias.py"


# (file, title, icon) of each page under its heading in the menu; the address part is the file's own name.
GROUPS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "": ((START, "Start", "home"),),
    "Data": ((UPLOAD, "Upload", "upload_file"), (DATASETS, "Datasets", "table_rows")),
    "Models": (
        (PRETRAIN, "Pre-train", "menu_book"),
        (TRAIN, "Train", "model_training"),
        (CLASSIFY, "Classify", "label"),
        (INSPECT, "Inspect", "biotech"),
        (BIAS, "Bias", "balance"),
        (MODELS, "Models", "deployed_code"),
        (RUNS, "Runs", "timeline"),
    ),
}


def menu() -> Page:
    """Draw the menu and return the page the address names."""
    pages = {heading: [_page(*row) for row in rows] for heading, rows in GROUPS.items()}
    return st.navigation(pages, expanded=True)


def _page(file: str, title: str, icon: str) -> Page:
    return st.Page(file, title=title, icon=f":material/{icon}:", url_path=Path(file).stem, default=file == START)


def link(page: str, label: str, *, icon: str | None = None, params: Mapping[str, str] | None = None) -> None:
    """A link to `page` (one of the constants above) that carries `params` in its address."""
    st.page_link(page, label=label, icon=icon, query_params=dict(params or {}))


def go(page: str, params: Mapping[str, str] | None = None) -> None:
    """Leave this page for `page` at once."""
    st.switch_page(page, query_params=dict(params or {}))


def button(
    page: str, label: str, *, key: str, icon: str | None = None, params: Mapping[str, str] | None = None
) -> None:
    """The one next step of a page: a filled button that leads to `page`."""
    if st.button(label, type="primary", icon=icon, key=key):
        go(page, params)
