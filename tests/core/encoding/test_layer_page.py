"""The programs of docs/bert_layer.md, run as they stand there: the loss falls and the texts are learned."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / "bert_layer.md").read_text(), re.MULTILINE | re.DOTALL)
TELL = """
import json
layer = network.bert if "network" in globals() else model.bert.module
frozen = not any(parameter.requires_grad for parameter in layer.parameters()) and not layer.body.training
print(json.dumps({"losses": losses, "predicted": predicted, "frozen": frozen}))
"""


def test_there_are_two() -> None:
    assert len(PROGRAMS) == 2


@pytest.mark.slow
@pytest.mark.parametrize("place", [0, 1], ids=["torch", "keras"])
def test_the_program_runs_and_learns(place: int) -> None:
    if place == 1 and importlib.util.find_spec("keras") is None:
        pytest.skip("keras, a requirement for development only, is not installed")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("KERAS_BACKEND", None)
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAMS[place] + TELL], env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found["losses"][-1] < 0.2 * found["losses"][0]
    assert found["predicted"] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert found["frozen"]
