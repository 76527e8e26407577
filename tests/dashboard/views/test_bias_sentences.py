"""The views "Sentences" and "Tokenisation": forms, what they ask for, and the result below."""

from __future__ import annotations

from core.jobs.workspace import open_workspace
from registry import runs
from registry.home import Home
from tests.dashboard.views.conftest import work

BERT = "all-MiniLM-L6-v2"


def said(app) -> str:
    parts = (*app.caption, *app.info, *app.warning, *app.error, *app.markdown)
    return " ".join(str(part.value) for part in parts).replace("\\", "").replace("\u2060", "")


def newest(workspace):
    registry = open_workspace(Home.at(workspace))
    with registry.read() as session:
        found = runs.listing(session)[0]
    return registry, found


def test_seat_shows_its_sentences_and_refuses_a_template_without_a_place(opened) -> None:
    page = opened("bias", view="sentences", model=BERT)
    assert not page.exception
    assert page.selectbox(key="bias-sentences-measure").value == "seat"
    (table,) = [frame.value for frame in page.dataframe if "kind of word" in frame.value.columns]
    assert "This is John." in set(table["sentence"]) and set(table["list"]) == {"WEAT 6"}
    page.text_input(key="bias-sentences-seat-templates").set_value("No place here.").run()
    assert page.button(key="bias-sentences-go").disabled and "0 places for a word" in said(page)


def test_the_address_names_the_measure_and_a_dataset_may_give_the_sentences(opened, workspace) -> None:
    page = opened("bias", view="sentences", model=BERT, measure="ceat")
    assert page.selectbox(key="bias-sentences-measure").value == "ceat"
    page.get_by_key("bias-sentences-texts-which").set_value("Texts of a dataset").run()
    page.button(key="bias-sentences-go").click().run()
    assert not page.exception
    registry, run = newest(workspace)
    registry.close()
    (item,) = run.config["measures"]
    assert (item["measure"], item["dataset_spec"], item["split"]) == ("ceat", "meals/1", None)


def test_pieces_are_measured_and_stand_below(opened, workspace) -> None:
    page = opened("bias", view="tokens", model=BERT)
    assert page.multiselect(key="bias-tokens-lists").value == ["WEAT 3"]
    page.button(key="bias-tokens-go").click().run()
    assert not page.exception
    registry, _ = newest(workspace)
    assert work(registry)[0].status == "finished"
    registry.close()
    page.run()
    assert not page.exception
    assert "are cut into more pieces" in said(page)
    shown = " ".join(str(frame.value.to_dict()) for frame in page.dataframe)
    assert "African-American names: share in one piece" in shown and "10 of 32" in shown
