"""The geometry view: measured when asked, kept, and told on too little text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import UserProblem
from core.inspection.geometry.result import Geometry, LayerGeometry, Settings, WordGeometry

LAYERS = tuple(
    LayerGeometry(n, 0.1, 0.9 - n / 10, 0.8 - n / 10, 0.4, 0.3, 0.5, 0.1, 0.4, 0.5, 3) for n in range(7)
)  # fmt: skip
COUNTS = {
    "words": 18, "unknown": 0, "sampled": 18, "self_words": 1, "self_occurrences": 8, "variance_words": 0,
    "variance_occurrences": 0, "intra_sentences": 4, "sentences": 5, "repeated": 2,
}  # fmt: skip
FOUND = Geometry(LAYERS, (WordGeometry("<b>the</b>", 8, (0.5,) * 7),), COUNTS, Settings(), ("A note.",))


def said(app) -> str:
    return " ".join(each.value for each in (*app.markdown, *app.caption, *app.info, *app.error))


def test_nothing_yet_says_what_to_do(opened) -> None:
    app = opened("inspect", view="geometry")
    assert not app.exception and "Nothing has been measured" in said(app)
    assert app.button(key="geometry-go").label == "Measure"


def test_measured_once_then_kept(opened, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def measure(subject, texts, settings, **_):  # noqa: ANN001, ANN202
        asked.append((len(list(texts)), settings))
        return replace(FOUND, settings=settings)

    monkeypatch.setattr("core.inspection.geometry.measuring.measure", measure)
    app = opened("inspect", view="geometry")
    app.button(key="geometry-go").click().run()
    assert not app.exception and not app.error
    told = said(app)
    assert "falls at every layer" in told and "One dimension" in told and "A note" in told
    assert "2 repeated ones read once" in told
    table = next(each.value for each in app.dataframe if "baseline" in each.value)
    assert table["layer"].tolist() == list(range(7))
    again = opened("inspect", view="geometry")
    assert "falls at every layer" in said(again) and len(asked) == 1
    again.segmented_control(key="geometry-adjusted").set_value("Raw").run()
    assert not again.exception
    again.toggle(key="geometry-marks").set_value(False).run()
    assert "Nothing has been measured" in said(again) and len(asked) == 1


def test_too_little_text_is_told_and_can_be_tried_again(opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(*_, **__):  # noqa: ANN202
        raise UserProblem("Only 1 sentence.", "", "Choose a corpus with more sentences.")

    monkeypatch.setattr("core.inspection.geometry.measuring.measure", measure)
    app = opened("inspect", view="geometry")
    app.button(key="geometry-go").click().run()
    assert not app.exception and "more sentences" in app.error[0].value
    assert app.run().button(key="geometry-go").label == "Measure"
