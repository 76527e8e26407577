"""Why the registry says no, in one sentence for the person who asked."""

from __future__ import annotations


class RegistryProblem(Exception):
    """Base of all: the sentence says what was found, what was wanted and what to do."""


class NotFound(RegistryProblem):
    """No such record."""


class Refused(RegistryProblem):
    """The record exists, but a rule forbids this."""


class Lost(RegistryProblem):
    """This process no longer holds the run: another attempt took over, or it was finished or cancelled."""
