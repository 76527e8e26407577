"""What counts as memory running out, and what half the batch is."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from core.errors import OutOfMemory
from core.jobs import memory


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OutOfMemory("Memory ran out.", "Choose less."),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
    ],
)
def test_memory_that_ran_out_is_recognised(error: BaseException) -> None:
    assert memory.ran_out(error)
    wrapped = ValueError("while training")
    wrapped.__cause__ = error
    assert memory.ran_out(wrapped)


@pytest.mark.parametrize("error", [RuntimeError("shapes differ"), OSError(errno.ENOSPC, "full"), KeyError("memory")])
def test_other_errors_are_not(error: BaseException) -> None:
    assert not memory.ran_out(error)


def test_half_the_batch_keeps_the_step_as_large() -> None:
    whole = {"per_device_train_batch_size": 32, "gradient_accumulation_steps": 2, "learning_rate": 1e-4}
    assert memory.halved(whole, 0) == whole
    assert memory.halved(whole, 1) == whole | {"per_device_train_batch_size": 16, "gradient_accumulation_steps": 4}
    assert memory.halved({"per_device_train_batch_size": 1}, 1) == {"per_device_train_batch_size": 1}
    assert memory.halved({"max_length": 128}, 1) == {"max_length": 128}


def test_halving_is_remembered_and_drops_the_checkpoints(tmp_path: Path) -> None:
    place = tmp_path / "run"
    (place / "last-7").mkdir(parents=True)
    assert memory.halvings(place) == 0
    memory.halve(place)
    assert memory.halvings(place) == 1 and not (place / "last-7").exists()


def test_the_kernel_count_only_grows() -> None:
    assert 0 <= memory.kernel_kills() <= memory.kernel_kills()
