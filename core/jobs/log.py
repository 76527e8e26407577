"""A run's log: the last 64 KiB go to its row, the whole to a file in the home folder.

Tracebacks are told safely: type, places and a shortened message; never the values of variables, never a home path.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path

KEPT = 64 * 1024
MESSAGE = 300
ROOT = Path(__file__).resolve().parent.parent.parent


class RunLog(logging.Handler):
    """Collects new lines for the row and writes every line to standard error, which the executor sends to a file."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._new, self._guard = "", threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        line = f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%d %H:%M:%S} {record.getMessage()}\n"
        with self._guard:
            self._new = (self._new + line)[-KEPT:]
        sys.stderr.write(line)

    def note(self, message: str) -> None:
        """Add one line of the engine's own."""
        self.emit(logging.LogRecord("amontillado.run", logging.INFO, "", 0, message, None, None))

    @property
    def changed(self) -> bool:
        """Is there something that `take` would return?"""
        return bool(self._new)

    def take(self) -> str:
        """The text since the last call, or nothing."""
        with self._guard:
            new, self._new = self._new, ""
            return new

    def put_back(self, text: str) -> None:
        """The text taken last could not be stored: offer it again."""
        with self._guard:
            self._new = (text + self._new)[-KEPT:]


def run_logger(handler: RunLog) -> logging.Logger:
    """The logger of a run; what the science logs goes the same way."""
    for name in ("amontillado", "core"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)
    return logging.getLogger("amontillado.run")


def safe_traceback(error: BaseException) -> str:
    """The places an error went through (file, line, function), its type, and the start of its message."""
    places = [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in _frames(error)]
    return "\n".join([*places, f"{type(error).__name__}: {without_paths(str(error))[:MESSAGE]}"])


def without_paths(text: str) -> str:
    """`text` with the folders of this installation and of the user taken out."""
    for folder in (str(ROOT), str(Path.home())):
        if len(folder) > 1:
            text = text.replace(folder, "…")
    return text


def _frames(error: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__)


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])
