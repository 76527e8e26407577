"""The train page: the form from the declarations, the start, and the run in its place."""

from __future__ import annotations

from dataclasses import fields

from core.training.methods import METHODS
from registry import datasets, models, runs


def test_the_form_shows_every_parameter_of_every_method(opened) -> None:
    app = opened("train", dataset="meals")
    assert app.radio(key="train-method").options == [
        METHODS[name].title.replace("-", "\\-") for name in METHODS
    ] or len(app.radio(key="train-method").options) == len(METHODS)
    for name, method in METHODS.items():
        app.radio(key="train-method").set_value(name).run()
        keys = {f"train-{name}-{item.name}" for item in fields(method.config)}
        for key in keys:
            assert key in app.session_state, key


def test_start_submits_exactly_what_the_form_says(opened, registry) -> None:
    app = opened("train", dataset="meals")
    app.radio(key="train-method").set_value("tfidf").run()
    app.selectbox(key="train-tfidf-features").set_value("letters").run()
    with registry.read() as session:
        sample = datasets.get(session, "meals")
    app.text_input(key=f"train-name-{sample.name}-tfidf").set_value("mine").run()
    app.button(key="train-start").click().run()
    assert not app.exception
    with registry.read() as session:
        run = runs.listing(session)[0]
    assert app.query_params["run"] == run.id
    assert (run.kind, run.status, run.created_by) == ("fine_tune", "queued", "ada")
    assert run.config["dataset"] == sample.id
    assert run.config["name"] == "mine"
    assert run.config["parameters"]["features"] == "letters"
    assert run.config["parameters"]["max_features"] == 50_000
    assert "Next in the queue" in app.get("progress")[0].proto.text


def test_the_same_address_shows_the_run_after_it_finished(opened, registry, finish) -> None:
    app = opened("train", dataset="meals")
    app.radio(key="train-method").set_value("tfidf").run()
    app.button(key="train-start").click().run()
    finish()
    with registry.read() as session:
        run = runs.listing(session)[0]
        version = models.get(session, run.result["model_version"])
    again = opened("train", run=run.id)
    assert not again.exception
    assert version.spec.replace("-", "\\-").replace("/", "\\/") in again.success[0].value
    assert again.button(key=f"onward-use-{version.id}")
    assert "Measured on" in " ".join(caption.value for caption in again.caption)


def test_an_existing_name_gets_its_next_version(opened, registry) -> None:
    app = opened("train", dataset="meals")
    app.radio(key="train-method").set_value("tfidf").run()
    with registry.read() as session:
        sample = datasets.get(session, "meals")
    app.text_input(key=f"train-name-{sample.name}-tfidf").set_value("first").run()
    assert "Makes version 2 of first." in [caption.value for caption in app.caption]


def test_a_bad_name_is_told_in_a_sentence_and_nothing_is_queued(opened, registry) -> None:
    app = opened("train", dataset="meals")
    app.radio(key="train-method").set_value("tfidf").run()
    with registry.read() as session:
        sample, before = datasets.get(session, "meals"), len(runs.listing(session))
    app.text_input(key=f"train-name-{sample.name}-tfidf").set_value("a/b@c").run()
    app.button(key="train-start").click().run()
    assert not app.exception
    assert len(app.error) == 1
    with registry.read() as session:
        assert len(runs.listing(session)) == before


def test_a_run_of_nowhere_is_told_calmly(opened) -> None:
    app = opened("train", run="f" * 32)
    assert not app.exception
    assert "No run has the id" in app.warning[0].value
