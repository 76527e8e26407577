"""The mitigation lab: methods that fit, pairs in words, a run asked for, and the table of before and after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.bias import lexicon
from core.bias.vectors.static import save_static
from registry import models, runs
from registry.home import Home
from registry.names import new_id
from registry.records import ModelVersion
from registry.session import Registry


@pytest.fixture
def store(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    opened = Registry.open(Home.at(workspace))
    yield opened
    opened.close()


def change(name: str, before: float, after: float, way: str, over: float | None = None, tuned: bool = False) -> Any:
    return {
        "measure": "weat", "title": "WEAT", "inputs": name, "figure": "Effect size d", "tuned": tuned,
        "before": before, "after": after, "neutral": 0.0, "p_before": 0.001, "p_after": 0.2, "way": way, "over": over,
        "note": "", "sample": "word vectors of 3 words, 2 numbers each",
    }  # fmt: skip


def said(**more: Any) -> dict[str, Any]:
    probe = {"accuracy": 0.93, "clusters": 0.8, "majority": 0.5, "n": 200, "note": ""}
    return {
        "name": "hard_debias", "title": "Hard debiasing", "source": "Bolukbasi 2016", "says": "It says.",
        "criticisms": [], "settings": {"seed": 0}, "inputs": {"name": "pairs", "digest": "d"}, "parent": "table/1",
        "parent_digest": "d", "facts": {"pairs": 4}, "notes": ["One *direction*."],
        "changes": [change("WEAT 6", 1.8, 1.5, "towards"), change("WEAT 7", 1.1, -0.5, "towards", 0.5, True),
                    change("WEAT 8", 0.4, 0.9, "away")],
        "recoverable": {"said": "200 words", "before": {**probe, "accuracy": 1.0}, "after": probe},
        "score": None, **more,
    }  # fmt: skip


def add(store: Registry, name: str, parent: ModelVersion | None = None, **facts: Any) -> ModelVersion:
    words = sorted({word for one in lexicon.tests().values() for word in one.words if word.isascii()})[:200]
    with store.artifacts.staging() as folder:
        save_static(folder, words, np.random.default_rng(0).normal(size=(len(words), 4)))
        artifact = store.artifacts.publish(folder, "models", new_id())
    with store.begin() as session:
        return models.add(
            session, name=name, kind="static_vectors", method="", labels=(), problem_type="",
            parent=parent.id if parent else None, dataset_version=None, run=None, parameters={}, facts=facts,
            digest="d", artifact=artifact, notes="", who="tester",
        )  # fmt: skip


def text(app: Any) -> str:
    parts = (*app.caption, *app.info, *app.warning, *app.error, *app.markdown)
    return " ".join(str(part.value) for part in parts).replace("\\", "").replace("\u2060", "")


def test_methods_that_do_not_fit_stand_with_the_reason(opened: Any, store: Registry) -> None:
    add(store, "table")
    app = opened("bias", view="lab", model="table")
    assert not app.exception
    assert app.selectbox(key="bias-lab-method").options == ["Hard debiasing"]
    assert "Gonen and Goldberg 2019" in text(app)


def test_start_queues_a_run_that_is_watched(opened: Any, store: Registry) -> None:
    add(store, "table")
    app = opened("bias", view="lab", model="table")
    assert "pairs:" in text(app)
    app.text_input(key="bias-lab-name-hard_debias").set_value("fairer").run()
    app.button(key="bias-lab-go").click().run()
    assert not app.exception
    with store.read() as session:
        run = next(one for one in runs.listing(session) if one.kind == "mitigate")
    assert (run.kind, run.config["name"], run.config["mitigation"]) == ("mitigate", "fairer", "hard_debias")
    assert len(run.config["measures"]) == 5 and run.id in app.query_params["run"]


def test_nothing_starts_without_a_measure(opened: Any, store: Registry) -> None:
    version = add(store, "table")
    app = opened("bias", view="lab", model="table")
    app.multiselect(key=f"bias-lab-measures-{version.id}").set_value([]).run()
    assert app.button(key="bias-lab-go").disabled and "Choose what is measured" in text(app)


def test_before_and_after_with_every_flag(opened: Any, store: Registry) -> None:
    parent = add(store, "table")
    add(store, "fairer", parent, mitigation=said())
    app = opened("bias", view="lab", model="fairer")
    assert not app.exception
    told = text(app)
    assert "Over-corrected, the bias turned round: WEAT 7 by 0.50." in told
    assert "Further from neutral than before: WEAT 8." in told
    assert "0.93 of 1 (1.00 before)" in told and "hides more than it removes" in told
    (table,) = [one.value for one in app.dataframe]
    assert list(table["went"]) == ["→ towards neutral", "↷ over-corrected by 0.500", "← away from neutral"]
    assert list(table["given its words"]) == ["no", "yes", "no"]


def test_the_score_stands_with_its_paired_interval(opened: Any, store: Registry) -> None:
    score = {
        "dataset": "reviews/1", "split": "test", "rows": 40, "verdict": "These rows cannot tell them apart.",
        "winner": "", "before": {"value": 0.9}, "after": {"value": 0.88},
        "difference": {"value": -0.02, "low": -0.1, "high": 0.06},
    }  # fmt: skip
    add(store, "fairer", add(store, "table"), mitigation=said(score=score))
    told = text(opened("bias", view="lab", model="fairer"))
    assert "macro-F1 0.900 before, 0.880 after" in told and "interval -0.100 to +0.060" in told


def test_what_was_made_of_a_version_stands_below_it(opened: Any, store: Registry) -> None:
    add(store, "fairer", add(store, "table"), mitigation=said())
    app = opened("bias", view="lab", model="table")
    assert "fairer/1 · Hard debiasing" in [one.label.replace("\\", "") for one in app.expander]
