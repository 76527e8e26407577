"""The classify page: one text, a file, and the run that the address names."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from core.inference import folder
from core.jobs import predictions, uploads
from registry import models, runs


@pytest.fixture
def first(registry):
    with registry.read() as session:
        return models.get(session, "first")


def test_one_text_gets_the_label_and_every_probability_of_the_model_itself(opened, registry, first) -> None:
    app = opened("classify", model="first", version="1")
    app.text_area(key=f"text-{first.id}").set_value("I hate pizza")
    app.button[0].click().run()
    assert not app.exception
    expected = folder.load(registry.artifacts.local(first.artifact)).predict(["I hate pizza"])
    table = app.dataframe[0].value
    assert table["label"].tolist()[0] == expected.labels()[0] == app.subheader[0].value
    assert sorted(table["label"]) == sorted(first.labels)
    assert table["probability"].sum() == pytest.approx(1, abs=1e-5)
    assert table["probability"].max() == pytest.approx(float(expected.scores()[0]), abs=1e-6)


def test_an_empty_text_is_told(opened, first) -> None:
    app = opened("classify", model="first")
    app.text_area(key=f"text-{first.id}").set_value("   ")
    app.button[0].click().run()
    assert "Write a text first" in app.warning[0].value


def test_a_file_becomes_a_run_and_its_result_keeps_every_column(opened, registry, finish) -> None:
    rows = pd.DataFrame({"nr": ["01", "02"], "text": ["I hate pizza", "Lovely soup"], "note": ["=1+1", ""]})
    staged = uploads.stage(registry, "two rows.csv", io.BytesIO(rows.to_csv(index=False).encode()))
    app = opened("classify", model="first", input=staged.id)
    assert app.selectbox(key=f"text-column-{staged.id}").value == "text"
    app.button(key="classify-file").click().run()
    assert not app.exception
    finish()
    with registry.read() as session:
        run = runs.listing(session)[0]
    assert (run.kind, run.status) == ("predict", "finished"), run.error
    again = opened("classify", run=run.id)
    assert not again.exception
    assert {metric.label: metric.value for metric in again.metric}["Rows classified"] == "2"
    result = pd.read_csv(predictions.output(registry, run), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert result.columns.tolist()[:3] == ["nr", "text", "note"]
    assert result["nr"].tolist() == ["01", "02"]
    assert result["model"].unique().tolist() == ["first/1"]
    assert again.dataframe[0].value["prediction"].tolist() == result["prediction"].tolist()


def test_a_model_can_be_chosen_by_address(opened, first) -> None:
    assert opened("classify", model="second").selectbox(key="classify-model").value.name == "second"
    assert opened("classify", model="second/1").selectbox(key="classify-model").value.name == "second"


def test_a_model_can_be_chosen_by_alias(opened, registry, first) -> None:
    with registry.begin() as session:
        models.set_alias(session, "second", "champion", 1, who="ada")
    assert opened("classify", model="second@champion").selectbox(key="classify-model").value.name == "second"
