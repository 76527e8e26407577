"""Memory that the download of a 200 MB result holds, plain and packed, each in a process of its own.

python -m pytest tests/benchmarks/test_download_memory.py -m benchmark -s
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SIZE = 200_000_000
CHILD = """
import sys, time
from pathlib import Path
from dashboard.components import result_file

def memory(name):
    line = next(line for line in open("/proc/self/status") if line.startswith(name))
    return int(line.split()[1]) / 1000

path = Path(sys.argv[2])
before, start = memory("VmRSS"), time.perf_counter()
sent = result_file.packed(path)() if sys.argv[1] == "packed" else path.read_bytes()
seconds = time.perf_counter() - start
held, most = memory("VmRSS") - before, memory("VmHWM") - before
print(f"{sys.argv[1]}: {len(sent) / 1e6:.0f} MB sent, {held:.0f} MB held, {most:.0f} MB at most, {seconds:.1f} s")
"""


@pytest.mark.benchmark
def test_what_a_download_holds(tmp_path: Path) -> None:
    path = made_up(tmp_path / "result.csv")
    for how in ("plain", "packed"):
        command = [sys.executable, "-c", CHILD, how, str(path)]
        print(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip())


def made_up(path: Path) -> Path:
    """A result of random words from this project's documents and random probabilities, which pack badly."""
    chance = random.Random(1)
    words = [word for page in sorted(ROOT.glob("*.md")) for word in page.read_text(encoding="utf-8").split()]
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["text", "prediction", "score", "prob_a", "prob_b", "needs_review", "truncated", "model"])
        while stream.tell() < SIZE:
            for _ in range(2000):
                first = chance.random()
                shares = (f"{max(first, 1 - first):.6f}", f"{first:.6f}", f"{1 - first:.6f}")
                rows.writerow([" ".join(chance.choices(words, k=18)), "a", *shares, "False", "False", "meals/1"])
    return path
