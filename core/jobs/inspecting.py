"""The registry's models as subjects to look into, the texts of its datasets, and where vectors are cached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.errors import UserProblem
from core.jobs import model_loading
from core.jobs.vector_imports import no_table
from core.progress import Report, silent
from registry import datasets, models

if TYPE_CHECKING:
    from core.encoding.cache import VectorCache
    from core.inspection.anisotropy import Background
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
    no_table(version, "Looking inside needs a BERT.", "Choose one, or measure the table on the Bias page.")
    return Subject(model_loading.files(registry, version))


def cache(registry: Registry) -> VectorCache:
    """The workspace's cache of vectors, shared by all of its processes."""
    from core.encoding.cache import VectorCache

    return VectorCache(registry.home.cache / "vectors")


def texts(registry: Registry, spec: str) -> Iterator[str]:
    """Every text of a dataset version in order: rows (a second text behind its first), or sentences of raw text."""
    from core.data.corpus.store import SPLITS, open_corpus
    from core.data.dataset import read_rows

    with registry.read() as session:
        version = datasets.get(session, spec)
    folder = registry.artifacts.local(version.artifact)
    if version.is_raw_text:
        corpus = open_corpus(folder)
        for split in SPLITS:
            for document in corpus.documents(split):
                yield from document.sentences
        return
    rows = read_rows(folder)
    columns = [rows[name] for name in ("text", "text_pair") if name in rows]
    for parts in zip(*columns, strict=True):
        yield from (str(part) for part in parts)


def background(
    registry: Registry, subject: Subject, pooling: str, dataset: str | None = None, report: Report = silent
) -> Background:
    """Random pairs of a model, from the cache the second time; over a dataset, or over the shipped sentences."""
    from core.inspection import anisotropy, shipped_background

    chosen = anisotropy.background_texts(texts(registry, dataset)) if dataset else shipped_background.sentences()
    return anisotropy.measure(subject, chosen, pooling=pooling, cache=cache(registry), report=report)
