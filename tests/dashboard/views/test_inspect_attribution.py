"""The view Attributions, and the same question below an answer of the Classify page."""

from __future__ import annotations

import numpy as np
import pytest

from core.inference import folder
from core.inspection.attribution import attribute
from dashboard.components import attribution_text
from registry import models


@pytest.fixture
def first(registry):
    with registry.read() as session:
        return models.get(session, "first")


def explained(app, first, text: str):
    app.text_area(key=f"attribution-text-{first.id}").set_value(text)
    return app.button(key=f"attribution-go-{first.id}").click().run()


def said(app) -> str:
    return "\n".join(element.value for element in (*app.caption, *app.markdown, *app.warning, *app.info, *app.error))


def test_the_numbers_are_those_of_the_core(opened, registry, first) -> None:
    app = explained(opened("inspect", model="first", view="attribution"), first, "I hate pizza")
    assert not app.exception and not app.error
    wanted = attribute(folder.load(registry.artifacts.local(first.artifact)), "I hate pizza")
    assert app.subheader[0].value == f"Why {wanted.label}?"
    rows = next(table.value for table in app.dataframe if "Exact contributions" in table.value)
    assert rows["text"].tolist()[:3] == ["I", "hate", "pizza"]
    assert rows["Exact contributions"].to_numpy()[:3] == pytest.approx(wanted.scores)
    assert {"Exact contributions", "Occlusion"} <= set(rows)
    agreement = next(table.value for table in app.dataframe if "rank correlation" in table.value)
    assert len(agreement) == 1


def test_another_label_and_a_rerun_that_computes_nothing(opened, first, monkeypatch) -> None:
    app = opened("inspect", model="first", view="attribution")
    app.selectbox(key=f"attribution-label-{first.id}").set_value("bad")
    app = explained(app, first, "I hate pizza")
    assert app.subheader[0].value == "Why bad?"
    monkeypatch.setattr("core.inspection.attribution.explain.look", lambda *_: pytest.fail("computed again"))
    monkeypatch.setattr("core.inspection.attribution.look", lambda *_, **__: pytest.fail("computed again"))
    assert app.run().subheader[0].value == "Why bad?"


def test_faithfulness_is_computed_when_asked(opened, first) -> None:
    app = explained(opened("inspect", model="first", view="attribution"), first, "I hate pizza at home and love soup")
    assert not [table for table in app.dataframe if "sufficiency" in table.value]
    app.button(key=f"attribution-{first.id}-check").click().run()
    assert not app.exception
    table = next(table.value for table in app.dataframe if "sufficiency" in table.value)
    assert table["order of words"].tolist()[-1] == "Random order"


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "[MASK] good", "😀 pizza 🍕", "x" * 101, "I love soup. " * 700, "味道很好", "good"],
    ids=["script", "mask", "emoji", "long word", "2,100 words", "Han", "one word"],
)
def test_texts_that_try_to_break_it(opened, first, text: str) -> None:
    app = explained(opened("inspect", model="first", view="attribution"), first, text)
    assert not app.exception and not app.error
    assert app.subheader[0].value.startswith("Why ")


def test_an_empty_text_and_no_method_are_told(opened, first) -> None:
    app = explained(opened("inspect", model="first", view="attribution"), first, "  ")
    assert "Write a text first" in said(app)
    app.pills(key=f"attribution-methods-{first.id}").set_value([])
    assert "Choose a method" in said(explained(app, first, "good"))


def test_an_example_is_one_click_away(opened, first) -> None:
    app = opened("inspect", model="first", view="attribution")
    app.button(key=f"attribution-example-{first.id}").click().run()
    assert app.text_area(key=f"attribution-text-{first.id}").value.strip()


def test_a_model_without_labels_is_told(opened) -> None:
    app = opened("inspect", model="all-MiniLM-L6-v2", view="attribution")
    assert not app.exception
    assert "gives no labels" in said(app)


def test_classify_answers_why_when_asked(opened, first) -> None:
    app = opened("classify", model="first", version="1")
    app.text_area(key=f"text-{first.id}").set_value("I hate pizza")
    app.button[0].click().run()
    assert ":color[" not in said(app)
    app.button(key=f"why-{first.id}-go").click().run()
    assert not app.exception and not app.error
    assert ":color[" in said(app)


def marked(registry, first, text: str, part: int = 0) -> str:
    found = attribute(folder.load(registry.artifacts.local(first.artifact)), text)
    return attribution_text.marked(found, part)


def test_text_is_escaped_and_nothing_is_lost(registry, first) -> None:
    """Every character is there behind a backslash, and nothing of it can start a tag or a directive."""
    shown = marked(registry, first, "<b>love</b> :red[soup] `x` & $1$ ~~y~~")
    assert r"\<" in shown and "<b>" not in shown.replace(r"\<", "")
    assert ":red[soup]" not in shown


def test_the_strongest_word_has_the_strongest_ground(registry, first) -> None:
    found = attribute(folder.load(registry.artifacts.local(first.artifact)), "I hate pizza at home")
    word = found.units[int(np.argmax(np.abs(found.scores)))].text
    assert f":color[{word}]" in marked(registry, first, "I hate pizza at home")
    assert "0.600)" in marked(registry, first, "I hate pizza at home").split(f":color[{word}]")[1].split("}")[0]


def test_a_text_beyond_its_sight_is_explained_part_by_part(opened, first, monkeypatch) -> None:
    monkeypatch.setattr("core.inspection.attribution.windows.CHARACTERS", 21)
    app = opened("inspect", model="first", view="attribution")
    app = (
        app.text_area(key=f"attribution-text-{first.id}").set_value("I hate pizza at home, and I love good soup").run()
    )
    assert "first of 2 parts" in said(app)
    app.selectbox(key=f"attribution-{first.id}-part").set_value(1)
    app = app.button(key=f"attribution-go-{first.id}").click().run()
    rows = next(table.value for table in app.dataframe if "Exact contributions" in table.value)
    assert rows["text"].tolist()[:3] == ["and", "I", "love"] and not app.exception
    app = app.button(key=f"attribution-{first.id}-parts-go").click().run()
    parts = next(table.value for table in app.dataframe if "from character" in table.value)
    assert parts["from character"].tolist() == [0, 22] and parts["probability"].between(0, 1).all()
