"""Where a run's process is started: a small port with one executor today, a child process of the worker.

Another place (a cluster's job service) would be one more class with the same three verbs; the command it starts stays
`python -m core.jobs.run RUN_ID ATTEMPT`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Protocol

from core.errors import UserProblem
from core.jobs.settings import EngineSettings
from core.threads import SLEEPING
from registry.home import Home
from registry.records import Run

ROOT = Path(__file__).resolve().parent.parent.parent
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Started(Protocol):
    """A process that was started for one attempt."""

    def exit_code(self) -> int | None:
        """None while it lives; minus the signal number when one killed it."""

    def terminate(self) -> None:
        """Ask it to leave (SIGTERM)."""

    def kill(self) -> None:
        """End it and everything it started, at once."""


class Executor(Protocol):
    """Starts the process of one attempt somewhere."""

    def start(self, run: Run) -> Started: ...


class LocalProcess:
    """A child process with a process group of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def exit_code(self) -> int | None:
        if self._process.returncode is None and self._ended():
            self.kill()  # the group, while its number is still ours: what the run started goes with it
            self._process.wait()
        return self._process.returncode

    def terminate(self) -> None:
        if self._process.returncode is None:
            self._process.terminate()

    def kill(self) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _ended(self) -> bool:
        ended = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return ended is not None


class LocalExecutor:
    """Runs on this machine, beside the worker; they end with it."""

    def __init__(self, home: Home, settings: EngineSettings) -> None:
        self._home, self._settings = home, settings

    def start(self, run: Run) -> Started:
        command = [sys.executable, "-m", "core.jobs.run", run.id, str(run.attempt)]
        self._home.logs.mkdir(parents=True, exist_ok=True)
        with (self._home.logs / f"{run.id}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        return LocalProcess(process)

    def _environment(self) -> dict[str, str]:
        threads = dict.fromkeys(THREADS, str(self._settings.threads))
        return {**environment(self._home), **threads, "AMONTILLADO_PARENT": str(os.getpid())}


def environment(home: Home) -> dict[str, str]:
    """This process's environment, naming `home` without doubt."""
    return {
        **SLEEPING,
        **os.environ,
        "AMONTILLADO_HOME": str(home.root),
        "AMONTILLADO_DATABASE_URL": home.database_url,
        "AMONTILLADO_ARTIFACT_URL": home.artifact_url,
        "TOKENIZERS_PARALLELISM": "false",
        "PYTHONUNBUFFERED": "1",
    }


def executor(home: Home, settings: EngineSettings) -> Executor:
    """The executor that AMONTILLADO_ENGINE names; an unknown name is refused."""
    if settings.engine != "local":
        raise UserProblem(
            f"AMONTILLADO_ENGINE is {settings.engine!r}.", "The only engine is 'local'.", "Unset it or set it to local."
        )
    return LocalExecutor(home, settings)
