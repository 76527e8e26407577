"""Errors that a person can act on.

One small tree: everything a user caused or can mend is a `UserProblem`, told in one sentence; anything else is our
defect and keeps its traceback.
"""

from __future__ import annotations


class UserProblem(Exception):
    """A problem a user can mend: says what was found, what was wanted and what to do, in plain words."""

    def __init__(self, found: str, wanted: str = "", action: str = "") -> None:
        self.found, self.wanted, self.action = found, wanted, action
        super().__init__(" ".join(part for part in (found, wanted, action) if part))


class Stopped(Exception):
    """The work was asked to stop and to keep nothing."""


class OutOfMemory(MemoryError):
    """Memory ran out while training: says what was tried and what takes less.

    A MemoryError and no UserProblem, so that whoever runs the work may try once more with a smaller batch.
    """

    def __init__(self, found: str, action: str) -> None:
        self.found, self.wanted, self.action = found, "", action
        super().__init__(f"{found} {action}")
