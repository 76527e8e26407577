"""Problems as a person should meet them: what was found, what was wanted, what to do; never a stack trace.

A `UserProblem` or a `RegistryProblem` is shown as it reads. Anything else is our defect: the visitor gets a short
number, the log gets the number and the details.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.errors import UserProblem
from dashboard.components.plain import escape
from registry.errors import RegistryProblem

LOG = logging.getLogger("dashboard")


@contextmanager
def told() -> Iterator[None]:
    """Show whatever goes wrong inside as a calm sentence, and go on with what stands below."""
    try:
        yield
    except (UserProblem, RegistryProblem) as problem:
        show(problem)
    except Exception:
        number = secrets.token_hex(4)
        LOG.exception("defect %s", number)
        defect(number)


def show(problem: UserProblem | RegistryProblem) -> None:
    """Show a problem that the visitor can mend."""
    found, *rest = parts(problem)
    st.error("  \n".join(escape(line) for line in rest) or escape(found), title=escape(found) if rest else None)


def parts(problem: UserProblem | RegistryProblem) -> list[str]:
    """The sentences of a problem: found, wanted, what to do, without the empty ones; at least one."""
    if isinstance(problem, UserProblem):
        return [part for part in (problem.found, problem.wanted, problem.action) if part] or ["Something is missing."]
    return [str(problem) or "The registry refused this."]


def defect(number: str) -> None:
    """Say that we failed, and under which `number` the log has the details."""
    st.error(
        f"This was not your doing. Reload the page and try again. If it happens again, report the number {number}: "
        "the details are in the server's log under it.",
        title="Something went wrong on our side",
    )
