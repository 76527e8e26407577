"""The runs page: the list with its filters, one run in each of its states, and Stop."""

from __future__ import annotations

from core.jobs import submit
from dashboard.components import run_words
from registry import datasets, runs


def queue(registry, name: str, who: str = "ada"):
    with registry.read() as session:
        sample = datasets.get(session, "meals")
    return submit.fine_tune(registry, dataset=sample.id, method="tfidf", base=None, name=name, parameters={}, who=who)


def titles(app) -> list[str]:
    tables = app.dataframe
    return tables[0].value["run"].tolist() if tables else []


def test_the_list_filters_by_state_kind_and_owner(opened, registry) -> None:
    queue(registry, "third", who="grace")
    app = opened("runs")
    assert len(titles(app)) == 3
    app.segmented_control(key="run-state").set_value("Active").run()
    assert len(titles(app)) == 1
    assert "third" in titles(app)[0]
    app.selectbox(key="run-by").set_value("ada").run()
    assert titles(app) == []
    app.segmented_control(key="run-state").set_value("Finished").run()
    assert len(titles(app)) == 2
    app.selectbox(key="run-kind").set_value("predict").run()
    assert titles(app) == []
    assert dict(app.query_params) == {"state": "finished", "kind": "predict", "by": "ada"}
    assert not app.exception


def test_an_address_with_filters_opens_the_filtered_list(opened, registry) -> None:
    queue(registry, "third", who="grace")
    app = opened("runs", state="active", by="grace")
    assert [title for title in titles(app) if "third" in title] == titles(app) != []
    assert app.segmented_control(key="run-state").value == "Active"
    assert titles(opened("runs", state="active", by="ada")) == []
    assert len(titles(opened("runs", kind="fine_tune"))) == 3
    app.segmented_control(key="run-state").set_value("All").run()
    assert dict(app.query_params) == {"by": "grace"}


def test_the_way_back_from_a_run_keeps_the_filters(opened, registry) -> None:
    run = queue(registry, "third")
    app = opened("runs", run=run.id, state="active")
    app.button(key="back-All runs").click().run()
    assert dict(app.query_params) == {"state": "active"}
    assert app.segmented_control(key="run-state").value == "Active"


def test_filters_that_mean_nothing_show_everything(opened) -> None:
    app = opened("runs", state="asleep", kind="magic", by="nobody")
    assert len(titles(app)) == 2
    assert not app.exception


def test_a_queued_run_says_its_place_and_can_be_stopped(opened, registry) -> None:
    queue(registry, "third")
    run = queue(registry, "fourth")
    app = opened("runs", run=run.id)
    assert "2nd in the queue" in app.get("progress")[0].proto.text
    app.button(key=f"stop-{run.id}").click().run()
    app.button(key=f"stop-discard-{run.id}").click().run()
    with registry.read() as session:
        assert runs.get(session, run.id).status == "cancelled"


def test_a_running_run_shows_progress_and_offers_to_keep_the_best(opened, registry) -> None:
    queue(registry, "third")
    with registry.begin() as session:
        run = runs.claim(session, worker="test", kinds=("fine_tune",), ttl=60)
    with registry.begin() as session:
        progress = {"phase": "train", "step": 30, "steps": 120, "epoch": 0.5, "rate": 88.0, "seconds_left": 95.0}
        runs.beat(session, run.id, run.attempt, 60, progress=progress, log="epoch 1 begins")
        runs.measure(session, run.id, run.attempt, 30, 0.5, {"loss": 0.7})
    app = opened("runs", run=run.id)
    assert app.get("progress")[0].proto.text.replace("\u2060", "") == "Training: step 30 of 120"
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Time left, about"] == "1 min 35 s"
    assert shown["Speed"] == "88 texts/s"
    assert "epoch 1 begins" in app.code[0].value
    app.button(key=f"stop-{run.id}").click().run()
    app.button(key=f"stop-keep_best-{run.id}").click().run()
    with registry.read() as session:
        assert runs.get(session, run.id).stop_request == "keep_best"
    assert opened("runs", run=run.id).button(key=f"stop-{run.id}").disabled


def test_a_failed_run_says_what_to_do(opened, registry) -> None:
    queue(registry, "third")
    with registry.begin() as session:
        run = runs.claim(session, worker="test", kinds=("fine_tune",), ttl=60)
    with registry.begin() as session:
        runs.fail(session, run.id, run.attempt, "The training needs more memory than there is.", "out_of_memory")
    app = opened("runs", run=run.id)
    assert "more memory than there is" in app.error[0].value
    assert run_words.ADVICE["out_of_memory"] in app.error[0].value
    assert not app.exception
    assert app.button(key=f"again-{run.id}").label == "Change something and start again"


def test_a_finished_run_shows_what_it_made_and_what_was_asked(opened, registry) -> None:
    with registry.read() as session:
        run = runs.listing(session)[-1]
    app = opened("runs", run=run.id)
    assert not app.exception
    assert "first" in app.success[0].value
    asked = app.dataframe[-1].value.set_index("parameter")["value"].to_dict()
    assert asked["features"] == "words and letters"
    assert asked["name"] == "first"
    assert run.config["dataset"] not in asked.values()
