"""Bias measures as runs: wrong wishes cost a sentence; results are rows of the model version with their files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from small_world import add_reviews, add_story, run_here, train_tfidf

from core.bias import found as found_files
from core.bias.inputs import Inputs
from core.bias.vectors.static import save_static
from core.bias.word_sets import WordTest
from core.errors import UserProblem
from core.jobs import auditing
from core.jobs.auditing import Asked
from core.jobs.kinds.bias import corrected
from registry import bias_results, models, runs
from registry.errors import NotFound
from registry.names import new_id
from registry.records import ModelVersion
from registry.session import Registry

GROUPS = {"X": ["x1", "x2", "x3", "x4"], "Y": ["y1", "y2", "y3", "y4"]}
SIDES = {"A": ["a1", "a2"], "B": ["b1", "b2"]}


def inputs(name: str = "own", **sides: Any) -> Inputs:
    given = {"targets": GROUPS, "attributes": SIDES, **sides}
    return Inputs(name, WordTest.from_json({"name": name, **given}), None, "own")


def add_table(registry: Registry, seed: int = 0) -> ModelVersion:
    """Word vectors of the sixteen words, drawn at random."""
    words = [word for sets in (GROUPS, SIDES) for one in sets.values() for word in one]
    with registry.artifacts.staging() as folder:
        save_static(folder, words, np.random.default_rng(seed).normal(size=(len(words), 5)))
        artifact = registry.artifacts.publish(folder, "models", new_id())
    with registry.begin() as session:
        return models.add(
            session, name="table", kind="static_vectors", method="", labels=(), problem_type="", parent=None,
            dataset_version=None, run=None, parameters={}, facts={"model_type": "static_vectors"}, digest="d",
            artifact=artifact, notes="", who="tester",
        )  # fmt: skip


def asked(measure: str = "weat", given: Inputs | None = None, **more: Any) -> Asked:
    return Asked(measure, given or inputs(), more.pop("settings", {}), **more)


def test_a_battery_is_measured_stored_and_corrected_together(registry: Registry) -> None:
    version = add_table(registry)
    battery = [asked(given=inputs("one")), asked(given=inputs("two", targets=dict(reversed(GROUPS.items()))))]
    run = run_here(registry, auditing.submit(registry, model="table", asked=battery, who="tester"))
    assert run.status == "finished", run.error
    with registry.read() as session:
        first, second = bias_results.of_run(session, run.id)
    assert run.result["results"] == [first.id, second.id] and first.model_version == version.id
    d = [one.found["headline"]["value"] for one in (first, second)]
    assert d[0] == pytest.approx(-d[1]) and d[0] != 0
    chances = [one.found["headline"]["chance"] for one in (first, second)]
    least, most = sorted(chance["p"] for chance in chances)
    assert sorted(chance["adjusted"] for chance in chances) == pytest.approx([min(1, 2 * least), max(2 * least, most)])
    assert first.inputs["words"]["targets"] == GROUPS and first.settings["seed"] == 0
    assert first.identity != second.identity
    stored = found_files.read(registry.artifacts.local(first.artifact))
    assert stored.to_json() == first.found and stored.tables
    assert not [key for key in registry.artifacts.stored() if key.startswith("bias_inputs/")]


def test_the_same_question_has_the_same_identity_on_every_model(registry: Registry) -> None:
    add_table(registry), add_table(registry, seed=1)
    for spec in ("table/1", "table/2"):
        run_here(registry, auditing.submit(registry, model=spec, asked=[asked()], who="tester"))
    with registry.read() as session:
        first, second = (
            bias_results.newest(session, models.get(session, spec).id)[0] for spec in ("table/1", "table/2")
        )
        assert bias_results.alike(session, first.identity) == (second, first)
    assert first.found["headline"]["value"] != second.found["headline"]["value"]


WRONG: list[tuple[list[Asked], str]] = [
    ([], "No measure was chosen"),
    ([asked("magic")], "no bias measure 'magic'.*weat"),
    ([asked(settings={"sed": 1})], "no parameter 'sed'"),
    ([asked(given=Inputs("none"))], "WEAT was given no words"),
    ([asked(given=inputs(targets={"X": ["x1"]}))], "There are 1 target sets"),
    ([asked(given=inputs(targets={"X": ["x1"], "Y": ["x1"]}))], "x1 stands in both"),
]


@pytest.mark.parametrize(("wish", "said"), WRONG)
def test_a_wrong_wish_is_a_sentence_and_leaves_nothing(registry: Registry, wish: list[Asked], said: str) -> None:
    add_table(registry)
    with pytest.raises(UserProblem, match=said):
        auditing.submit(registry, model="table", asked=wish, who="tester")
    with registry.read() as session:
        assert not runs.listing(session)
    assert not [key for key in registry.artifacts.stored() if key.startswith("bias_inputs/")]


def test_a_model_that_has_no_vectors_is_refused_before_a_run(registry: Registry) -> None:
    add_reviews(registry)
    train_tfidf(registry, "counts")
    with pytest.raises(UserProblem, match="counts/1 counts words; there is no BERT inside"):
        auditing.submit(registry, model="counts", asked=[asked()], who="tester")
    with pytest.raises(NotFound):
        auditing.submit(registry, model="nobody", asked=[asked()], who="tester")


def test_rows_come_from_a_dataset_of_labelled_rows(registry: Registry, tmp_path: Path) -> None:
    data = add_reviews(registry)
    add_table(registry)
    add_story(registry, tmp_path)
    with pytest.raises(UserProblem, match="raw text"):
        auditing.submit(registry, model="table", asked=[asked(dataset="story")], who="tester")
    from core.jobs.kinds.bias import rows_of

    rows = rows_of(registry, data.id, "test")
    assert len(rows) == data.rows["test"] and {"text", "label"} <= set(rows.columns) and set(rows["split"]) == {"test"}
    assert len(rows_of(registry, data.id, None)) == sum(data.rows.values())


def test_a_lost_word_fails_the_run_in_words(registry: Registry) -> None:
    add_table(registry)
    given = inputs(targets={"X": ["q1", "q2", "q3", "q4"], "Y": GROUPS["Y"]})
    run = run_here(registry, auditing.submit(registry, model="table", asked=[asked(given=given)], who="tester"))
    assert (run.status, run.error_kind) == ("failed", "user") and "X" in run.error
    with registry.read() as session:
        assert not bias_results.of_run(session, run.id)


def test_one_test_alone_is_not_corrected() -> None:
    assert corrected([]) == []


def test_an_identity_is_of_question_not_of_names() -> None:
    from core.bias.measures import measure

    weat, frame = measure("weat"), pd.DataFrame({"text": ["a"]})
    same = auditing.identity(weat, {"seed": 0}, inputs("one"))
    assert same == auditing.identity(weat, {"seed": 0}, inputs("two"))
    assert same != auditing.identity(weat, {"seed": 1}, inputs("one"))
    assert same != auditing.identity(weat, {"seed": 0}, Inputs("one", inputs().words, frame))
