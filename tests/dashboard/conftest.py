"""A prepared home for page tests: prepared once, then linked anew for every test; and the app as Streamlit runs it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.jobs.workspace import open_workspace
from registry.home import Home

APP = str(Path(__file__).resolve().parents[2] / "dashboard" / "app.py")
SECONDS = 120

Opened = Callable[..., AppTest]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as it is after the first start; never written to."""
    root = tmp_path_factory.mktemp("prepared") / "home"
    open_workspace(Home.at(root)).close()
    return root


@pytest.fixture
def original(prepared: Path) -> Path:
    """The home that `workspace` is made from; a folder of tests may name another."""
    return prepared


@pytest.fixture
def workspace(original: Path, home: Path) -> Iterator[Path]:
    """A home of the test's own: the original one, its large files linked, its database copied."""
    shutil.copytree(original, home, copy_function=_link_or_copy)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield home
    st.cache_resource.clear()


def _link_or_copy(source: str, target: str) -> None:
    if "artifacts" in Path(source).parts:
        os.link(source, target)
    else:
        shutil.copy2(source, target)


@pytest.fixture
def opened(workspace: Path) -> Opened:
    """Open a page of the app: `opened("upload", upload=ID)`."""

    def open_page(page: str = "start", **params: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=SECONDS)
        app.run()
        app.switch_page(f"views/{page}.py")
        for name, value in params.items():
            app.query_params[name] = value
        return app.run()

    return open_page
