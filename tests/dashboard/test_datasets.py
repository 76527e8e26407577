"""The datasets page: the list, a version in full, and what can be done to it."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.column_mapping import ColumnMapping
from core.jobs import datasets as jobs
from core.jobs import uploads
from dashboard.components import dataset_rows, services
from registry import datasets
from registry.records import DatasetVersion

DISHES = ("soup", "bread", "tea", "cake", "rice", "fish", "stew", "pie", "jam", "plum")
ROWS = [f"The {dish} was a joy,positive\nThe {dish} made me sad,negative\n" for dish in DISHES]
FORMULA = '"=HYPERLINK(""http://evil.example"")",negative\n'


@pytest.fixture
def meals(workspace: Path) -> DatasetVersion:
    """A dataset version of the test's own."""
    return save("meals", "text,label\n" + "".join(ROWS) + FORMULA)


def save(name: str, content: str) -> DatasetVersion:
    registry = services.registry()
    staged = uploads.stage(registry, f"{name}.csv", io.BytesIO(content.encode()))
    uploads.parse(staged)
    report = uploads.check(staged, ColumnMapping("text", "label"))
    return jobs.save(registry, staged, report, name=name, description="Told at the table", who="ann")


def shown(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_the_list_names_every_dataset_with_its_newest_version(meals: DatasetVersion, opened) -> None:
    save("meals", "text,label\n" + "".join(ROWS[1:]))
    frame = opened("datasets").dataframe[0].value
    row = frame.set_index("dataset").loc["meals"]
    assert (row["newest"], row["rows"], row["labels"], row["by"]) == (2, 18, 2, "ann")


def test_a_version_shows_its_rows_by_split(meals: DatasetVersion, opened) -> None:
    app = opened("datasets", dataset="meals", version="1")
    assert app.title[0].value == "meals"
    said = shown(app)
    assert said["Rows"] == "21"
    assert int(said["Train"]) + int(said["Validation"]) + int(said["Test"]) == 21
    assert said["Labels"] == "2"
    assert any(button.label == "Train on this" for button in app.button)


def test_without_a_version_the_newest_is_shown(meals: DatasetVersion, opened) -> None:
    save("meals", "text,label\n" + "".join(ROWS[1:]))
    assert shown(opened("datasets", dataset="meals"))["Rows"] == "18"


@pytest.mark.parametrize("params", [{"dataset": "nothing"}, {"dataset": "meals", "version": "99"}, {"dataset": "../x"}])
def test_what_is_not_there_is_said_in_a_sentence(params: dict[str, str], meals: DatasetVersion, opened) -> None:
    app = opened("datasets", **params)
    assert len(app.error) == 1
    assert not app.exception
    assert "wrong on our side" not in app.error[0].value


@pytest.mark.parametrize("part", ["Rows", "Report", "Origin", "Models"])
def test_every_part_opens_by_its_address(part: str, meals: DatasetVersion, opened) -> None:
    app = opened("datasets", dataset="meals", version="1", part=part)
    assert not app.exception
    assert not app.error


def test_the_origin_tells_file_columns_hash_and_who(meals: DatasetVersion, opened) -> None:
    app = opened("datasets", dataset="meals", version="1", part="Origin")
    told = " ".join(str(value) for value in app.table[0].value.to_numpy().ravel())
    assert "meals.csv" in told
    assert app.code[0].value == meals.content_hash
    assert "ann" in told


def test_rows_are_found_by_words_split_and_label() -> None:
    frame = pd.DataFrame(
        {
            "text": ["Hot Soup", "cold soup", "a.c", "abc"],
            "split": ["train", "test", "train", "train"],
            "label": ["a", "a | b", "b", "ab"],
        }
    )
    assert dataset_rows.select(frame, "SOUP", None, None).index.tolist() == [0, 1]
    assert dataset_rows.select(frame, "soup", "test", None).index.tolist() == [1]
    assert dataset_rows.select(frame, "", None, "b").index.tolist() == [1, 2]
    assert dataset_rows.select(frame, "a.c", None, None).index.tolist() == [2]


def test_the_download_holds_every_row_and_no_formula(meals: DatasetVersion) -> None:
    frame = pd.read_csv(io.BytesIO(dataset_rows.as_csv(meals)), dtype=str)
    assert len(frame) == 21
    assert frame["text"].str.startswith("'=HYPERLINK").sum() == 1
    assert not frame["text"].str.startswith("=").any()


def test_deleting_asks_first(meals: DatasetVersion, opened) -> None:
    app = opened("datasets", dataset="meals", version="1")
    app.button(key=f"dataset-delete-{meals.id}").click()
    app.run()
    assert any(button.label == "Delete for good" for button in app.button)
    with services.registry().read() as session:
        assert datasets.get(session, "meals").id == meals.id


def test_a_name_full_of_marks_is_shown_and_does_nothing(workspace: Path, opened) -> None:
    name = "![x](http:evil.example) **bold** :red[x]"
    save(name, "text,label\n" + "".join(ROWS))
    app = opened("datasets", dataset=name)
    assert not app.exception
    assert "**bold**" not in app.title[0].value
