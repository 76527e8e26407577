"""Imports point one way only, and nothing dangerous or heavy stands where it must not.

Every file of the three packages is parsed; the rules are those of ARCHITECTURE.md.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("core", "registry", "dashboard")
FILES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
ROOFS = ("core.jobs", "core.cli", "core.commands", "core.__main__")
HEAVY = ("torch", "transformers", "sentence_transformers", "sklearn", "accelerate", "keras")


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path, *, at_import_time: bool = False) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in at_top(tree) if at_import_time else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_top(tree: ast.Module) -> Iterator[ast.stmt]:
    """Statements that run when the module is imported; `if TYPE_CHECKING:` does not."""
    for node in tree.body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        if isinstance(node, (ast.If, ast.Try)):
            yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.stmt))


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def breaches(file: Path) -> list[str]:
    module, found = module_of(file), set(imports(file))
    joint = within(module, *ROOFS)
    forbidden: list[str] = []
    if not within(module, "dashboard"):
        forbidden += ["streamlit", "dashboard"]
    if not within(module, "registry"):
        forbidden += ["sqlalchemy", "alembic"]
    if within(module, "registry"):
        forbidden += ["core", "torch", "transformers"]
    if within(module, "core") and not joint:
        forbidden += ["registry", "core.jobs", "core.cli", "core.commands"]
    return [f"{module} imports {name}" for name in sorted(found) if within(name, *forbidden)]


def test_there_is_something_to_check() -> None:
    assert len(FILES) > 50
    assert {module_of(file).split(".")[0] for file in FILES} == set(PACKAGES)


def test_imports_point_one_way() -> None:
    assert [line for file in FILES for line in breaches(file)] == []


def test_the_dashboard_imports_nothing_heavy_at_import_time() -> None:
    heavy = [
        f"{module_of(file)} imports {name}"
        for file in FILES
        if within(module_of(file), "dashboard")
        for name in imports(file, at_import_time=True)
        if within(name, *HEAVY)
    ]
    assert heavy == []


@pytest.mark.parametrize(
    "module",
    ["registry.session", "core.jobs.workspace", "core.jobs.submit", "core.jobs.worker", "core.jobs.engine", "core.cli"],
)
def test_light_modules_stay_light(module: str) -> None:
    """What the dashboard, the worker and the shell load first must not pull torch in, not even through others."""
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


FORBIDDEN = {
    r"\bpickle\.loads?\(|\bjoblib\.(load|dump)\(|\btorch\.(load|save)\(|import (pickle|joblib)": "no pickle in or out",
    r"trust_remote_code\s*=\s*True": "no code from models",
    r"unsafe_allow_html": "no raw HTML",
    r"(?<![\w.])(eval|exec)\(": "no evaluated text",
    r"\bprint\(.*\bpassword": "no secrets printed",
}


@pytest.mark.parametrize("pattern", FORBIDDEN, ids=FORBIDDEN.values())
def test_nothing_dangerous_is_called(pattern: str) -> None:
    found = [
        f"{module_of(file)}:{number}"
        for file in FILES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line) and not line.lstrip().startswith(("#", '"'))
    ]
    assert found == []


def test_no_module_is_named_after_nothing() -> None:
    empty_names = {"utils", "util", "common", "helper", "helpers", "manager", "misc"}
    assert [module_of(file) for file in FILES if file.stem in empty_names] == []
