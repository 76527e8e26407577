"""Not drawn yet."""

from __future__ import annotations

from registry.records import ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the view."""
