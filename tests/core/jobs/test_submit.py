"""What is asked for is checked before a row appears: a wrong wish costs a sentence, never a failed run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_world import add_reviews, add_tiny_bert, train_tfidf

from core.errors import UserProblem
from core.jobs import submit, uploads
from core.training.methods import METHODS
from registry import runs
from registry.errors import BadName, NotFound
from registry.session import Registry

GOOD = {"dataset": "reviews", "method": "full", "base": "tiny", "name": "m", "parameters": {}, "who": "tester"}


@pytest.fixture
def world(registry: Registry, tmp_path: Path) -> Registry:
    add_reviews(registry, rows=60)
    add_tiny_bert(registry, tmp_path / "tiny")
    return registry


def queued(registry: Registry) -> int:
    with registry.read() as session:
        return len(runs.listing(session))


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"dataset": "revues"}, NotFound, "revues"),
    ({"method": "magic"}, UserProblem, "no method 'magic'"),
    ({"base": None}, UserProblem, "needs a base model"),
    ({"base": "giant"}, NotFound, "giant"),
    ({"name": "a/b"}, BadName, "slash"),
    ({"name": " "}, BadName, "empty"),
    ({"parameters": {"learning_rat": 1}}, UserProblem, "no parameter 'learning_rat'"),
    ({"parameters": {"learning_rate": "fast"}}, UserProblem, "must be a number"),
    ({"parameters": {"num_train_epochs": 0}}, UserProblem, "at least 1"),
]


def test_a_wrong_wish_to_train_is_a_sentence(world: Registry) -> None:
    for change, error, said in WRONG:
        with pytest.raises(error, match=said):
            submit.fine_tune(world, **{**GOOD, **change})
    assert queued(world) == 0


def test_a_right_wish_names_everything_it_uses_by_id(world: Registry) -> None:
    run = submit.fine_tune(world, **GOOD)
    assert (run.status, run.kind, run.position) == ("queued", "fine_tune", 1)
    assert run.config["dataset_spec"] == "reviews/1" and len(run.config["dataset"]) == 32
    usual = METHODS["full"].config().to_json()
    assert run.config["base_spec"] == "tiny/1"
    assert run.config["parameters"]["learning_rate"] == usual["learning_rate"]
    stopped = submit.stop(world, run.id, "discard", "tester")
    assert stopped.status == "cancelled"


def test_an_engine_that_is_not_there_is_told_before_anything_is_queued(
    world: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMONTILLADO_ENGINE", "ray")
    with pytest.raises(UserProblem, match="only engine is 'local'"):
        submit.fine_tune(world, **GOOD)
    assert queued(world) == 0


def test_wrong_wishes_to_score_and_predict(world: Registry, tmp_path: Path) -> None:
    train_tfidf(world, "words")
    before = queued(world)
    with pytest.raises(UserProblem, match="no split 'dev'"):
        submit.evaluate(world, model="words", dataset="reviews", split="dev", who="tester")
    with pytest.raises(UserProblem, match="pretrained"):
        submit.evaluate(world, model="tiny", dataset="reviews", who="tester")
    texts = tmp_path / "texts.csv"
    texts.write_text("id,remark\n1,Lovely pizza\n2,Cold soup\n")
    staged = uploads.stage_file(world, texts)
    with pytest.raises(UserProblem, match="no column 'text'"):
        submit.predict(world, model="words", source=staged, text_column="text", who="tester")
    with pytest.raises(NotFound):
        submit.predict(world, model="phrases", source=staged, who="tester")
    assert queued(world) == before
    assert not [key for key in world.artifacts.stored() if key.startswith("inputs/")]


def test_a_model_is_not_asked_about_labels_it_does_not_know(world: Registry, tmp_path: Path) -> None:
    from core.data.column_mapping import ColumnMapping
    from core.jobs import datasets

    train_tfidf(world, "words")
    other = tmp_path / "other.csv"
    other.write_text("text,label\n" + "".join(f"Remark {n},{'neutral' if n % 2 else 'positive'}\n" for n in range(40)))
    staged = uploads.stage_file(world, other)
    report = uploads.check(staged, ColumnMapping("text", "label"))
    datasets.save(world, staged, report, name="other", who="tester")
    with pytest.raises(UserProblem, match="does not know: 'neutral'"):
        submit.evaluate(world, model="words", dataset="other", who="tester")


def test_a_cancelled_prediction_leaves_no_input_behind(world: Registry, tmp_path: Path) -> None:
    train_tfidf(world, "words")
    texts = tmp_path / "texts.csv"
    texts.write_text("text\nLovely pizza\nCold soup\n")
    run = submit.predict(world, model="words", source=uploads.stage_file(world, texts), who="tester")
    assert run.config["text_column"] == "text" and list(world.home.uploads.iterdir()) == []
    assert [key for key in world.artifacts.stored() if key.startswith("inputs/")]
    submit.stop(world, run.id, "discard", "tester")
    assert not [key for key in world.artifacts.stored() if key.startswith("inputs/")]
