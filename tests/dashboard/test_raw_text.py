"""Raw text in the dashboard, from the dropped file to the page of its version, with the real reader and registry."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import raw_charts, raw_preview, services
from registry import datasets
from registry.records import DatasetVersion

TEXT = b"The bank was closed. We left.\n\nThe river bank was wet!\n\nThe river bank was wet!\n"
BOOK = b"Header\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\nA story. It ends.\n\nSo it does.\n"


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    uploader = next(item for item in app.file_uploader if item.key.startswith("raw-uploader"))
    for name, content in files:
        uploader.upload(name, content, "text/plain")
    return app.run()


def key(app: AppTest) -> str:
    held = app.query_params["upload"]
    return held[0] if isinstance(held, list) else held


def seen(app: AppTest) -> str:
    parts = [*app.subheader, *app.caption, *app.markdown, *app.text, *app.info, *app.success, *app.error]
    return "\n".join(str(item.value) for item in parts)


def versions(name: str) -> tuple[DatasetVersion, ...]:
    with services.registry().read() as session:
        return datasets.versions(session, name)


@pytest.fixture
def app(opened) -> AppTest:
    return opened("upload", kind="raw")


def test_the_choice_stands_at_the_top_and_in_the_address(opened) -> None:
    app = opened("upload")
    assert "table with a text and its label" in seen(app)
    app.segmented_control(key="upload-kind").set_value("raw").run()
    assert "text without labels" in seen(app) and app.query_params["kind"] in ("raw", ["raw"])
    assert not app.exception


def test_text_is_cut_reported_and_saved(app: AppTest) -> None:
    drop(app, ("story.txt", TEXT))
    assert not app.exception
    told = seen(app)
    assert "1 file in = 1 read + 0 refused" in told
    assert "3 documents in = 3 kept + 0 left out" in told
    assert "1  The bank was closed.\n2  We left." in told
    assert "Documents that are the same" in "".join(item.label for item in app.expander)
    app.checkbox(key=f"raw-{key(app)}-exact").check().run()
    assert "3 documents in = 2 kept + 1 left out" in seen(app)
    app.text_input(key=f"raw-name-{key(app)}").set_value("river")
    next(item for item in app.button if item.label == "Save 3 sentences").click().run()
    assert not app.exception
    [version] = versions("river")
    assert version.is_raw_text and version.report["dropped_duplicates"] == 1
    assert "Saved. The sentences of this version will never change." in seen(app)


def test_the_preview_follows_the_choices(app: AppTest) -> None:
    drop(app, ("story.txt", TEXT))
    app.selectbox(key=f"raw-{key(app)}-sentences").select("full_stop").run()
    app.selectbox(key=f"raw-{key(app)}-documents").select("file").run()
    assert "3  The river bank was wet!\n4  The river bank was wet!" in seen(app)
    assert not app.exception


def test_a_book_of_gutenberg_suggests_its_options(app: AppTest) -> None:
    drop(app, ("book.txt", BOOK))
    assert app.selectbox(key=f"raw-{key(app)}-documents").value == "file"
    assert app.checkbox(key=f"raw-{key(app)}-gutenberg").value is True
    assert "Header" not in "\n".join(item.value for item in app.text)


def test_what_cannot_be_read_is_named(app: AppTest) -> None:
    drop(app, ("nothing.txt", b"a\0b"))
    assert "1 file in = 0 read + 1 refused" in seen(app)
    assert not app.exception and not any(item.label.startswith("Save") for item in app.button)


def test_several_files_are_one_upload(app: AppTest) -> None:
    drop(app, ("one.txt", b"One."), ("two.txt", b"Two."))
    assert not app.exception
    assert "2 files in = 2 read + 0 refused" in seen(app) and "2 files.zip" in seen(app)
    assert app.selectbox(key=f"raw-{key(app)}-documents").value == "file"


def test_the_sample_corpus_has_a_page(opened) -> None:
    app = opened("datasets", dataset="cellar-story")
    assert not app.exception
    assert {item.label for item in app.metric} == {"Documents", "Sentences", "Words", "Sentences held out"}
    assert "locked the door" in seen(app)
    for part in ("Lengths", "Report", "Sources"):
        again = opened("datasets", dataset="cellar-story", part=part)
        assert not again.exception, part


def test_raw_text_is_not_offered_where_labels_are_wanted(opened) -> None:
    app = opened("train", dataset="cellar-story")
    assert not app.exception
    box = next(item for item in app.selectbox if item.label == "Dataset version")
    assert box.options and not any("cellar-story" in option for option in box.options)


def test_sentences_are_numbered_and_more_is_marked() -> None:
    assert raw_preview.lines({"sentences": ["A.", "B."], "more": True}) == "1  A.\n2  B.\n…"


def test_lengths_are_said_in_words() -> None:
    told = raw_charts.said({"median": 7, "longest": 1_041, "measured": 5_000, "sampled": True}, "words")
    assert told == (
        "Half of the sentences have at most 7 words, the longest has 1,041. Measured on 5,000 drawn at random."
    )
