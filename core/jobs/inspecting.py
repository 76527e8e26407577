"""The registry's models as subjects to look into, and where their vectors are cached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import UserProblem
from core.jobs import model_loading
from registry import models

if TYPE_CHECKING:
    from core.encoding.cache import VectorCache
    from core.inspection.subject import Subject
    from registry.session import Registry


def subject(registry: Registry, spec: str | None) -> Subject:
    """A version by name, name/3, name@alias or id, its files checked; the bundled model where `spec` is None."""
    from core.encoding.base_models import BUNDLED_NAME
    from core.inspection.subject import Subject

    with registry.read() as session:
        version = models.get(session, spec or BUNDLED_NAME)
    if version.status == "corrupt":
        raise UserProblem(f"The files of {version.spec} are damaged.", "", "Import or train it again.")
    return Subject(model_loading.files(registry, version))


def cache(registry: Registry) -> VectorCache:
    """The workspace's cache of vectors, shared by all of its processes."""
    from core.encoding.cache import VectorCache

    return VectorCache(registry.home.cache / "vectors")
