"""How fast CrowS-Pairs is measured: all 1,508 pairs on a BERT of the usual small size, and how well the time is told.

    OMP_WAIT_POLICY=PASSIVE python -m pytest tests/benchmarks/test_bias_masked.py -m benchmark -s

The bundled body gets a head of random, non-zero numbers: the verdicts mean nothing, the work is a real model's.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from core.bias import own_tables
from core.bias.audited import Audited
from core.bias.inputs import Inputs
from core.bias.masked.cost import foretell
from core.bias.measures import measure
from core.encoding.base_models import bundled
from core.progress import never, silent

pytestmark = [pytest.mark.benchmark, pytest.mark.real_data, pytest.mark.timeout(3600)]
MOST = 240  # seconds of two cores


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """Six layers, H = 384, V = 30,522."""
    import torch
    import transformers

    folder = tmp_path_factory.mktemp("headed")
    made = transformers.BertForMaskedLM.from_pretrained(str(bundled()))
    torch.manual_seed(0)
    with torch.no_grad():
        for parameter in made.cls.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.02)
    made.save_pretrained(str(folder))
    for file in bundled().iterdir():
        if file.name.startswith(("tokenizer", "vocab", "special_tokens")):
            shutil.copy(file, folder / file.name)
    return Audited(folder, "pretrained", "headed/1")


def test_all_pairs_within_four_minutes_of_two_cores(model: Audited, shared_data: Path) -> None:
    path = shared_data / "bias" / "crows_pairs" / "crows_pairs_anonymized.csv"
    inputs, known = Inputs("CrowS-Pairs", None, own_tables.read(path)), measure("crows_pairs")
    settings = known.config.from_json({"rivals": False})
    told = foretell(model, "crows_pairs", inputs, settings)
    wall, work = time.perf_counter(), time.process_time()
    found = known.compute(model, inputs, settings, report=silent, should_stop=never)
    wall, work = time.perf_counter() - wall, time.process_time() - work
    print(
        f"\n| {found.headline.n} pairs, {told.queries:,} masked positions | {wall:.0f} s wall, {work:.0f} s of work "
        f"({work / 2:.0f} s on two cores to themselves) | told before: {told.seconds:.0f} s | "
        f"{told.queries / wall:.0f} a second, {2 * told.queries / work:.0f} on two cores |"
    )
    assert found.headline.n == 1508
    assert work / 2 < MOST
    assert told.seconds == pytest.approx(wall, rel=0.5)
