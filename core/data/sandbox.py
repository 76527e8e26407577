"""Hostile files are read in a child process with limits; the parent gets plain values or one sentence.

A Parquet file of half a megabyte can ask for eleven gigabytes, and no look at it beforehand can tell. So the child
lives under RLIMIT_AS and RLIMIT_CPU and a wall clock, in a process group of its own that is killed as a whole. It sets
its limits itself, before it imports anything large: forking with a preexec_fn is not safe in a process with threads.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from core.errors import UserProblem
from core.progress import Progress

ROOT = Path(__file__).resolve().parent.parent.parent
PASSED_ON = (
    "PATH",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "LD_LIBRARY_PATH",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "HF_HUB_OFFLINE",
    "HF_HOME",
)
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ARROW_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "MALLOC_ARENA_MAX": "2",
}
COMMAND = ("-m", "core.data.child")
LOG_SHOWN = 2_000  # characters of the child's own words kept for our log


@dataclass(frozen=True)
class Limits:
    """What a child may use: bytes of memory, seconds of CPU and of wall clock, bytes of one file and of its answer."""

    memory: int = 1_500_000_000
    cpu_seconds: int = 30
    wall_seconds: float = 120.0
    file_size: int = 2_000_000_000
    answer: int = 32_000_000


DEFAULT = Limits()


class ChildFailed(RuntimeError):
    """The child ended on a defect of ours; the text holds the end of its own traceback."""


def run_child(
    verb: str,
    arguments: Mapping[str, Any],
    *,
    limits: Limits = DEFAULT,
    on_progress: Callable[[Progress], None] | None = None,
) -> dict[str, Any]:
    """Do `verb` with `arguments` (plain values, absolute paths) in a child process and return its answer.

    Raises `UserProblem` for the child's own sentence and where it used up memory or time, `ChildFailed` for a defect.
    """
    request = json.dumps({"arguments": dict(arguments), "limits": asdict(limits)}).encode()
    with tempfile.TemporaryFile() as log, tempfile.TemporaryFile() as question:
        question.write(request)
        question.seek(0)
        child = subprocess.Popen(
            [sys.executable, *COMMAND, verb],
            stdin=question,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=ROOT,
            env=_environment(),
            start_new_session=True,
        )
        try:
            answer = _listen(child, limits, on_progress)
            code = child.wait(timeout=5)
        finally:
            _end(child)
        return _judge(answer, code, log, limits)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, **ONE_THREAD, "PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1"}


def _listen(
    child: subprocess.Popen[bytes], limits: Limits, on_progress: Callable[[Progress], None] | None
) -> dict[str, Any]:
    """The last line the child says that is no progress; empty where it says none."""
    assert child.stdout is not None
    deadline = time.monotonic() + limits.wall_seconds
    answer: dict[str, Any] = {}
    rest, total = bytearray(), 0
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(deadline - time.monotonic(), 0)):
                raise _too_long(limits)
            piece = os.read(child.stdout.fileno(), 1 << 16)
            total += len(piece)
            if total > limits.answer:
                raise UserProblem("The file gives a longer answer than is taken.", "", "Split it into smaller files.")
            rest += piece
            if b"\n" in piece:
                *whole, rest = rest.split(b"\n")
                for line in whole:
                    answer = _hear(bytes(line), answer, on_progress)
            if not piece:
                return answer


def _hear(line: bytes, answer: dict[str, Any], on_progress: Callable[[Progress], None] | None) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(line)
    if "progress" not in message:
        return message
    if on_progress is not None:
        on_progress(Progress(**message["progress"]))
    return answer


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill whatever is left of the child's process group, and reap it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # the group is gone already
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _judge(answer: dict[str, Any], code: int, log: IO[bytes], limits: Limits) -> dict[str, Any]:
    if "result" in answer:
        result: dict[str, Any] = answer["result"]
        return result
    if "problem" in answer:
        raise UserProblem(**answer["problem"])
    if code == -signal.SIGXCPU:
        raise _too_long(limits)
    said = _last_words(log)
    if answer.get("memory") or code in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS):
        raise UserProblem(
            f"The file asks for more than {limits.memory / 1e9:.1f} GB of memory.",
            "No table of a size that is read needs as much.",
            "Save it again as CSV, or split it.",
        )
    raise ChildFailed(f"the reading process ended with code {code}: {said}")


def _last_words(log: IO[bytes]) -> str:
    log.seek(0, os.SEEK_END)
    log.seek(max(log.tell() - LOG_SHOWN, 0))
    return log.read().decode("utf-8", "replace").strip()


def _too_long(limits: Limits) -> UserProblem:
    return UserProblem(
        f"The file could not be read within {limits.cpu_seconds} seconds of computing.",
        "",
        "Save it again as CSV, or split it.",
    )
