"""What WEFE 1.0.1 found on word vectors of our own: read from wefe.json, which made_with_wefe.py wrote."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from core.bias.inputs import Inputs
from tests.core.bias.measuring import words


@cache
def wefe() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name("wefe.json").read_text(encoding="utf-8"))
    return found


def inputs(sets: int) -> Inputs:
    """Both targets and the first `sets` attribute sets."""
    said = wefe()
    return words(said["targets"], dict(list(said["attributes"].items())[:sets]))
