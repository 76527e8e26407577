"""The sense view: a ready example, one's own lines, a table of scores, and what cannot be used."""

from __future__ import annotations

import pytest

from core.inspection.senses import writing

LINES = "money: the [[bank]] lends\nmoney: a [[bank]] account\nriver: muddy [[bank]]\nriver: the [[bank]] of a stream"


def said(app) -> str:
    return " ".join(each.value for each in (*app.markdown, *app.caption, *app.info, *app.warning, *app.error))


def measured(app, text: str):
    app.text_area(key="senses-typed").set_value(text).run()
    return app.button(key="senses-go").click().run()


def test_nothing_yet_says_what_to_do(opened) -> None:
    app = opened("inspect", view="senses")
    assert not app.exception
    assert "use a ready example" in said(app)
    assert app.button(key="senses-go").disabled


def test_a_ready_example_is_one_click_away(opened) -> None:
    app = opened("inspect", view="senses")
    app.button(key="senses-use").click().run()
    assert not app.exception
    assert writing.typed(app.text_area(key="senses-typed").value).rows == writing.examples(["bank"]).rows
    told = said(app)
    assert "Best by centroid" in told and "context" in told
    table = next(each.value for each in app.dataframe if "tied" in each.value)
    assert table[table["vectors"] == "static row"]["tied"].tolist() == [8]
    app.segmented_control(key="senses-rule").set_value("1-NN").run()
    assert "Best by 1\\-NN" in said(app) and not app.exception


def test_own_lines_are_measured_when_asked_and_computed_once(opened, monkeypatch: pytest.MonkeyPatch) -> None:
    app = measured(opened("inspect", view="senses"), LINES)
    assert not app.exception and "4 sentences" in said(app)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("nothing may be computed again")

    monkeypatch.setattr("core.inspection.senses.curve.sense_vectors", never)
    app.toggle(key="senses-z").set_value(True).run()
    assert not app.exception and not app.error
    app.text_area(key="senses-typed").set_value(LINES + "\nriver: one more [[bank]]").run()
    assert "Press Measure" in said(app) and not app.error


def test_lines_that_cannot_be_used_are_named(opened) -> None:
    app = measured(opened("inspect", view="senses"), LINES + "\nriver: <script>alert(1)</script>")
    assert not app.exception
    assert "line 5" in app.warning[0].value and "no word is marked" in app.warning[0].value


def test_one_sense_has_clusters_but_no_curve(opened) -> None:
    app = measured(opened("inspect", view="senses"), "the [[bank]] lends\na [[bank]] account\nmuddy [[bank]]")
    assert not app.exception
    assert "Two senses with two sentences at least were wanted" in app.error[0].value
    assert app.selectbox(key="senses-cluster-word").value == "bank"


def test_strange_sentences_do_no_harm(opened) -> None:
    strange = [
        "a: [MASK] [[bank]] 🦇", "a: 河 [[岸]]", "b: ไทย [[bank]]", f"b: {'x' * 101} [[bank]]",
        f"b: {'word ' * 2000} [[bank]]", "a: [[bank]]",
    ]  # fmt: skip
    app = measured(opened("inspect", view="senses"), "\n".join(strange))
    assert not app.exception
    assert "lies beyond" in said(app) and "Best by" in said(app)
