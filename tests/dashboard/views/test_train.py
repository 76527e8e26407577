"""The train page: the form from the declarations, the start, and the run in its place."""

from __future__ import annotations

from dataclasses import fields

from core.errors import UserProblem
from core.training import estimate
from core.training.methods import METHODS
from dashboard.components import quantities
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


def test_a_form_starts_from_the_settings_of_an_earlier_run(opened, registry) -> None:
    with registry.read() as session:
        run = next(run for run in runs.listing(session) if run.config["name"] == "second")
    app = opened("train", like=run.id)
    key = f"train-{run.id[:8]}"
    assert app.radio(key=f"{key}-method").value == "tfidf"
    assert app.selectbox(key=f"{key}-tfidf-features").value == "words"
    assert app.text_input(key="train-name-meals-tfidf").value == "second"
    assert "Makes version 2 of second." in [caption.value for caption in app.caption]


def test_time_and_memory_are_measured_before_the_start(opened) -> None:
    app = opened("train", dataset="meals")
    app.radio(key="train-method").set_value("tfidf").run()
    measured = app.session_state["estimate-last"][1].result(timeout=200)
    app.run()
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Takes about"] == quantities.duration(measured.seconds)
    assert shown["Peak memory"] == quantities.size(int(measured.peak_mb * 1e6))
    assert measured.basis in [caption.value for caption in app.caption]


def test_a_measurement_that_fails_is_told_and_made_again(opened, monkeypatch) -> None:
    answers = iter(
        [UserProblem("The measurement ended without an answer."), estimate.Estimate(61.0, 250.0, "By hand.")]
    )

    def measure(**asked):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(estimate, "estimate_in_child", measure)
    app = opened("train", dataset="meals")
    if not app.error:  # the answer came after the page was drawn
        app.session_state["estimate-last"][1].exception(timeout=60)
        app.run()
    assert "without an answer" in app.error[0].value
    assert not app.button(key="train-start").disabled
    app.run()
    app.session_state["estimate-last"][1].result(timeout=60)
    app.run()
    assert {metric.label: metric.value for metric in app.metric}["Takes about"] == "1 min 1 s"
