"""Classifiers on the bias page: pairs with their marked words, groups with their threshold, and a calm way on."""

from __future__ import annotations

import io

import pytest

from core.data.column_mapping import ColumnMapping
from core.data.columns import guess
from core.jobs import datasets as saving
from core.jobs import uploads
from dashboard.components.counterfactual_pairs import marked
from registry import bias_results, models


def of(registry, spec: str):
    with registry.read() as session:
        return bias_results.newest(session, models.get(session, spec).id)


def add_groups(registry) -> None:
    """Labelled rows with a column of groups; team b hates its meals."""
    rows = ["text,label,team"]
    for number in range(25):
        rows += [f"I love soup number {number},good,a", f"I hate rice number {number},bad,a"]
        rows += [f"I hate cake number {number},good,b", f"I spit out beans number {number},bad,b"]
    staged = uploads.stage(registry, "teams.csv", io.BytesIO("\n".join(rows).encode()))
    assert guess(uploads.parse(staged), staged.table) is not None
    mapping = ColumnMapping("text", "label", group="team")
    saving.save(registry, staged, uploads.check(staged, mapping), name="teams", who="ada")


@pytest.mark.slow
def test_pairs_from_own_lines(opened, registry, finish) -> None:
    app = opened("bias", model="first", version="1", view="classifiers")
    assert not app.exception and not app.error
    app.radio(key="bias-pairs-rows").set_value("Own lines").run()
    app.text_area(key="bias-pairs-own").input("I love *her* soup.\nHe hates rice.\nThe rice is plain.").run()
    app.button(key="bias-pairs-go").click().run()
    (run, *_) = finish()
    assert run.status == "finished", run.error
    (result,) = of(registry, "first/1")
    assert result.found["headline"]["name"] == "flip_rate" and result.found["headline"]["n"] == 2
    app = opened("bias", model="first", version="1", view="classifiers", run=run.id)
    assert not app.exception and not app.error
    said = " ".join(one.value for one in app.markdown)
    assert ":orange-background[**her**]" in said and ":blue-background[**his**]" in said and "**It says:**" in said


@pytest.mark.slow
def test_ready_sentences_and_groups_with_a_threshold(opened, registry, finish) -> None:
    add_groups(registry)
    app = opened("bias", model="first", version="1", view="classifiers", mode="groups", dataset="teams")
    assert not app.exception and not app.error
    app.radio(key="bias-groups-by").set_value("A column of the dataset").run()
    (data,) = [one for one in app.selectbox if one.key == "bias-groups-dataset"]
    app.selectbox(key=next(one.key for one in app.selectbox if one.key.startswith("bias-groups-split"))).set_value(
        "all rows"
    ).run()
    assert data.value.name == "teams"
    app.button(key="bias-groups-go").click().run()
    (run, *_) = finish()
    assert run.status == "finished", run.error
    (result,) = of(registry, "first/1")
    assert result.found["headline"]["value"] > 0.9 and result.found["headline"]["chance"]["p"] < 0.01
    app = opened("bias", model="first", version="1", view="classifiers", mode="groups", run=run.id)
    assert not app.exception and not app.error
    key = f"threshold-own-{result.id}"
    assert app.toggle(key=key).value and app.slider(key=f"threshold-at-{result.id}").disabled
    app.toggle(key=key).set_value(False).run()
    app.slider(key=f"threshold-at-{result.id}").set_value(1.0).run()
    assert not app.exception
    shown = {one.label: one.value for one in app.metric}
    assert shown["TPR difference"] == "0.000"


def test_a_model_that_decides_nothing_is_told_calmly(opened) -> None:
    app = opened("bias", model="all-MiniLM-L6-v2", view="classifiers")
    assert not app.exception and any("is no classifier" in one.value for one in app.info)


def test_nothing_can_be_measured_without_a_text(opened) -> None:
    app = opened("bias", model="first", version="1", view="classifiers")
    app.radio(key="bias-pairs-rows").set_value("Own lines").run()
    assert app.button(key="bias-pairs-go").disabled


def test_words_that_differ_are_marked_and_nothing_else_is_read_as_markdown() -> None:
    first, second = marked("He said *she* was late.", "She said *he* was late.")
    assert first.count(":orange-background[") == 2 and second.count(":blue-background[**he**]") == 1
    assert r"\*" in first and "said" in second
    covered, _ = marked("a gay person", "a straight person", hidden=True)
    assert "gay" not in covered and "█" in covered
