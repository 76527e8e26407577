"""Registered models: versions, lineage, words about them, and when they may go."""

from __future__ import annotations

import pytest

from registry import datasets, events, models, runs, scores
from registry.errors import BadName, NotFound, Refused
from registry.names import new_id
from registry.records import Artifact
from registry.session import Registry


def score(registry: Registry, model, data, artifact: Artifact | None = None):
    with registry.begin() as session:
        return scores.add(
            session, model_version=model.id, dataset_version=data.id, split="test", rows=5, evaluation_hash="h",
            metrics={}, details={}, artifact=artifact, who="ann",
        )  # fmt: skip


def test_a_version_comes_back_as_it_was_added(registry: Registry, making) -> None:
    data, base, run = making.dataset(), making.model(name="base", kind="pretrained", method=""), making.run()
    added = making.model(
        parent=base.id, dataset_version=data.id, run=run.id, parameters={"seed": 42, "b": [1]}, facts={"hidden": 384},
        notes="erste", digest="d",
    )  # fmt: skip
    with registry.read() as session:
        read = models.get(session, added.id)
    assert read == added
    assert (read.spec, read.parent, read.dataset_version, read.run) == ("questions/1", base.id, data.id, run.id)
    assert (read.status, read.aliases, read.tags, read.notes) == ("ready", ("latest",), (), "erste")


def test_the_ways_to_name_a_version(registry: Registry, making) -> None:
    one, two = making.model(), making.model()
    with registry.begin() as session:
        models.set_alias(session, "questions", "champion", 1, "ann")
    with registry.read() as session:
        for spec in ("questions", "questions/2", "questions@latest", two.id):
            assert models.get(session, spec) == two
        for spec in ("questions/1", "questions@champion", one.id):
            assert models.get(session, spec).id == one.id
        with pytest.raises(NotFound, match='no alias "x"; it has champion, latest'):
            models.get(session, "questions@x")
        with pytest.raises(NotFound, match='no model "question". Did you mean "questions"'):
            models.get(session, "question")
        with pytest.raises(NotFound, match="no version 3; its newest are 2, 1"):
            models.get(session, "questions/3")
        with pytest.raises(NotFound, match="no model version"):
            models.get(session, new_id())
        with pytest.raises(BadName):
            models.get(session, "questions/latest")


def test_latest_moves_by_itself_also_within_one_transaction(registry: Registry, making) -> None:
    first = making.model()
    assert first.aliases == ("latest",)
    second = making.model()
    with registry.begin() as session:
        assert models.get(session, first.id).aliases == () and models.get(session, second.id).aliases == ("latest",)
        models.delete(session, second.id, "ann")
        assert models.get(session, first.id).aliases == ("latest",)


def test_listing_is_alphabetical_and_newest_first(registry: Registry, making) -> None:
    b1, a, b2 = making.model(name="b"), making.model(name="a"), making.model(name="b")
    with registry.read() as session:
        listed = models.listing(session)
        assert [(model.name, [version.id for version in model.versions]) for model in listed] == [
            ("a", [a.id]),
            ("b", [b2.id, b1.id]),
        ]
        assert models.model(session, "b") == listed[1] == models.model(session, listed[1].id)
        assert models.versions_of(session, "b") == listed[1].versions
        assert listed[1].versions[0].aliases == ("latest",) and listed[1].versions[1].aliases == ()


def test_children_are_those_trained_from_it(registry: Registry, making) -> None:
    base = making.model(name="base")
    heirs = [making.model(parent=base.id), making.model(parent=base.id)]
    making.model(parent=heirs[0].id)
    with registry.read() as session:
        assert [child.id for child in models.children(session, base.id)] == [heir.id for heir in heirs]
        assert models.children(session, heirs[1].id) == ()


@pytest.mark.parametrize("missing", ["parent", "dataset_version", "run"])
def test_a_model_from_nowhere_is_refused(registry: Registry, making, missing: str) -> None:
    with pytest.raises(Refused, match="its parent, dataset or run is no longer there"):
        making.model(**{missing: new_id()})
    with registry.read() as session:
        assert models.listing(session) == ()


def test_rename_describe_note(registry: Registry, making) -> None:
    version = making.model()
    making.model(name="other")
    with registry.begin() as session:
        models.rename(session, "questions", "TREC questions", "bob")
        assert models.describe(session, "TREC questions", "six\0 classes", "bob").description == "six\ufffd classes"
        assert models.note(session, version.id, "tried with 3 epochs", "bob").notes == "tried with 3 epochs"
        with pytest.raises(Refused, match='another model called "other"'):
            models.rename(session, "TREC questions", "other", "bob")
    with registry.read() as session:
        assert models.get(session, "TREC questions/1").id == version.id
        assert models.model(session, "TREC questions").description == "six\ufffd classes"
        with pytest.raises(NotFound):
            models.model(session, "questions")


