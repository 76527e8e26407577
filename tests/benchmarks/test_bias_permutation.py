"""How long exact p-values take, and how many partitions a second that is.

    OMP_WAIT_POLICY=PASSIVE python -m pytest tests/benchmarks/test_bias_permutation.py -m benchmark -s

prints one line a check: what, wanted, seen. Seconds are of the processor, one thread; docs/bias_weat.md keeps them.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.bias.associations.weat import association, effect_size
from core.bias.lexicon import collection
from core.bias.permutation.test import chance

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(900)]
GOLDEN = Path(__file__).parents[1] / "core" / "bias" / "golden" / "wefe_weat.json"
PEAK = """
import re
import numpy as np
from core.bias.permutation.test import chance
values = np.random.default_rng(0).normal(size=50)
assert chance(values, 25, method="exact").method.startswith("exact")
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1e6)
"""  # the whole process at its largest; a child's ru_maxrss would be its parent's


def told(check: str, wanted: str, seen: str, passed: bool) -> None:
    print(f"\n| {check} | {wanted} | {seen} | {'yes' if passed else 'NO'} |", flush=True)
    assert passed, f"{check}: {seen}, wanted {wanted}"


def seconds(work: Callable[[], object], times: int = 5, clock: Callable[[], float] = time.process_time) -> float:
    """The least processor seconds of a few runs; by another clock those."""
    taken = []
    for _ in range(times):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def hard(size: int, seed: int = 0) -> np.ndarray:
    """Values without a difference between the halves: the longest lists there are."""
    return np.random.default_rng(seed).normal(size=size)


@pytest.mark.parametrize(("size", "shift", "most"), [(16, 0, 0.05), (32, 0, 0.05), (40, 0.8, 0.05), (40, 0, 0.05)])
def test_up_to_forty_words(size: int, shift: float, most: float) -> None:
    """The longest lists are those without a difference, where p is near a half."""
    values = hard(size)
    values[: size // 2] += shift
    took, p = seconds(lambda: chance(values, size // 2), clock=time.perf_counter), chance(values, size // 2).p
    told(f"exact p, {size} words, shift {shift:g}", f"under {1e3 * most:.0f} ms", f"{1e3 * took:.1f} ms (p {p:.2g})",
         took < most)  # fmt: skip


@pytest.mark.parametrize(("first", "second"), [(4, 60), (10, 30), (5, 35), (3, 500)])
def test_unequal_sizes(first: int, second: int) -> None:
    took = seconds(lambda: chance(hard(first + second), first, method="exact"), 2)
    told(f"exact p, {first} v {second}", "under 10 s", f"{1e3 * took:.1f} ms", took < 10)


def test_fifty_words_exactly_in_time_and_memory() -> None:
    took = seconds(lambda: chance(hard(50), 25, method="exact"), 1)
    ran = subprocess.run([sys.executable, "-c", PEAK], capture_output=True, text=True, check=True)
    peak = float(ran.stdout)
    told("exact p, 50 words, no difference", "under 10 s and 1.5 GB", f"{took:.1f} s, {peak:.2f} GB at most",
         took < 10 and peak < 1.5)  # fmt: skip


@pytest.mark.parametrize("size", [50, 64, 128, 400, 1_000, 3_000])
@pytest.mark.parametrize("shift", [0.0, 1.0])
def test_bounds_beyond(size: int, shift: float) -> None:
    values = hard(size)
    values[: size // 2] += shift
    took = seconds(lambda: chance(values, size // 2, method="bracket"), 2)
    found = chance(values, size // 2, method="bracket")
    width = f"{found.high / found.low - 1:.2%} wide" if found.high < 2 * found.low else f"{found.low:.2g} at least"
    told(f"certain bounds, {size} values, shift {shift:g}", "under 1 s", f"{1e3 * took:.0f} ms, p <= {found.p:.3g}, "
         f"{width}", took < 1)  # fmt: skip


@pytest.mark.real_data
@pytest.mark.parametrize("method", ["auto", "exact", "bracket"])
def test_the_battery_of_ten(shared_data: Path, method: str) -> None:
    kept = np.load(shared_data / "bias" / "glove840b_weat.npz")
    place = {str(word): number for number, word in enumerate(kept["words"])}

    def battery() -> list[str]:
        found = []
        for test in collection("weat"):
            x, y, a, b = (kept_rows[[place[word] for word in one.words]] for one in test.sets)
            s = association(np.concatenate([x, y]), a, b)
            one = chance(s, len(x), method=method)
            found.append(f"{effect_size(s, len(x)):.2f} (p {one.p:.3g}, {one.method.split(',')[0].split(' over')[0]})")
        return found

    kept_rows = kept["vectors"]
    print("\n" + "; ".join(battery()))
    took = seconds(battery)
    told(f"ten WEATs with p, {method}", "under 1 s", f"{took:.3f} s", took < 1)


def test_partitions_a_second_against_wefe() -> None:
    """WEFE's rate was taken on the same kind of machine, with 8 v 8 words of 10 numbers."""
    theirs = json.loads(GOLDEN.read_text(encoding="utf-8"))["eight"]["draws_a_cpu_second"]
    values = hard(16)
    counted = math.comb(16, 8) / seconds(lambda: chance(values, 8))
    dealt = 100_000 / seconds(lambda: chance(values, 8, method="monte carlo"), 2)
    told("partitions a second, 8 v 8, against WEFE 1.0.1", "1,000 times", f"exact {counted:,.0f}, Monte Carlo "
         f"{dealt:,.0f}, WEFE {theirs}: {counted / theirs:,.0f} and {dealt / theirs:,.0f} times",
         min(counted, dealt) > 1_000 * theirs)  # fmt: skip
