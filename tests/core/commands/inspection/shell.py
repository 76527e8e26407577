"""A verb of `inspect` asked in this process, and its answer as a program reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core import cli


def asked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """The exit code of `inspect WORDS`, and what it said."""
    code = cli.main(["inspect", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out or said.err


def answer(ended: tuple[int, str]) -> Any:
    """The JSON of one that ended well."""
    assert ended[0] == 0, ended[1]
    return json.loads(ended[1])
