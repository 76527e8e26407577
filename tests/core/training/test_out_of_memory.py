"""Memory that ran out is told in a sentence, whatever raised it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.errors import OutOfMemory, UserProblem
from core.training.out_of_memory import told


@pytest.mark.parametrize(
    "problem",
    [
        MemoryError(),
        RuntimeError("[enforce fail at alloc_cpu.cpp:124] . DefaultCPUAllocator: can't allocate memory: you tried"),
        RuntimeError("std::bad_alloc"),
        torch.OutOfMemoryError("CUDA out of memory."),
    ],
    ids=["python", "cpu", "c++", "gpu"],
)
def test_every_form_becomes_one_error_with_advice(problem: BaseException) -> None:
    with pytest.raises(OutOfMemory, match="smaller batch size") as caught, told("fine-tuning"):
        raise problem
    assert caught.value.__cause__ is problem
    assert isinstance(caught.value, MemoryError) and not isinstance(caught.value, UserProblem)


def test_a_real_allocation_that_cannot_be() -> None:
    with pytest.raises(OutOfMemory), told("making a matrix"):
        torch.empty(2**52)
    with pytest.raises(OutOfMemory), told("making a matrix"):
        np.empty(2**52)


def test_other_errors_pass() -> None:
    with pytest.raises(RuntimeError, match="shapes"), told("fine-tuning"):
        raise RuntimeError("shapes do not fit")
