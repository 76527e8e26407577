"""Memory that ran out: how it is recognised, the one retry with half the batch, and the advice afterwards.

A process killed from outside says nothing about why. The kernel counts its out-of-memory kills (cgroup memory.events,
/proc/vmstat since Linux 4.13); a kill that raised a count was one, any other is a lost process.
"""

from __future__ import annotations

import resource
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.jobs.kinds import kinds
from registry.records import Run

COUNTERS = (Path("/sys/fs/cgroup/memory.events"), Path("/proc/vmstat"))
MARK = "half_batch"
BATCH = "per_device_train_batch_size"
ACCUMULATION = "gradient_accumulation_steps"
ADVICE = "Memory ran out. Choose a smaller batch size or a smaller max_length, or a smaller base model."


def kernel_kills() -> int:
    """How many processes the kernel has killed for want of memory, as far as it tells."""
    return sum(_counted(file) for file in COUNTERS)


def _counted(file: Path) -> int:
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))


def limit(megabytes: int | None) -> None:
    """Give this process an address space of at most `megabytes` MiB; None leaves it as it is."""
    if megabytes:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def ran_out(error: BaseException) -> bool:
    """Does this error, or what caused it, mean that memory ran out?"""
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, MemoryError) or type(chain).__name__ == "OutOfMemoryError":
            return True
        if isinstance(chain, OSError) and chain.errno == 12:
            return True
        if isinstance(chain, RuntimeError) and _torch_says_so(str(chain)):
            return True
        chain = chain.__cause__ or chain.__context__
    return False


def _torch_says_so(message: str) -> bool:
    lowered = message.lower()
    return any(words in lowered for words in ("can't allocate memory", "not enough memory", "out of memory"))


def may_halve(run: Run, checkpoints: Path) -> bool:
    """Is there a batch to halve, and was it not halved before?"""
    kind = kinds().get(run.kind)
    return kind is not None and kind.slot == "training" and halvings(checkpoints) == 0


def halve(checkpoints: Path) -> None:
    """Remember that the next attempt takes half the batch; checkpoints of the whole batch do not fit it and go."""
    shutil.rmtree(checkpoints, ignore_errors=True)
    checkpoints.mkdir(parents=True, exist_ok=True)
    (checkpoints / MARK).write_text("1", encoding="ascii")


def halvings(checkpoints: Path) -> int:
    """How often the batch of this run was halved."""
    return 1 if (checkpoints / MARK).exists() else 0


def halved(parameters: Mapping[str, Any], times: int) -> dict[str, Any]:
    """`parameters` with the batch halved `times`; where the method accumulates gradients, the step stays as large."""
    values = dict(parameters)
    for _ in range(times if values.get(BATCH, 1) > 1 else 0):
        values[BATCH] = max(1, values[BATCH] // 2)
        if ACCUMULATION in values:
            values[ACCUMULATION] *= 2
    return values
