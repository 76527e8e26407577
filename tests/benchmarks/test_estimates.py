"""What an estimate foretold beside what the training then took, each in a process of its own.

python -m pytest tests/benchmarks/test_estimates.py -m benchmark -s
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.training.methods import METHODS

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import json, resource, sys, tempfile, time
from pathlib import Path
from core.encoding.base_models import bundled
from core.progress import never, silent
from core.training.estimate import of_data
from core.training.methods import METHODS
from tests.benchmarks.official_sets import SETS, read
what, name, folder = sys.argv[1:]
method, data = METHODS[name], read(SETS[0], Path(folder))
config = method.config.from_json({"num_train_epochs": 1} if name == "full" else {})
start = time.perf_counter()
if what == "estimate":
    found = of_data(method, data, config, bundled())
    seconds, peak = found.seconds, found.peak_mb
else:
    with tempfile.TemporaryDirectory() as scratch:
        trained = method.fine_tune(
            data, config, base=bundled(), checkpoints=Path(scratch), report=silent, should_stop=never
        )
        trained.scorer.logits(data.validation.texts)
        trained.scorer.logits(data.test.texts)
    seconds, peak = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000 * 1.024
print(json.dumps([seconds, peak, time.perf_counter() - start]))
"""


@pytest.mark.benchmark
@pytest.mark.real_data
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("method", METHODS)
def test_foretold_beside_taken(method: str, shared_data: Path) -> None:
    """TREC-6, `full` with one epoch; the peak must be right within a third, time is printed only."""
    foretold, taken = (_child(what, method, shared_data) for what in ("estimate", "train"))
    print(
        f"\n{method}: foretold {foretold[0]:.0f} s, took {taken[0]:.0f} s (ratio {foretold[0] / taken[0]:.2f}); peak "
        f"foretold {foretold[1]:.0f} MB, was {taken[1]:.0f} MB (ratio {foretold[1] / taken[1]:.2f}); "
        f"measuring took {foretold[2]:.1f} s"
    )
    assert 0.67 < foretold[1] / taken[1] < 1.5


def _child(what: str, method: str, folder: Path) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, what, method, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: list[float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
