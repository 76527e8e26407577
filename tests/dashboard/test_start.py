"""The start page: where a visitor stands, and the next step."""

from __future__ import annotations

from dashboard.components import services
from registry import runs


def test_a_first_visitor_is_one_click_from_training_on_the_sample(opened) -> None:
    app = opened("start")
    assert app.title[0].value == "Amontillado"
    assert app.button(key="first-train").label == "Train on the sample"
    assert any("None yet" in caption.value for caption in app.caption)


def test_runs_stand_with_their_state_and_their_title_as_it_is(opened, workspace) -> None:
    with services.registry().begin() as session:
        runs.submit(session, kind="fine_tune", title="Train *stars* on [x](y)", config={}, who="ann")
    app = opened("start")
    assert not app.exception
    assert any(caption.value.startswith("queued · ") for caption in app.caption)
