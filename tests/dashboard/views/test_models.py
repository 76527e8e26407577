"""The models page: list, one version with its scores, changes and their refusals, comparison."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.columns import guess
from core.inference import folder
from core.jobs import datasets as saving
from core.jobs import models as jobs
from core.jobs import uploads
from registry import models, runs, scores
from registry.errors import NotFound

DISHES = ("pizza", "soup", "rice", "cake", "beans", "toast", "curry", "salad", "stew", "pie")
PLACES = ("again", "at noon", "at night")
SAID = {"love": "good", "hate": "bad", "eat": "plain"}


@pytest.fixture
def first(registry):
    with registry.read() as session:
        return models.get(session, "first")


def section(app, name: str):
    return app.segmented_control(key="section-fine_tuned").set_value(name).run()


def chosen(app, version, change: str):
    app.get_by_key(f"change-{version.id}").set_value(change)
    return app.run()


def test_the_list_shows_headline_and_what_it_was_measured_on(opened, registry, first) -> None:
    app = opened("models")
    table = app.dataframe[0].value.set_index("model")
    with registry.read() as session:
        score = scores.latest(session, first.id, first.dataset_version, "test")
    assert f"{score.metrics['f1_macro']['value']:.3f}" in table.loc["first", "macro-F1 (95 % interval)"]
    assert f"{score.rows:,} rows" in table.loc["first", "measured on"]
    assert app.dataframe[1].value["model"].tolist() == ["all-MiniLM-L6-v2"]


def test_scores_of_a_version_are_those_of_the_registry(opened, registry, first) -> None:
    app = opened("models", model="first", version="1")
    assert not app.exception
    with registry.read() as session:
        score = scores.latest(session, first.id, first.dataset_version, "test")
    classes, rows, every = (table.value for table in app.dataframe[:3])
    assert classes["support"].sum() == score.rows
    wrong = round(score.rows * (1 - score.metrics["accuracy"]["value"]))
    assert len(rows) == wrong if wrong else True
    if wrong:
        assert rows["score"].is_monotonic_decreasing
        assert (rows["given"] != rows["predicted"]).all()
        assert rows["text"].notna().all()
    assert every.set_index("score").loc["accuracy", "value"] == f"{score.metrics['accuracy']['value']:.3f}"


def test_every_section_of_every_kind_draws(opened, first) -> None:
    app = opened("models", model="first", version="1")
    for name in ("Origin", "Files", "Card", "History", "Scores"):
        section(app, name)
        assert not app.exception
        assert not app.error
    base = opened("models", model="all-MiniLM-L6-v2")
    for name in ("Origin", "Files", "Card", "History"):
        base.segmented_control(key="section-pretrained").set_value(name).run()
        assert not base.exception
        assert not base.error


def test_files_are_listed_with_their_checksums_and_verified(opened, first) -> None:
    app = section(opened("models", model="first"), "Files")
    table: pd.DataFrame = app.dataframe[0].value
    assert table["SHA-256"].str.fullmatch("[0-9a-f]{64}").all()
    assert set(table["file"]) == {name for name, _, _ in first.artifact.files}
    app.button(key=f"verify-{first.id}").click().run()
    assert "golden rows give the same probabilities" in app.success[0].value


def test_a_damaged_file_is_told_and_marked(opened, registry, first) -> None:
    folder = registry.artifacts.local(first.artifact, verify=False)
    target = folder / "README.md"
    text = target.read_bytes()
    target.unlink()  # the file is a link into the shared home: never write through it
    target.write_bytes(b"x" + text[1:])
    app = section(opened("models", model="first"), "Files")
    app.button(key=f"verify-{first.id}").click().run()
    assert "README" in app.error[0].value.replace("\\", "")
    with registry.read() as session:
        assert models.get(session, "first").status == "corrupt"


def dialog(change: str, name: str = "first") -> AppTest:
    """A page that is nothing but one of the dialogs, open on every run (the app opens it for one click)."""

    def script(change: str, name: str) -> None:
        from dashboard.components import model_edits
        from dashboard.components.services import registry
        from registry import models

        with registry().read() as session:
            model = models.model(session, name)
        getattr(model_edits, change)(*((model,) if change in ("rename", "describe") else (model.versions[0],)))

    return AppTest.from_function(script, args=(change, name), default_timeout=60).run()


def test_the_menu_opens_the_dialog_that_was_chosen(opened, first) -> None:
    app = chosen(opened("models", model="first"), first, "Describe")
    assert app.text_area(key="describe-first").value == ""
    assert not app.exception


def test_description_note_and_tags_are_kept_as_typed(registry, first) -> None:
    app = dialog("describe")
    app.text_area(key="describe-first").set_value("Tells *good* from bad.")
    app.button(key="describe-go-first").click().run()
    app = dialog("note")
    app.text_area(key=f"note-{first.id}").set_value("second try")
    app.button(key=f"note-go-{first.id}").click().run()
    app = dialog("tags")
    app.multiselect(key=f"tags-{first.id}").set_value(["reviewed"])
    app.button(key=f"tags-go-{first.id}").click().run()
    with registry.read() as session:
        assert models.model(session, "first").description == "Tells *good* from bad."
        assert models.get(session, "first").notes == "second try"


def test_renaming_to_a_name_in_use_is_refused_in_a_sentence(registry, first) -> None:
    app = dialog("rename")
    app.text_input(key="rename-first").set_value("second").run()
    app.button(key="rename-go-first").click().run()
    assert len(app.error) == 1
    with registry.read() as session:
        assert models.get(session, first.id).name == "first"


def test_an_alias_moves_with_its_reason_and_can_be_taken_away(opened, registry, first) -> None:
    app = dialog_of_alias()
    app.selectbox(key=f"alias-{first.id}").set_value("champion")
    app.text_input(key=f"alias-why-{first.id}").set_value("the only one")
    app.button(key=f"alias-go-{first.id}").click().run()
    with registry.read() as session:
        assert models.get(session, "first@champion").id == first.id
        event = models.alias_history(session, "first")[0]
    assert (event.who, event.details["why"]) == ("ada", "the only one")
    history = section(opened("models", model="first"), "History")
    assert history.dataframe[1].value["why"].tolist() == ["the only one"]
    app = dialog_of_alias()
    app.button(key=f"alias-drop-{first.id}").click().run()
    with registry.read() as session:
        assert models.get(session, "first").aliases == ("latest",)


def dialog_of_alias() -> AppTest:
    """The dialog that moves an alias of `first`."""

    def script() -> None:
        from dashboard.components import model_edits
        from dashboard.components.services import registry
        from registry import models

        with registry().read() as session:
            model = models.model(session, "first")
        model_edits.alias(model, model.versions[0])

    return AppTest.from_function(script, default_timeout=60).run()


def test_deleting_asks_for_the_name_and_is_refused_while_aliased(registry, first) -> None:
    with registry.begin() as session:
        models.set_alias(session, "first", "champion", 1, who="ada")
    app = dialog("delete")
    assert app.button(key=f"delete-go-{first.id}").disabled
    app.text_input(key=f"delete-{first.id}").set_value("first/1").run()
    app.button(key=f"delete-go-{first.id}").click().run()
    assert "champion" in app.error[0].value
    with registry.read() as session:
        assert models.get(session, "first/1").id == first.id


def test_deleting_removes_the_files(registry, first) -> None:
    folder = registry.artifacts.local(first.artifact)
    with registry.read() as session:
        assert scores.of_model(session, first.id)
    jobs.delete(registry, first.id, "ada")
    assert not folder.exists()
    with registry.read() as session, pytest.raises(NotFound):
        models.get(session, "first/1")


def test_a_missing_model_is_told(opened) -> None:
    app = opened("models", model="nobody")
    assert not app.exception
    assert app.error


def test_a_missing_version_shows_the_newest(opened, first) -> None:
    app = opened("models", model="first", version="7")
    assert "no version 7" in app.warning[0].value
    assert not app.exception


def test_two_versions_are_compared_on_the_same_rows(opened, registry) -> None:
    app = opened("models", compare="first/1", **{"with": "second/1"})
    assert not app.exception
    assert not app.error
    verdict = (app.success or app.info)[0].value.replace("\\", "")
    assert "first/1" in verdict
    assert "95 % interval" in verdict
    table = app.dataframe[0].value
    assert table["score"].tolist()[0] == "macro-F1"
    assert table.columns.tolist()[1:3] == ["first/1", "second/1"]


@pytest.fixture
def newer(registry):
    """A second version of the dataset that the models were scored on."""
    rows = [f"I {word} {dish} {place},{label}" for dish in DISHES for place in PLACES for word, label in SAID.items()]
    staged = uploads.stage(registry, "meals.csv", io.BytesIO("\n".join(["text,label", *rows]).encode()))
    mapping = guess(uploads.parse(staged), staged.table)
    return saving.save(registry, staged, uploads.check(staged, mapping), name="meals", who="ada")


def test_scores_on_an_older_version_of_the_data_are_marked_and_can_be_renewed(opened, registry, first, newer) -> None:
    table = opened("models").dataframe[0].value.set_index("model")
    assert table.loc["first", "measured on"].endswith("version 2 exists")
    app = opened("models", model="first")
    assert "Scored on meals/1; version 2 exists" in app.info[0].value.replace("\\", "")
    app.button(key=f"score-newer-{first.id}-{newer.id}").click().run()
    assert not app.exception
    with registry.read() as session:
        run = runs.listing(session)[0]
    assert (run.kind, run.config["dataset"], run.config["model"]) == ("evaluate", newer.id, first.id)


def test_a_comparison_on_an_older_version_of_the_data_says_so(opened, registry, first, newer) -> None:
    app = opened("models", compare="first/1", **{"with": "second/1"})
    assert "Scored on meals/1; version 2 exists" in app.info[0].value.replace("\\", "")
    offers = [button.label.replace("\\", "") for button in app.button if button.label.startswith("Score ")]
    assert offers == ["Score first/1 on meals/2 (test)", "Score second/1 on meals/2 (test)"]


def test_scores_on_the_newest_version_are_not_marked(opened, first) -> None:
    app = opened("models", model="first")
    assert not any("exists" in info.value for info in app.info)


def test_comparing_with_nothing_else_scored_offers_to_score(opened, registry) -> None:
    with registry.read() as session, pytest.raises(NotFound):
        models.get(session, "third")
    app = opened("models", compare="third/1")
    assert app.error
    assert not app.exception


def test_a_model_leaves_as_a_zip_and_comes_back_the_same(opened, registry, first, tmp_path) -> None:
    target = jobs.export(registry, "first/1", tmp_path / "first.zip")
    app = opened("models")
    app.file_uploader(key="import-zip").upload("first.zip", target.read_bytes(), "application/zip").run()
    app.text_input(key="import-name").set_value("came back").run()
    app.button(key="import-zip-go").click().run()
    assert not app.exception
    assert not app.error
    with registry.read() as session:
        back = models.get(session, "came back")
    assert (back.labels, back.kind) == (first.labels, "fine_tuned")
    texts = ["I hate pizza at home", "I love soup at work"]
    loaded = [folder.load(registry.artifacts.local(version.artifact)).predict(texts) for version in (first, back)]
    assert loaded[0].probabilities.tolist() == loaded[1].probabilities.tolist()


def test_what_is_no_model_is_refused_in_a_sentence(opened, registry) -> None:
    with registry.read() as session:
        before = len(models.listing(session))
    app = opened("models")
    app.file_uploader(key="import-zip").upload("photos.zip", b"PK no zip at all", "application/zip").run()
    app.button(key="import-zip-go").click().run()
    assert len(app.error) == 1
    assert not app.exception
    with registry.read() as session:
        assert len(models.listing(session)) == before


def test_scoring_on_other_rows_is_a_run(opened, registry, first) -> None:
    app = opened("models", model="first")
    app.segmented_control(key=f"elsewhere-split-{first.id}-{first.dataset_version}").set_value("train").run()
    app.button(key=f"elsewhere-go-{first.id}").click().run()
    assert not app.exception
    with registry.read() as session:
        run = runs.listing(session)[0]
    assert (run.kind, run.config["split"], run.config["model"]) == ("evaluate", "train", first.id)


def test_a_model_leads_to_what_is_inside(opened, first) -> None:
    app = opened("models", model="first")
    app = app.button(key=f"inspect-{first.id}").click().run()
    assert not app.exception and app.title[0].value == "Inspect"
    assert app.segmented_control(key="inspect-view").value == "attribution"  # a word count has nothing else to show
