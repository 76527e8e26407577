"""The project speaks of itself alone: no foreign path, no address of a package registry, no stray marker."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".cfg", ".ini", ".mako", ".sh", ""}
HERE = Path(__file__).name


def tracked() -> list[Path]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if answer.returncode != 0:
        pytest.skip("this is no git checkout")
    files = [ROOT / name for name in answer.stdout.split("\0") if name]
    return [file for file in files if file.suffix in TEXT and file.name != HERE and file.is_file()]


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<![\w.])/(work|root|tmp/venv|opt/(pypi|wheels))\b",
        r"\bpypi\.org\b|\bnpmjs\b|\bdeb\.debian\b",
        r"\b(TODO|FIXME|XXX)\b",
    ],
    ids=["paths of one machine", "addresses of registries", "markers of work left open"],
)
def test_no_file_says(pattern: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for file in tracked()
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if re.search(pattern, line)
    ]
    assert found == []
