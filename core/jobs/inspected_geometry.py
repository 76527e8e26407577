"""The geometry of a registered model on a dataset of the workspace, measured once and then kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.progress import Report, ShouldStop, never, silent

if TYPE_CHECKING:
    from core.inspection.geometry.result import Geometry, Settings
    from core.inspection.subject import Subject
    from registry.session import Registry


def kept(registry: Registry, subject: Subject, dataset: str | None, settings: Settings) -> Geometry | None:
    """What was measured before with these settings, or None."""
    from core.inspection.geometry import keeping

    return keeping.kept(_folder(registry), keeping.key(subject, _corpus(registry, dataset), settings))


def measured(
    registry: Registry,
    subject: Subject,
    dataset: str | None,
    settings: Settings,
    *,
    again: bool = False,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> tuple[Geometry, bool]:
    """The result and whether it was kept; `dataset` by name, name/3 or id, None for the shipped sentences."""
    from core.inspection import shipped_background
    from core.inspection.geometry import keeping
    from core.inspection.geometry.measuring import measure
    from core.jobs import inspecting

    name = keeping.key(subject, _corpus(registry, dataset), settings)
    before = None if again else keeping.kept(_folder(registry), name)
    if before is not None:
        return before, True
    texts = inspecting.texts(registry, dataset) if dataset else iter(shipped_background.sentences())
    found = measure(subject, texts, settings, report=report, should_stop=should_stop)
    keeping.keep(_folder(registry), name, found)
    return found, False


def _folder(registry: Registry) -> Path:
    return registry.home.cache / "geometry"


def _corpus(registry: Registry, dataset: str | None) -> str:
    """The dataset version's id, or a digest of the shipped sentences."""
    from core.inspection import shipped_background
    from core.inspection.geometry import keeping
    from registry import datasets

    if dataset is None:
        return keeping.corpus_of(shipped_background.sentences())
    with registry.read() as session:
        return datasets.get(session, dataset).id
