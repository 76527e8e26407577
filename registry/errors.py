"""Why the registry says no, in one sentence for the person who asked."""

from __future__ import annotations


class RegistryProblem(Exception):
    """Base of all: the sentence says what was found, what was wanted and what to do."""


class NotFound(RegistryProblem):
    """No such record."""


class Refused(RegistryProblem):
    """The record exists, but a rule forbids this."""


class BadName(RegistryProblem):
    """A name, alias or tag that cannot be one."""


class Lost(RegistryProblem):
    """This process no longer holds the run: another attempt took over, or it was finished or cancelled."""


class CorruptArtifact(RegistryProblem):
    """Files in the store are not the files that were put there."""


class WrongSchema(RegistryProblem):
    """The database was made by another version of the program."""


class Unavailable(RegistryProblem):
    """The database or the disk does not answer now; trying again later may help."""
