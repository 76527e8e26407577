"""The Layers view: nothing before the click, an answer after it, nothing computed again by a rerun."""

from __future__ import annotations

import pytest
import streamlit as st

from core.inspection.probing import layers
from registry import models

NAME = "all-MiniLM-L6-v2"


@pytest.fixture
def version(registry):
    with registry.read() as session:
        return models.get(session, NAME)


def words_of(app) -> str:
    return " ".join(each.value for kind in (app.markdown, app.caption, app.info) for each in kind)


@pytest.mark.slow
def test_every_layer_is_probed_on_a_click_and_never_again(opened, version, monkeypatch) -> None:
    calls = []
    real = layers.probe_layers
    monkeypatch.setattr(layers, "probe_layers", lambda *a, **k: calls.append(1) or real(*a, **k))
    app = opened("inspect", model=NAME, view="probing", dataset="food-reviews")
    assert not app.exception and not calls
    assert "Nothing has been probed yet" in app.info[-1].value
    app.button(key=f"probing-go-{version.id}").click().run()
    assert not app.exception and not app.error and calls == [1]
    table = app.dataframe[0].value
    assert table["layer"].tolist() == ["static", *"0123456"]
    assert "is highest at layer" in words_of(app) and "kept it" in words_of(app)
    app.segmented_control(key=f"probing-metric-{version.id}").set_value("f1_macro").run()
    assert "Macro\\-F1 is highest at layer" in words_of(app) and calls == [1]
    app.segmented_control(key=f"probing-rule-{version.id}").set_value("first").run()
    assert "other settings" in app.info[-1].value and calls == [1]
    app.segmented_control(key=f"probing-rule-{version.id}").set_value("mean").run()
    assert len(app.dataframe) == 1 and calls == [1]


def test_a_model_without_layers_is_told(opened) -> None:
    app = opened("inspect", model="first", view="probing", dataset="food-reviews")
    app.button[-1].click().run()
    assert not app.exception
    assert any("no BERT inside" in (error.value + str(error.proto)) for error in app.error)
    st.cache_resource.clear()
