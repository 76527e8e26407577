"""Saving a dataset version: everything or nothing."""

from __future__ import annotations

import io

import pytest
from small_world import add_reviews, reviews

from core.data import dataset
from core.data.column_mapping import ColumnMapping
from core.errors import UserProblem
from core.jobs import datasets as saving
from core.jobs import uploads
from core.jobs.uploads import Staged
from registry import datasets
from registry.errors import BadName, NotFound, Refused
from registry.session import Registry


def checked(registry: Registry, text: str) -> tuple[Staged, object]:
    staged = uploads.stage(registry, "reviews.csv", io.BytesIO(text.encode()))
    return staged, uploads.check(staged, ColumnMapping("text", "label"))


def nothing_saved(registry: Registry) -> bool:
    with registry.read() as session:
        listed = datasets.listing(session)
    return listed == () and registry.artifacts.stored() == ()


def test_a_saved_version_can_be_read_back_and_its_upload_is_gone(registry: Registry) -> None:
    version = add_reviews(registry, rows=60)
    assert (version.spec, version.labels, sum(version.rows.values())) == ("reviews/1", ("negative", "positive"), 60)
    assert version.mapping["text"] == "text" and version.source == "reviews.csv"
    data = dataset.read(registry.artifacts.local(version.artifact))
    assert {split: len(getattr(data, split)) for split in version.rows} == version.rows
    assert list(registry.home.uploads.iterdir()) == []


def test_a_blocked_check_saves_nothing(registry: Registry) -> None:
    staged, report = checked(registry, "text,label\nLovely pizza,good\nWarm soup,good\n")
    assert not report.can_save  # type: ignore[attr-defined]
    with pytest.raises(UserProblem, match="cannot be saved"):
        saving.save(registry, staged, report, name="one label", who="tester")  # type: ignore[arg-type]
    assert nothing_saved(registry)


def test_the_same_content_again_is_refused_and_leaves_no_files(registry: Registry) -> None:
    add_reviews(registry, rows=60)
    before = registry.artifacts.stored()
    with pytest.raises(Refused, match="reviews/1"):
        add_reviews(registry, rows=60)
    assert registry.artifacts.stored() == before


def test_a_bad_name_is_refused_before_anything_is_written(registry: Registry) -> None:
    staged, report = checked(registry, reviews(40))
    with pytest.raises(BadName):
        saving.save(registry, staged, report, name="a/b", who="tester")  # type: ignore[arg-type]
    assert nothing_saved(registry)


def test_a_deleted_version_takes_its_files_along(registry: Registry) -> None:
    version = add_reviews(registry, rows=60)
    saving.delete(registry, version.id, "tester")
    assert nothing_saved(registry)
    with registry.read() as session, pytest.raises(NotFound):
        datasets.get(session, version.id)
