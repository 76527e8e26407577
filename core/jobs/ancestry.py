"""Which registered model was made from which, over any number of steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from registry import models
from registry.errors import NotFound
from registry.records import ModelVersion

if TYPE_CHECKING:
    from registry.session import Registry


def ancestors(registry: Registry, version: ModelVersion) -> Iterator[ModelVersion]:
    """The version that it was trained from, that one's, and so on, as far as they are still there."""
    with registry.read() as session:
        while version.parent:
            try:
                version = models.get(session, version.parent)
            except NotFound:
                return
            yield version


def related(registry: Registry, first: ModelVersion, second: ModelVersion) -> bool:
    """Whether one was made from the other, both from the same ancestor, or they are the same."""
    lines = [{version.id, *(each.id for each in ancestors(registry, version))} for version in (first, second)]
    return bool(lines[0] & lines[1])


def in_order(registry: Registry, first: ModelVersion, second: ModelVersion) -> tuple[ModelVersion, ModelVersion]:
    """The two as (before, after): an ancestor comes first, else they stay as they are."""
    if second.id in {each.id for each in ancestors(registry, first)}:
        return second, first
    return first, second
