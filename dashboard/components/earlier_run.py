"""The run whose settings a form starts from, where the address names one as `?like=ID`."""

from __future__ import annotations

from dashboard.components import url
from dashboard.components.services import registry
from registry import runs
from registry.errors import NotFound
from registry.records import Run


def earlier(kind: str) -> Run | None:
    """That run, when it is there and of this kind."""
    like = url.asked("like")
    if like is None:
        return None
    try:
        with registry().read() as session:
            run = runs.get(session, like)
    except NotFound:
        return None
    return run if run.kind == kind else None
