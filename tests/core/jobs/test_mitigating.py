"""A mitigation as a run: a new version with its line, measured before and after; wrong wishes cost a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from small_world import run_here

from core.bias import lexicon
from core.bias.inputs import Inputs
from core.bias.vectors.static import open_static, save_static
from core.bias.word_sets import WordTest
from core.errors import UserProblem
from core.jobs import mitigating
from core.jobs import models as model_jobs
from core.jobs.mitigating import Wanted
from registry import bias_results, models, runs
from registry.names import new_id
from registry.records import ModelVersion, Run
from registry.session import Registry

PAIRS = {"men": ["he", "man", "boy", "son"], "women": ["she", "woman", "girl", "daughter"]}


def pairs(sets: dict[str, Any] | None = None) -> Inputs:
    return Inputs("pairs", WordTest.from_json({"name": "pairs", "targets": sets or PAIRS}), None, "own")


def add_words(registry: Registry, name: str = "words") -> ModelVersion:
    """Vectors of the words of WEAT 6 to 8: noise, and one number that tells the first sets from the second."""
    chance = np.random.default_rng(0)
    rows: dict[str, np.ndarray] = {}
    for number in (6, 7, 8):
        for sets in (lexicon.test(f"WEAT {number}").targets, lexicon.test(f"WEAT {number}").attributes):
            for place, one in enumerate(sets):
                for word in one.words:
                    rows.setdefault(word, np.append(chance.normal(size=20), 2.0 * (1 - 2 * place)))
    for place, words in enumerate(PAIRS.values()):
        rows |= {word: np.append(0.1 * chance.normal(size=20), 3.0 * (1 - 2 * place)) for word in words}
    with registry.artifacts.staging() as folder:
        save_static(folder, list(rows), np.stack(list(rows.values())))
        artifact = registry.artifacts.publish(folder, "models", new_id())
    with registry.begin() as session:
        return models.add(
            session, name=name, kind="static_vectors", method="", labels=(), problem_type="", parent=None,
            dataset_version=None, run=None, parameters={}, facts={"model_type": "static_vectors"}, digest="d",
            artifact=artifact, notes="", who="tester",
        )  # fmt: skip


def mitigated(registry: Registry, model: str = "words", **wanted: Any) -> Run:
    given = {"mitigation": "hard_debias", "name": "fairer", "inputs": pairs(), "settings": {}, **wanted}
    return mitigating.submit(registry, model=model, wanted=Wanted(**given), who="tester")


def test_a_new_version_with_its_line_and_what_changed(registry: Registry) -> None:
    parent = add_words(registry)
    run = run_here(registry, mitigated(registry))
    assert run.status == "finished", run.error + run.log
    with registry.read() as session:
        child = models.get(session, "fairer/1")
        results = {side: bias_results.of_model(session, id) for side, id in (("old", parent.id), ("new", child.id))}
    assert (child.parent, child.kind, child.run) == (parent.id, "static_vectors", run.id)
    assert {len(found) for found in results.values()} == {5}
    assert {one.identity for one in results["old"]} == {one.identity for one in results["new"]}
    said = child.facts["mitigation"]
    assert said["changes"] == run.result["changes"] and said["inputs"]["digest"] == pairs().digest
    changed = {one["inputs"]: one for one in said["changes"]}
    assert [name for name, one in changed.items() if one["tuned"]] == ["WEAT 7", "WEAT 8"]
    assert changed["WEAT 6"]["before"] > 1 > abs(changed["WEAT 6"]["after"]) and changed["WEAT 6"]["way"] == "towards"
    assert {0.5} == {said["recoverable"][side]["majority"] for side in ("before", "after")}
    assert said["recoverable"]["before"]["accuracy"] > said["recoverable"]["after"]["accuracy"]


def test_the_folder_holds_the_vectors_and_a_card(registry: Registry) -> None:
    add_words(registry)
    run = run_here(registry, mitigated(registry))
    with registry.read() as session:
        child = models.get(session, run.result["model_version"])
    folder = registry.artifacts.local(child.artifact)
    table = open_static(folder)
    rows = table.rows(range(len(table.words)))
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-6)
    card = (folder / "README.md").read_text()
    assert "WEAT 6" in card and "finds the attribute in" in card and "Gonen and Goldberg 2019" in card
    assert model_jobs.verify(registry, child.spec, "tester").spec == "fairer/1"


def test_the_parent_is_kept_while_its_child_stands(registry: Registry) -> None:
    from registry.errors import Refused

    add_words(registry)
    run_here(registry, mitigated(registry))
    with pytest.raises(Refused, match="fairer/1"):
        model_jobs.delete(registry, "words/1", "tester")


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"inputs": Inputs("none")}, "no words"),
        ({"inputs": pairs({"men": ["he"], "women": ["she", "her"]})}, "as long as each other"),
        ({"mitigation": "magic"}, "no way to reduce"),
        ({"settings": {"lengths": "long"}}, "lengths"),
        ({"measures": ()}, "No measure"),
        ({"name": "a/b"}, "name"),
    ],
)
def test_wrong_wishes_cost_a_sentence_and_no_run(registry: Registry, wanted: dict[str, Any], says: str) -> None:
    add_words(registry)
    with pytest.raises(Exception, match=says):
        mitigated(registry, **wanted)
    with registry.read() as session:
        assert runs.listing(session) == ()
    assert not [key for key in registry.artifacts.stored() if key.startswith("bias_inputs/")]


def test_words_that_the_model_does_not_know_fail_the_run_in_words(registry: Registry) -> None:
    add_words(registry)
    run = run_here(registry, mitigated(registry, inputs=pairs({"men": ["zorg"], "women": ["zarg"]})))
    assert run.status == "failed" and "zorg / zarg" in run.error
    with registry.read() as session, pytest.raises(Exception, match="fairer"):
        models.get(session, "fairer")


def test_a_method_says_why_it_does_not_fit() -> None:
    from core.bias.mitigations import mitigation

    hard = mitigation("hard_debias")
    assert "BERTs" in hard.refuses("fine_tuned", "probe", 2) and hard.refuses("static_vectors") == ""
    with pytest.raises(UserProblem, match="hard_debias"):
        mitigation("soft")
