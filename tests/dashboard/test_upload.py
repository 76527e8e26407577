"""The upload page from the dropped file to the saved version, with the real reader, checks and registry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import services
from registry import datasets

HEADER = "text,label\n"
GOOD = [f"The {dish} was a joy,positive\n" for dish in ("soup", "bread", "tea", "cake", "rice", "fish", "stew", "pie")]
BAD = [f"The {dish} made me sad,negative\n" for dish in ("soup", "bread", "tea", "cake", "rice", "fish", "stew", "pie")]
FLAWED = [*GOOD, *BAD, "The soup was a joy,positive\n", ",positive\n", "No label here,\n"]


def csv(rows: Sequence[str], header: str = HEADER) -> bytes:
    return (header + "".join(rows)).encode()


def drop(app: AppTest, name: str, content: bytes, which: str = "upload") -> AppTest:
    """Drop a file on the uploader and wait for the page."""
    uploader = next(item for item in app.file_uploader if item.key.startswith(f"{which}-uploader"))
    uploader.upload(name, content, "text/csv")
    return app.run()


def key(app: AppTest) -> str:
    """The id of the upload in hand, which widget keys carry."""
    held = app.query_params["upload"]
    return held[0] if isinstance(held, list) else held


def headline(app: AppTest) -> str:
    return next(item.value for item in app.subheader if " rows in = " in item.value)


def pressed(app: AppTest, label: str) -> AppTest:
    """Press the button whose label starts so."""
    next(item for item in app.button if item.label.startswith(label)).click()
    return app.run()


@pytest.fixture
def app(opened) -> AppTest:
    return opened("upload")


def test_the_first_step_names_the_limits_and_offers_the_sample(app: AppTest) -> None:
    assert any("1,000,000 rows" in caption.value for caption in app.caption)
    assert any(button.label.startswith("Use the sample") for button in app.button)
    assert not app.subheader


def test_a_file_is_read_guessed_and_reported_before_anything_is_saved(app: AppTest) -> None:
    drop(app, "meals.csv", csv(FLAWED))
    assert app.selectbox(key=f"upload-{key(app)}-text").value == "text"
    assert app.selectbox(key=f"upload-{key(app)}-label").value == "label"
    assert headline(app) == "19 rows in = 17 kept + 2 rejected"
    assert [button.label for button in app.button if button.label.startswith("Save")] == ["Save 17 rows"]
    assert "meals" not in names()


def names() -> list[str]:
    with services.registry().read() as session:
        return [version.name for version in datasets.listing(session)]


def test_the_uploader_is_drawn_anew_and_the_file_lies_in_the_home(app: AppTest, workspace: Path) -> None:
    content = csv(FLAWED)
    drop(app, "meals.csv", content)
    assert (workspace / "uploads" / key(app) / "source.csv").read_bytes() == content
    assert all(item.key != "upload-uploader-0" for item in app.file_uploader)
    assert app.session_state["upload-turn"] == 1


def test_suggested_repairs_move_rows_and_every_row_stays_accounted_for(app: AppTest) -> None:
    drop(app, "meals.csv", csv(FLAWED))
    pressed(app, "Make the suggested repairs")
    assert headline(app) == "19 rows in = 16 kept + 3 rejected"
    assert not any(button.label.startswith("Make the suggested") for button in app.button)


def test_a_repair_can_be_taken_back(app: AppTest) -> None:
    drop(app, "meals.csv", csv(FLAWED))
    pills = app.get_by_key(f"{key(app)}-finding-repairs-duplicate_texts")
    pills.set_value("keep_first_duplicate")
    app.run()
    assert headline(app) == "19 rows in = 16 kept + 3 rejected"
    app.get_by_key(f"{key(app)}-finding-repairs-duplicate_texts").set_value(None)
    app.run()
    assert headline(app) == "19 rows in = 17 kept + 2 rejected"


def test_saving_makes_a_version_with_name_mapping_and_repairs(app: AppTest) -> None:
    drop(app, "meals.csv", csv(FLAWED))
    pressed(app, "Make the suggested repairs")
    app.text_input(key=f"save-name-{key(app)}").set_value("Meals of May")
    app.text_area(key=f"save-description-{key(app)}").set_value("Told at the table")
    pressed(app, "Save 16 rows")
    assert not app.error
    with services.registry().read() as session:
        version = datasets.get(session, "Meals of May")
    assert (version.version, sum(version.rows.values()), version.source) == (1, 16, "meals.csv")
    assert version.description == "Told at the table"
    assert version.repairs == ("keep_first_duplicate",)
    assert version.mapping["text"] == "text"


def test_saving_the_same_again_is_refused_in_a_sentence_and_the_form_stays(app: AppTest) -> None:
    for _ in range(2):
        app.query_params.clear()
        app.switch_page("views/upload.py").run()
        drop(app, "meals.csv", csv(FLAWED))
        pressed(app, "Save 17 rows")
    assert "already saved" in app.error[0].value
    assert any(button.label == "Save 17 rows" for button in app.button)


def test_what_is_no_table_gives_a_sentence_that_stays(app: AppTest) -> None:
    drop(app, "report.csv", b"%PDF-1.7 and so on")
    assert "PDF" in f"{app.error[0].value} {app.error[0].proto.title}"
    app.run()
    assert len(app.error) == 1
    assert not app.exception
    assert any(expander.label == "Read it differently" for expander in app.expander)


def test_a_reading_can_be_overruled_and_the_report_follows(app: AppTest) -> None:
    drop(app, "meals.csv", csv([*GOOD, *BAD]))
    assert headline(app).startswith("16 rows in")
    app.selectbox(key=f"upload-{key(app)}-header").set_value(False)
    app.run()
    assert app.selectbox(key=f"upload-{key(app)}-text").options == ["column_1", "column_2"]
    assert headline(app).startswith("17 rows in")
    app.selectbox(key=f"upload-{key(app)}-header").set_value(None)
    app.run()
    assert headline(app).startswith("16 rows in")


def test_without_a_label_column_the_page_asks_for_one(app: AppTest) -> None:
    drop(app, "meals.csv", csv(["The soup was a joy\n", "The bread made me sad\n", "Tea is fine\n"], "text\n"))
    assert app.selectbox(key=f"upload-{key(app)}-text").value == "text"
    assert "Choose the column" in app.info[0].value
    assert not any(button.label.startswith("Save") for button in app.button)


def test_what_blocks_saving_stands_in_red_and_the_button_waits(app: AppTest) -> None:
    drop(app, "meals.csv", csv([*GOOD, *BAD, "Odd one out,rare\n"]))
    assert app.error
    button = next(item for item in app.button if item.label.startswith("Save"))
    assert button.disabled


def test_a_second_file_becomes_the_test_split(app: AppTest) -> None:
    drop(app, "train.csv", csv([*GOOD, *BAD]))
    drop(app, "exam.csv", csv(["Salt is a joy,positive\n", "Oil made me sad,negative\n"]), which="test")
    assert headline(app) == "18 rows in = 18 kept + 0 rejected"
    assert any(caption.value == "test file: 2 in = 2 kept + 0 rejected" for caption in app.caption)
    assert any(caption.value.endswith("2 test.") for caption in app.caption)


def test_several_labels_a_text(app: AppTest) -> None:
    rows = [f"Note {n} is here,{labels}\n" for n in range(24) for labels in [("hot|sweet", "hot", "sweet")[n % 3]]]
    drop(app, "notes.csv", csv(rows))
    assert app.toggle(key=f"upload-{key(app)}-several").value is True
    assert headline(app) == "24 rows in = 24 kept + 0 rejected"
    assert not app.error


def test_a_hostile_name_is_shown_as_it_is_and_never_becomes_a_path(app: AppTest, workspace: Path) -> None:
    before = {path for path in workspace.parent.rglob("*") if workspace not in path.parents}
    drop(app, "../../![x](http://evil.example/p.png).csv", csv(FLAWED))
    assert not app.exception
    assert all("evil" not in item.value for item in app.markdown)
    assert {path for path in workspace.parent.rglob("*") if workspace not in path.parents} == before


def test_an_upload_that_is_gone_is_said_and_the_page_begins_anew(opened) -> None:
    app = opened("upload", upload="0" * 32)
    assert "no longer held" in app.info[0].value
    assert app.file_uploader


def test_the_sample_is_one_click(app: AppTest) -> None:
    pressed(app, "Use the sample")
    assert " rows in = " in headline(app)
    assert not app.exception
