"""The documentation is true where a test can tell: links lead somewhere, commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"^\s*(?:\$ )?(?:[A-Z_]+=\S+ )*python -m core ([a-z]+)(?: ([a-z][a-z-]*))?", re.MULTILINE)
TARGET = re.compile(r"^\s*(?:\$ )?make ([a-z]+)\s*(?:#.*)?$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def commands() -> list[tuple[str, str]]:
    return sorted({match for page in PAGES for match in COMMAND.findall(page.read_text(encoding="utf-8"))})


@cache
def help_of(*verbs: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", "core", *verbs, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return answer.stdout if answer.returncode == 0 else ""


def test_every_command_in_the_documentation_exists() -> None:
    unknown = []
    for verb, sub in commands():
        usage = help_of(verb)
        nested = re.search(r"\{([a-z,-]+)\}", usage)
        if not usage or (nested and sub and sub not in nested.group(1).split(",")):
            unknown.append(f"{verb} {sub}".strip())
    assert unknown == []


def test_every_make_target_in_the_documentation_exists() -> None:
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {target for page in PAGES for target in TARGET.findall(page.read_text(encoding="utf-8"))}
    assert named - known == set()


def test_the_readme_names_the_two_commands() -> None:
    named = TARGET.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert "run" in named and "test" in named
