"""The Before and after view: nothing before the click, a model beside itself differs by nothing, odd texts are told."""

from __future__ import annotations

import pytest

from core.inspection.before_after import comparing
from registry import models

NAME = "all-MiniLM-L6-v2"


@pytest.fixture
def version(registry):
    with registry.read() as session:
        return models.get(session, NAME)


def words_of(app) -> str:
    return " ".join(each.value for kind in (app.markdown, app.caption, app.info) for each in kind)


def test_a_model_beside_itself_is_the_same_and_a_rerun_computes_nothing(opened, version, monkeypatch) -> None:
    calls = []
    real = comparing.compare
    monkeypatch.setattr(comparing, "compare", lambda *a, **k: calls.append(1) or real(*a, **k))
    app = opened("inspect", model=NAME, view="compare")
    assert not app.exception and not calls and "Nothing has been compared yet" in words_of(app)
    app.segmented_control(key="compare-source").set_value("My sentences").run()
    assert app.button(key="compare-go").disabled
    app.text_area(key="compare-text").set_value(
        "A bank by the river.\n<script>alert(1)</script> [MASK]\nThe soup 🍕 is cold"
    )
    app.run()
    app.button(key="compare-go").click().run()
    assert not app.exception and not app.error and calls == [1]
    assert "the same in every layer" in words_of(app) and "No word moved" in words_of(app)
    layers, words = app.dataframe[0].value, app.dataframe[1].value
    assert layers["cka"].tolist() == [1.0] * 7 and layers["shift"].abs().max() < 1e-6
    assert set(words["word"]) >= {"bank", "script", "MASK", "🍕"}
    assert "decides nothing" in words_of(app)
    app.button(key="compare-heads-go").click().run()
    assert not app.exception and "changed most: from" in words_of(app) and calls == [1]
    app.segmented_control(key="compare-measure").set_value("pairs").run()
    assert not app.exception and calls == [1]
    app.text_area(key="compare-text").set_value("Other words").run()
    assert "for other sentences" in words_of(app) and calls == [1]


@pytest.mark.parametrize("text", ["word", "?!", "👍"])
def test_too_few_words_are_told(opened, version, text) -> None:
    app = opened("inspect", model=NAME, view="compare")
    app.segmented_control(key="compare-source").set_value("My sentences").run()
    app.text_area(key="compare-text").set_value(text).run()
    app.button(key="compare-go").click().run()
    assert not app.exception
    assert any("both models read" in str(error.proto) for error in app.error)


def test_a_word_count_is_told_to_have_no_layers(opened) -> None:
    app = opened("inspect", model="first", view="compare")
    assert not app.exception and "A word count has no layers" in words_of(app)
