"""How runs are run on this machine: all settings of the engine, from the environment, checked once.

| variable | default | what it is |
|---|---|---|
| AMONTILLADO_ENGINE | local | where a run's process is started; only `local` today |
| AMONTILLADO_LEASE_SECONDS | 60 | how long a silent run keeps its lease |
| AMONTILLADO_HEARTBEAT_SECONDS | 15 | how often a run renews it |
| AMONTILLADO_BACKOFF_SECONDS | 5,30,120 | wait before the second, third, later attempt |
| AMONTILLADO_TRAINING_SLOTS, AMONTILLADO_LIGHT_SLOTS | 1, 1 | runs at once, by kind |
| AMONTILLADO_RUN_THREADS | cores / 1 | threads of one run's arithmetic |
| AMONTILLADO_RUN_MEMORY_MB | none | address space of one run (RLIMIT_AS) |
| AMONTILLADO_STOP_SECONDS | 10,20 | a run that ignores Stop: SIGTERM after the first, SIGKILL after the second |
| AMONTILLADO_WORKER_IDLE_SECONDS | 300 | an embedded worker with nothing to do leaves after this |
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from core.errors import UserProblem


@dataclass(frozen=True)
class EngineSettings:
    """Seconds, counts and sizes that steer worker and run."""

    engine: str = "local"
    lease: float = 60.0
    heartbeat: float = 15.0
    backoff: tuple[float, ...] = (5.0, 30.0, 120.0)
    training_slots: int = 1
    light_slots: int = 1
    threads: int = 1
    memory_mb: int | None = None
    terminate_after: float = 10.0
    kill_after: float = 20.0
    idle: float = 300.0

    @classmethod
    def from_environment(cls) -> EngineSettings:
        """Read and check every variable; a wrong one is told in a sentence."""
        terminate, kill = _numbers("AMONTILLADO_STOP_SECONDS", (10.0, 20.0), count=2)
        settings = cls(
            engine=os.environ.get("AMONTILLADO_ENGINE", "local"),
            lease=_number("AMONTILLADO_LEASE_SECONDS", 60.0),
            heartbeat=_number("AMONTILLADO_HEARTBEAT_SECONDS", 15.0),
            backoff=_numbers("AMONTILLADO_BACKOFF_SECONDS", (5.0, 30.0, 120.0)),
            training_slots=int(_number("AMONTILLADO_TRAINING_SLOTS", 1)),
            light_slots=int(_number("AMONTILLADO_LIGHT_SLOTS", 1)),
            threads=max(1, int(_number("AMONTILLADO_RUN_THREADS", os.cpu_count() or 1))),
            memory_mb=int(_number("AMONTILLADO_RUN_MEMORY_MB", 0)) or None,
            terminate_after=terminate,
            kill_after=kill,
            idle=_number("AMONTILLADO_WORKER_IDLE_SECONDS", 300.0),
        )
        if settings.heartbeat * 2 > settings.lease:
            raise UserProblem(
                f"AMONTILLADO_HEARTBEAT_SECONDS is {settings.heartbeat:g} and the lease is {settings.lease:g} seconds.",
                "A heartbeat must come at least twice in a lease.",
            )
        return settings

    def delay(self, attempt: int) -> float:
        """Seconds to wait after attempt number `attempt` (1, 2, ...) died."""
        return self.backoff[min(attempt, len(self.backoff)) - 1]


def _number(name: str, default: float) -> float:
    return _numbers(name, (default,), count=1)[0]


def _numbers(name: str, default: tuple[float, ...], count: int | None = None) -> tuple[float, ...]:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        values = tuple(float(part) for part in text.split(","))
    except ValueError:
        values = ()
    if not values or (count and len(values) != count) or any(value < 0 for value in values):
        wanted = "one number" if count == 1 else f"{count} numbers" if count else "numbers"
        raise UserProblem(f"{name} is {text!r}.", f"It must be {wanted} of 0 or more, separated by commas.")
    return values
