"""What a fresh machine meets: pinned requirements, a safe image, the fixed top level."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INSTRUCTIONS = [
    line for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]


def test_every_requirement_is_pinned_exactly() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
        loose = [line for line in lines if line and not line.startswith("-r ") and not re.search(r"==[\w.]+", line)]
        assert loose == []


def test_torch_is_spelled_so_that_the_processor_build_is_found() -> None:
    assert "torch==2.13.0" in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["dashboard", "core", "registry", "tests", "requirements.txt", "Dockerfile"])
def test_the_fixed_names_stand_at_the_top(name: str) -> None:
    assert (ROOT / name).exists()


def test_the_image_runs_as_a_numbered_user_who_is_not_root() -> None:
    users = [line.split()[1] for line in INSTRUCTIONS if line.startswith("USER ")]
    assert users and re.fullmatch(r"[1-9]\d*:[1-9]\d*", users[-1])


def test_the_image_has_a_health_check_one_volume_and_no_moving_base() -> None:
    assert sum(line.startswith("HEALTHCHECK ") for line in INSTRUCTIONS) == 1
    assert [line for line in INSTRUCTIONS if line.startswith("VOLUME ")] == ["VOLUME /data"]
    bases = [line.split()[1] for line in INSTRUCTIONS if line.startswith("FROM ")]
    assert bases and all(":" in base and not base.endswith(":latest") for base in bases)


def test_the_image_copies_nothing_secret_and_adds_nothing_from_afar() -> None:
    assert not any(line.startswith("ADD ") for line in INSTRUCTIONS)
    assert not any(re.search(r"(?i)(password|secret|token)\s*=", line) for line in INSTRUCTIONS)


def test_hadolint_finds_nothing() -> None:
    linter = shutil.which("hadolint") or shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("hadolint is not installed")
    answer = subprocess.run([linter, str(ROOT / "Dockerfile")], capture_output=True, text=True)
    assert (answer.returncode, answer.stdout) == (0, "")
