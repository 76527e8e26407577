"""A table of word vectors as a model version: in, checked, out, in again, measured, deleted; and what it cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.bias.inputs import Inputs
from core.bias.vectors.static import open_static
from core.bias.word_sets import WordTest
from core.errors import UserProblem
from core.jobs import auditing, inspecting, submit
from core.jobs.models import delete, export, import_model, verify
from core.jobs.submit_pretraining import plain_bert
from registry import models
from registry.errors import NotFound
from registry.session import Registry

TEXT = "rose 1.0 0.0\nwasp 0.0 1.0\nnice 1.0 0.1\nugly 0.1 1.0\nwasp 3.0 3.0\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "small.2d.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_table_comes_in_goes_out_and_comes_back(registry: Registry, source: Path, tmp_path: Path) -> None:
    version = import_model(registry, str(source), who="ada")
    assert (version.spec, version.kind, version.labels, version.method) == ("small.2d/1", "static_vectors", (), "")
    assert version.facts["words"] == 4
    assert version.facts["hidden_size"] == 2
    assert version.facts["rows_left_out_duplicates"] == 1
    assert version.notes == "Imported from small.2d.txt."
    assert "all 3 files" in str(verify(registry, version.spec, "ada"))
    back = import_model(registry, str(export(registry, version.spec, tmp_path / "out.zip")), name="small.2d", who="bo")
    assert (back.spec, back.kind) == ("small.2d/2", "static_vectors")
    tables = [open_static(registry.artifacts.local(one.artifact)) for one in (version, back)]
    assert tables[0].words == tables[1].words == ("rose", "wasp", "nice", "ugly")
    assert (tables[0].rows(range(4)) == tables[1].rows(range(4))).all()


def test_a_table_can_be_deleted(registry: Registry, source: Path) -> None:
    version = import_model(registry, str(source), who="ada")
    delete(registry, version.spec, "ada")
    with registry.read() as session, pytest.raises(NotFound):
        models.get(session, version.spec)


def test_a_refused_table_leaves_no_version(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "v.txt"
    path.write_text("1 2\nx nan nan\n", encoding="utf-8")
    with pytest.raises(UserProblem, match="no table of word vectors"):
        import_model(registry, str(path), name="bad", who="ada")
    with registry.read() as session:
        assert [one.name for one in models.listing(session)] == []


def test_what_needs_a_bert_says_that_it_is_a_table(registry: Registry, source: Path) -> None:
    version = import_model(registry, str(source), who="ada")
    for refuse in (submit.usable, submit._base, plain_bert, lambda one: inspecting.subject(registry, one.spec)):
        with pytest.raises(UserProblem, match="is a table of word vectors"):
            refuse(version)


def test_a_table_can_be_queued_for_measuring(registry: Registry, source: Path) -> None:
    version = import_model(registry, str(source), who="ada")
    test = WordTest.from_json(
        {"name": "t", "targets": {"X": ["rose"], "Y": ["wasp"]}, "attributes": {"A": ["nice"], "B": ["ugly"]}}
    )
    run = auditing.submit(
        registry, model=version.spec, asked=[auditing.Asked("weat", Inputs("t", test), {})], who="ada"
    )
    assert run.kind == "bias"
