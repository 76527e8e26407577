"""Memory that ran out while training, told in one sentence with what takes less.

torch raises a plain RuntimeError on the CPU, its own class on a GPU, and C++ code a bad_alloc: all become OutOfMemory.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import OutOfMemory

ADVICE = "Choose a smaller batch size, a smaller max_length, or a smaller base model."
_SIGNS = ("can't allocate memory", "not enough memory", "out of memory", "bad_alloc", "unable to allocate")


@contextmanager
def told(doing: str, advice: str = ADVICE) -> Iterator[None]:
    """Turn any form of memory running out inside the block into OutOfMemory; other errors pass."""
    try:
        yield
    except OutOfMemory:
        raise
    except (MemoryError, RuntimeError) as problem:
        if not ran_out(problem):
            raise
        raise OutOfMemory(f"Memory ran out while {doing}.", advice) from problem


def ran_out(problem: BaseException) -> bool:
    """Tell whether an error means that memory ran out."""
    if isinstance(problem, MemoryError) or type(problem).__name__ == "OutOfMemoryError":
        return True
    return isinstance(problem, RuntimeError) and any(sign in str(problem).lower() for sign in _SIGNS)
