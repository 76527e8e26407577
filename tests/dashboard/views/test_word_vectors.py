"""Word vectors among the models: brought in on the page, listed apart, shown with the Bias page as the next step."""

from __future__ import annotations

import pickle

import pytest

from core.jobs import models as jobs
from core.jobs.workspace import open_workspace
from dashboard.views.bias import VIEWS
from registry import models
from registry.home import Home

TEXT = b"rose 1.0 0.0\nwasp 0.0 1.0\nnice 1.0 0.1\nugly 0.1 1.0\n"


@pytest.fixture
def registry(workspace):
    found = open_workspace(Home.at(workspace))
    yield found
    found.close()


@pytest.fixture
def table(registry, tmp_path):
    path = tmp_path / "small.txt"
    path.write_bytes(TEXT)
    return jobs.import_model(registry, str(path), who="ada")


def test_a_table_is_uploaded_and_opened(opened, registry) -> None:
    app = opened("models")
    app.file_uploader(key="import-zip").upload("my.vectors.txt", TEXT, "text/plain").run()
    app.button(key="import-zip-go").click().run()
    assert not app.exception
    assert not app.error
    with registry.read() as session:
        version = models.get(session, "my.vectors")
    assert (version.kind, version.facts["source"]) == ("static_vectors", "my.vectors.txt")


def test_a_pickle_is_refused_in_a_sentence(opened, registry) -> None:
    app = opened("models")
    app.file_uploader(key="import-zip").upload("w.kv", pickle.dumps({"a": 1}), "application/octet-stream").run()
    app.button(key="import-zip-go").click().run()
    assert "import that" in app.error[0].value
    assert not app.exception


def test_the_list_has_a_part_of_its_own_for_tables(opened, table) -> None:
    app = opened("models")
    frame = app.dataframe[-1].value
    assert frame[["model", "words", "numbers each", "came as"]].values.tolist() == [["small", 4, 2, "GloVe text"]]
    assert "small" not in app.dataframe[0].value["model"].tolist()


@pytest.mark.parametrize("section", ["Origin", "Files", "Card", "History"])
def test_its_page_leads_to_bias_and_nowhere_else(opened, table, section: str) -> None:
    app = opened("models", model="small")
    assert not app.exception
    assert "Word vectors: 4 words, 2 numbers each" in app.caption[0].value
    keys = [button.key for button in app.button]
    assert f"measure-{table.id}" in keys
    assert not [key for key in keys if str(key).startswith(("use-", "inspect-", "pretrain-", "compare-"))]
    app.segmented_control(key="section-static_vectors").set_value(section).run()
    assert not app.exception
    assert not app.error
    if section == "History":
        assert app.dataframe[0].value["method"].tolist() == ["Word vectors"]


def test_bias_offers_it_and_inspect_does_not(opened, table) -> None:
    bias = opened("bias", model="small", version="1", view="words")
    assert not bias.exception
    assert bias.selectbox(key="bias-model").value.spec == "small/1"
    inspect = opened("inspect")
    assert not [option for option in inspect.selectbox(key="inspect-model").options if option.startswith("small/")]


@pytest.mark.parametrize("view", list(VIEWS))
def test_every_view_of_bias_copes_with_a_table(opened, table, view: str) -> None:
    app = opened("bias", model="small", version="1", view=view)
    assert not app.exception


@pytest.mark.parametrize("page", ["start", "classify", "train", "pretrain"])
def test_other_pages_do_not_offer_it(opened, table, page: str) -> None:
    app = opened(page)
    assert not app.exception
    assert not [box for box in app.selectbox if any("small/1" in str(option) for option in box.options)]
