"""How an attempt that did not finish ends: cancelled, given back to the queue, or failed, and with which sentence.

Only a lost process, memory that ran out (once, with half the batch) and a short list of passing troubles are tried
again; a user's problem and a defect of ours are not, since they would only happen again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.errors import Stopped, UserProblem
from core.jobs import memory
from core.jobs.settings import EngineSettings
from core.progress import StopMode
from registry import runs
from registry.errors import RegistryProblem, Unavailable
from registry.records import Run

if TYPE_CHECKING:
    from registry.session import Registry

PASSING_ERRNO = {11: "a resource was busy", 28: "the disk is full", 122: "the disk quota is used up"}


@dataclass(frozen=True)
class Ending:
    """What becomes of the run: a verdict, the reason in one sentence, and for a retry the wait in seconds."""

    verdict: Literal["cancelled", "give_back", "failed"]
    reason: str = ""
    kind: str = ""
    delay: float = 0.0
    counted: bool = True


def of_error(
    error: BaseException, run: Run, checkpoints: Path, settings: EngineSettings, stop: StopMode | None, left: bool
) -> Ending:
    """The ending after `error`; `stop` is what a person asked for, `left` whether the process was told to leave."""
    if isinstance(error, Stopped):
        if left and stop != "discard":
            return Ending(
                "give_back", "The worker was stopped; the run goes on from its last checkpoint.", counted=False
            )
        return Ending("cancelled")
    if isinstance(error, UserProblem) or (isinstance(error, RegistryProblem) and not isinstance(error, Unavailable)):
        return Ending("failed", str(error), "user")
    if memory.ran_out(error):
        return of_memory(run, checkpoints)
    passing = _passing(error)
    if passing:
        return again(run, settings, f"The last time {passing}.")
    return Ending(
        "failed", f"Something went wrong in this program ({type(error).__name__}); the log says where.", "defect"
    )


def of_memory(run: Run, checkpoints: Path) -> Ending:
    """The ending after memory ran out: one more attempt with half the batch, then failed with advice."""
    if memory.may_halve(run, checkpoints):
        memory.halve(checkpoints)
        return Ending("give_back", "Memory ran out; trying once more with half the batch.", "out_of_memory", 1.0)
    return Ending("failed", memory.ADVICE, "out_of_memory")


def of_death(run: Run, exit_code: int, settings: EngineSettings) -> Ending:
    """The ending after the process died without a word."""
    return again(run, settings, f"Its process {_death(exit_code)}.")


def again(run: Run, settings: EngineSettings, reason: str) -> Ending:
    """One more attempt after a wait; the registry fails the run instead when its attempts are used up."""
    return Ending("give_back", reason, "lost", settings.delay(run.failures + 1))


def write(registry: Registry, run: Run, end: Ending) -> Run:
    """Write the ending to the run's row and return it; raises Lost when another attempt holds it."""
    with registry.begin() as session:
        if end.verdict == "cancelled":
            return runs.cancelled(session, run.id, run.attempt)
        if end.verdict == "failed":
            return runs.fail(session, run.id, run.attempt, end.reason, end.kind)
        return runs.give_back(session, run.id, run.attempt, end.reason, delay=end.delay, counted=end.counted)


def _passing(error: BaseException) -> str:
    if isinstance(error, OSError) and error.errno in PASSING_ERRNO:
        return PASSING_ERRNO[error.errno]
    return "the registry did not answer" if isinstance(error, Unavailable) else ""


def _death(exit_code: int) -> str:
    return f"was killed by signal {-exit_code}" if exit_code < 0 else f"ended with code {exit_code} before it was done"
