"""The entry: what it imports, what it never does, and that every page of the menu opens."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.components import navigation

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "dashboard").rglob("*.py"))
HEAVY = ("torch", "transformers", "sentence_transformers", "sklearn", "scipy", "accelerate", "captum", "datasets")
WIDGETS = {
    *("button", "download_button", "selectbox", "multiselect", "text_input", "text_area", "number_input", "toggle"),
    *(
        "checkbox",
        "radio",
        "pills",
        "segmented_control",
        "slider",
        "file_uploader",
        "data_editor",
        "form_submit_button",
    ),
}


def test_no_module_of_the_dashboard_imports_the_heavy_libraries() -> None:
    modules = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in FILES if file.name != "__init__.py"]
    script = (
        "import importlib, json, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_widgets_have_keys_and_no_html_goes_past_the_sanitizer(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    ours = {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        named = {keyword.arg for keyword in call.keywords}
        where = f"{file.name}:{call.lineno}"
        assert "unsafe_allow_html" not in named, where
        assert "use_container_width" not in named, where
        if is_widget(call, ours):
            assert "key" in named, f"{where} has no key"


def is_widget(call: ast.Call, ours: set[str]) -> bool:
    """Whether this calls a widget of Streamlit, on the page or in a container; `ours` are imported modules."""
    called = call.func
    if not isinstance(called, ast.Attribute) or called.attr not in WIDGETS:
        return False
    return not (isinstance(called.value, ast.Name) and called.value.id in ours)


@pytest.mark.parametrize("page", [Path(row[0]).stem for rows in navigation.GROUPS.values() for row in rows])
def test_every_page_opens_on_a_fresh_home(page: str, opened) -> None:
    app = opened(page)
    assert not app.exception
    assert not app.error
    assert app.title
