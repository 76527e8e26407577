"""How long a training will take on this machine and how much memory it needs, measured before it starts.

Runs in a child process (`python -m core.training.estimate`, JSON in and out), so that torch, the model and the peak of
memory are the child's. A method measures its own cost; one that does not is trained on a few rows and multiplied.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.data.examples import LabelledData
from core.errors import OutOfMemory, UserProblem
from core.pretraining.config import PRETRAIN
from core.progress import never, silent
from core.training.contract import Config, Cost, Method
from core.training.methods import METHODS
from core.training.sampling import sampled
from core.training.stopwatch import timed

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 120.0
FEW = 200


@dataclass(frozen=True)
class Estimate:
    """Seconds of training and scoring, peak resident memory in MB (10^6 bytes), and in words what it rests on."""

    seconds: float
    peak_mb: float
    basis: str


def estimate(method: str, data_folder: Path, config: Mapping[str, Any], base: Path | None) -> Estimate:
    """Measure in this process; `config` holds the parameters that differ from the defaults."""
    from core.data.dataset import read

    if method == PRETRAIN:
        from core.pretraining.cost import cost

        return _with_peak(cost(data_folder, config, base))
    chosen = _method(method)
    return of_data(chosen, read(data_folder), chosen.config.from_json(config), base)


def of_data(method: Method, data: LabelledData, config: Config, base: Path | None) -> Estimate:
    """Measure on data already read."""
    measure = method.cost or (lambda data, config, *, base: by_few_rows(method, data, config, base))
    return _with_peak(measure(data, config, base=base))


def _with_peak(cost: Cost) -> Estimate:
    return Estimate(cost.seconds, (_peak() + cost.extra_bytes) / 1e6, cost.basis)


def estimate_in_child(method: str, data_folder: Path, config: Mapping[str, Any], base: Path | None) -> Estimate:
    """Measure in a child process; raises UserProblem with the child's sentence, also when it takes too long."""
    asked = {
        "method": method,
        "data_folder": str(data_folder),
        "config": dict(config),
        "base": None if base is None else str(base),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "core.training.estimate"],
            input=json.dumps(asked), capture_output=True, text=True, timeout=TIMEOUT, cwd=ROOT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UserProblem(
            f"Measuring took more than {TIMEOUT:.0f} seconds and was given up.",
            action="The training can be started all the same; the machine may be busy.",
        ) from None
    return _answer(done.returncode, done.stdout, done.stderr)


def _answer(code: int, out: str, err: str) -> Estimate:
    try:
        answer = json.loads(out.strip().splitlines()[-1])
    except (IndexError, ValueError):
        last = err.strip().splitlines()[-1:] or [f"exit code {code}"]
        raise UserProblem(
            f"The measurement ended without an answer ({last[0][:200]}).",
            action="The training can be started all the same; if memory ran out, choose a smaller batch.",
        ) from None
    if "problem" in answer:
        raise UserProblem(answer["problem"])
    return Estimate(**answer)


def by_few_rows(method: Method, data: LabelledData, config: Config, base: Path | None) -> Cost:
    """Train on `FEW` rows and multiply by the rest: for methods that do not measure themselves."""
    few = sampled(data, FEW)
    with tempfile.TemporaryDirectory() as folder:
        seconds = timed(
            lambda: method.fine_tune(few, config, base=base, checkpoints=Path(folder), report=silent, should_stop=never)
        )
    factor = len(data.train) / max(1, len(few.train))
    return Cost(seconds * factor, 0, f"From training on {len(few.train)} of {len(data.train):,} rows.")


def _method(name: str) -> Method:
    if name not in METHODS:
        raise UserProblem(f"There is no method {name!r}.", f"Methods are: {', '.join(METHODS)}.")
    return METHODS[name]


def _peak() -> int:
    """Peak resident memory of this process so far, in bytes (getrusage counts KiB on Linux, bytes on macOS)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """Read a question from standard input and print the answer, or the problem in a sentence."""
    asked = json.load(sys.stdin)
    base = None if asked["base"] is None else Path(asked["base"])
    try:
        found = asdict(estimate(asked["method"], Path(asked["data_folder"]), asked["config"], base))
    except (UserProblem, OutOfMemory) as problem:
        found = {"problem": str(problem)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