def test_a_name_whose_versions_were_deleted_stays_taken(registry: Registry, making) -> None:
    gone = making.model(name="gone")
    with registry.begin() as session:
        models.delete(session, gone.id, "ann")
    making.model()
    with pytest.raises(Refused, match="choose a name that was never used"), registry.begin() as session:
        models.rename(session, "questions", "gone", "bob")
    assert making.model(name="gone").spec == "gone/2"


def test_tags_on_models_and_versions(registry: Registry, making) -> None:
    version = making.model()
    with registry.begin() as session:
        for tag in ("prod", "Zürich", "prod"):
            models.tag(session, "questions", tag, "ann")
        models.tag(session, "questions/1", "fast", "ann")
        models.tag(session, version.id, "audited", "ann")
        assert models.get(session, version.id).tags == ("audited", "fast")
        models.untag(session, "questions@latest", "fast", "ann")
        models.untag(session, "questions", "never there", "ann")
        with pytest.raises(BadName, match="The tag"):
            models.tag(session, "questions", "a/b", "ann")
    with registry.read() as session:
        model = models.model(session, "questions")
        assert set(model.tags) == {"prod", "Zürich"} and model.versions[0].tags == ("audited",)
    with registry.begin() as session:
        models.delete(session, version.id, "ann")


def test_a_corrupt_version_stays_listed_as_such(registry: Registry, making) -> None:
    bad, good = making.model(), making.model()
    with registry.begin() as session:
        assert models.mark_corrupt(session, bad.id, "model.safetensors has changed").status == "corrupt"
    with registry.read() as session:
        assert [version.status for version in models.versions_of(session, "questions")] == ["ready", "corrupt"]
        line = events.listing(session, target=bad.id)[0]
        assert (line.what, line.details["reason"]) == ("marked corrupt", "model.safetensors has changed")
        assert models.get(session, good.id).status == "ready"


def test_delete_takes_scores_along_and_returns_all_files(registry: Registry, making) -> None:
    data, model, kept = making.dataset(), making.model(), making.model()
    predictions = Artifact("predictions/" + "b" * 32, "e" * 64, 1, (("p.parquet", 1, "f" * 64),))
    score(registry, model, data, predictions)
    score(registry, model, data)
    score(registry, kept, data)
    with registry.begin() as session:
        assert models.delete(session, model.id, "bob") == (model.artifact, predictions)
    with registry.read() as session:
        assert scores.of_model(session, model.id) == () and len(scores.of_dataset(session, data.id)) == 1
        with pytest.raises(NotFound):
            models.get(session, model.id)


def test_delete_is_refused_while_an_alias_points_to_it(registry: Registry, making) -> None:
    model = making.model()
    with registry.begin() as session:
        models.set_alias(session, "questions", "champion", 1, "ann")
    with pytest.raises(Refused, match='questions/1 cannot be deleted: it is "champion"'), registry.begin() as session:
        models.delete(session, model.id, "bob")
    with registry.begin() as session:
        models.drop_alias(session, "questions", "champion", "ann")
        models.delete(session, model.id, "bob")


def test_delete_is_refused_while_it_is_a_parent(registry: Registry, making) -> None:
    base = making.model(name="base")
    heir = making.model(parent=base.id)
    with pytest.raises(Refused, match="questions/1 was trained from it"), registry.begin() as session:
        models.delete(session, base.id, "bob")
    with registry.begin() as session:
        models.delete(session, heir.id, "bob")
        models.delete(session, base.id, "bob")
        assert models.listing(session) == ()


def test_delete_is_refused_while_an_unfinished_run_uses_it(registry: Registry, making) -> None:
    model = making.model()
    run = making.claimed(title="Classify", config={"model": model.id})
    with pytest.raises(Refused, match='the unfinished run "Classify" uses it'), registry.begin() as session:
        models.delete(session, model.id, "bob")
    with registry.begin() as session:
        runs.finish(session, run.id, 1, {})
        models.delete(session, model.id, "bob")


def test_a_dataset_may_go_when_the_model_trained_on_it_has_gone(registry: Registry, making) -> None:
    data = making.dataset()
    model = making.model(dataset_version=data.id)
    with registry.begin() as session:
        models.delete(session, model.id, "bob")
        datasets.delete(session, data.id, "bob")


def test_every_change_leaves_one_line(registry: Registry, making) -> None:
    version = making.model()
    with registry.begin() as session:
        models.describe(session, "questions", "d", "bob")
        models.note(session, version.id, "n", "bob")
        models.tag(session, "questions", "t", "bob")
        models.untag(session, "questions", "t", "bob")
        models.set_alias(session, "questions", "champion", 1, "bob")
        models.drop_alias(session, "questions", "champion", "bob")
        models.rename(session, "questions", "q", "bob")
        models.mark_corrupt(session, version.id, "r", "bob")
        models.delete(session, version.id, "eve")
    with registry.read() as session:
        trail = [line.what for line in reversed(events.listing(session))]
    assert trail == [
        "added", "described", "noted", "tagged", "untagged", "alias moved", "alias dropped", "renamed",
        "marked corrupt", "deleted",
    ]  # fmt: skip
