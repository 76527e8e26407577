"""Dataset versions: dense numbers, no twins, and no deletion under somebody's feet."""

from __future__ import annotations

import pytest

from registry import datasets, events, runs, scores
from registry.errors import BadName, NotFound, Refused
from registry.names import new_id
from registry.session import Registry


def test_a_version_comes_back_as_it_was_saved(registry: Registry, making) -> None:
    saved = making.dataset(
        labels=("ja", "nein", "naïve"), rows={"train": 8, "validation": 1}, mapping={"text": "t", "label": ["a", "b"]},
        repairs=("blanks",), report={"rows_in": 9, "z": 1, "a": 2}, source="Zürich.csv", description="Erste",
    )  # fmt: skip
    with registry.read() as session:
        read = datasets.get(session, saved.id)
    assert read == saved and read.spec == "trec/1" and read.created_by == "ann"
    assert read.labels == ("ja", "nein", "naïve") and read.repairs == ("blanks",)
    assert list(read.report) == ["rows_in", "z", "a"], "the order of keys is kept"


def test_versions_are_dense_and_found_by_name_number_and_id(registry: Registry, making) -> None:
    one, two, other = making.dataset(), making.dataset(), making.dataset(name="sms")
    with registry.read() as session:
        assert datasets.get(session, "trec") == datasets.get(session, "trec/2") == datasets.get(session, two.id) == two
        assert datasets.get(session, "trec/1") == one
        assert datasets.versions(session, "trec") == (two, one)
        assert datasets.listing(session) == (other, two)


def test_an_id_may_be_given(registry: Registry, making) -> None:
    id = new_id()
    assert making.dataset(id=id).id == id


def test_what_is_not_there_is_said_with_what_is_near(registry: Registry, making) -> None:
    making.dataset()
    with registry.read() as session:
        with pytest.raises(NotFound, match='no dataset "trek". Did you mean "trec"'):
            datasets.get(session, "trek")
        with pytest.raises(NotFound, match='"trec" has no version 7; its newest are 1'):
            datasets.get(session, "trec/7")
        with pytest.raises(NotFound, match="no dataset version"):
            datasets.get(session, new_id())
        with pytest.raises(NotFound, match="no aliases"):
            datasets.get(session, "trec@champion")
        with pytest.raises(NotFound, match=r'no dataset "zzz"\.$'):
            datasets.versions(session, "zzz")


def test_the_same_content_with_the_same_columns_is_refused_and_costs_no_number(registry: Registry, making) -> None:
    first = making.dataset(content_hash="h")
    with registry.begin() as session:
        values = {
            name: getattr(first, name)
            for name in (
                "name",
                "description",
                "problem_type",
                "labels",
                "rows",
                "mapping",
                "repairs",
                "report",
                "source",
            )
        }
        with pytest.raises(Refused, match="already saved as trec/1; use that version"):
            datasets.add(session, **values, content_hash="h", artifact=first.artifact, who="bob")
    assert making.dataset(content_hash="h", mapping={"text": "other"}).version == 2
    assert making.dataset(content_hash="h", name="copy").version == 1


@pytest.mark.parametrize("name", ["", "a/b", "a@b", "a\nb"])
def test_bad_names_add_nothing(registry: Registry, making, name: str) -> None:
    with pytest.raises(BadName):
        making.dataset(name=name)
    with registry.read() as session:
        assert datasets.listing(session) == () and events.listing(session) == ()


def test_rename_moves_all_versions(registry: Registry, making) -> None:
    making.dataset()
    two = making.dataset()
    with registry.begin() as session:
        datasets.rename(session, "trec", "  Questions ", "bob")
    with registry.read() as session:
        assert datasets.get(session, "Questions/2").id == two.id and len(datasets.versions(session, "Questions")) == 2
        with pytest.raises(NotFound):
            datasets.get(session, "trec")
    assert making.dataset(name="Questions").version == 3


def test_rename_onto_a_used_name_is_refused(registry: Registry, making) -> None:
    making.dataset()
    making.dataset(name="sms")
    with pytest.raises(Refused, match='There is, or was, another dataset called "sms"'), registry.begin() as session:
        datasets.rename(session, "trec", "sms", "bob")
    with registry.begin() as session:
        datasets.rename(session, "trec", "trec", "bob")


def test_describe_changes_one_version(registry: Registry, making) -> None:
    making.dataset(), making.dataset()
    with registry.begin() as session:
        assert datasets.describe(session, "trec/1", "without duplicates", "bob").description == "without duplicates"
    with registry.read() as session:
        assert [version.description for version in datasets.versions(session, "trec")] == [
            "questions",
            "without duplicates",
        ]


def test_delete_returns_the_files_and_never_gives_the_number_again(registry: Registry, making) -> None:
    one, two = making.dataset(), making.dataset()
    with registry.begin() as session:
        assert datasets.delete(session, two.id, "bob") == two.artifact
    with registry.read() as session:
        assert datasets.get(session, "trec") == one
    assert making.dataset().version == 3
    with registry.begin() as session:
        for version in datasets.versions(session, "trec"):
            datasets.delete(session, version.id, "bob")
        assert datasets.listing(session) == ()
    assert making.dataset().version == 4


def test_delete_is_refused_while_a_model_was_trained_on_it(registry: Registry, making) -> None:
    data = making.dataset()
    making.model(dataset_version=data.id)
    with pytest.raises(Refused, match="the model questions/1 was trained on it"), registry.begin() as session:
        datasets.delete(session, data.id, "bob")
    with registry.read() as session:
        assert datasets.get(session, data.id) == data


def test_delete_is_refused_while_a_score_was_measured_on_it(registry: Registry, making) -> None:
    data, model = making.dataset(), making.model()
    with registry.begin() as session:
        scores.add(
            session, model_version=model.id, dataset_version=data.id, split="test", rows=5, evaluation_hash="h",
            metrics={}, details={}, artifact=None, who="ann",
        )  # fmt: skip
    with pytest.raises(Refused, match="a score of questions/1 was measured on it"), registry.begin() as session:
        datasets.delete(session, data.id, "bob")


def test_delete_is_refused_while_an_unfinished_run_uses_it(registry: Registry, making) -> None:
    data = making.dataset()
    run = making.claimed(title="Fine-tune trec", config={"data": {"versions": [data.id]}, "seed": 1})
    with pytest.raises(Refused, match='the unfinished run "Fine-tune trec" uses it'), registry.begin() as session:
        datasets.delete(session, data.id, "bob")
    with registry.begin() as session:
        runs.cancelled(session, run.id, 1)
        datasets.delete(session, data.id, "bob")


def test_every_change_leaves_one_line(registry: Registry, making) -> None:
    data = making.dataset()
    with registry.begin() as session:
        datasets.describe(session, data.id, "x", "bob")
        datasets.rename(session, "trec", "t2", "bob")
        datasets.delete(session, data.id, "eve")
    with registry.read() as session:
        trail = [(line.who, line.what, line.noun) for line in reversed(events.listing(session))]
    assert trail == [
        ("ann", "added", "dataset"),
        ("bob", "described", "dataset"),
        ("bob", "renamed", "dataset"),
        ("eve", "deleted", "dataset"),
    ]
