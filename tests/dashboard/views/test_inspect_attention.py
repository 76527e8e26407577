"""The Attention view: read once, chosen by click or field, what is hidden told, hard texts met calmly."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import pytest

from core.inspection.attention import weights
from dashboard.components import attention_heads
from dashboard.components.plain import JOINER
from registry import models

NAME = "all-MiniLM-L6-v2"
MISUSED = (
    "<script>alert(1)</script>", "a [MASK] here", "😀", "x" * 101, "word " * 2000, "漢字 ไทย", "soup",
    "**b** [a](b) :red[c]",
)  # fmt: skip


@pytest.fixture
def view(opened):
    return opened("inspect", model=NAME, view="attention")


@pytest.fixture
def version(registry):
    with registry.read() as session:
        return models.get(session, NAME)


@pytest.fixture
def example(view):
    view.pills(key="attention-ready").set_value("Question and answer").run()
    assert not view.exception and not view.error
    return view


def words_of(app) -> str:
    said = " ".join(each.value for kind in (app.markdown, app.caption, app.info) for each in kind)
    return said.replace("\\", "").replace(JOINER, "")


def test_an_empty_page_says_what_to_do_and_what_attention_is_not(view) -> None:
    assert not view.exception and "click a ready example" in view.info[0].value
    assert "not an explanation of a decision" in words_of(view)


def test_another_head_computes_nothing_again(example, version, monkeypatch) -> None:
    calls = []
    real = weights.attention
    monkeypatch.setattr(weights, "attention", lambda *given: calls.append(1) or real(*given))
    layer, head = attention_heads.keys(version.id)
    example.selectbox(key=layer).set_value(3)
    example.selectbox(key=head).set_value(2).run()
    assert not example.exception and "Layer 3, head 2" in words_of(example)
    example.selectbox(key=head).set_value(0).run()
    assert "mean of all heads" in words_of(example) and calls == []
    example.text_area(key="attention-text").set_value("Where is the key?").run()
    assert calls == [1]


def test_what_is_hidden_is_told_and_can_be_shown(example) -> None:
    table = example.dataframe[1].value
    told = 100 * table["to special pieces not shown"].mean()
    assert f"Not drawn: {told:.1f} %" in words_of(example)
    assert table["from"].tolist()[:4] == ["Where", "is", "the", "cask"] and set(table["text"]) == {1, 2}
    example.toggle(key="attention-specials").set_value(True).run()
    assert "Everything is drawn" in words_of(example)
    assert example.dataframe[1].value["from"].tolist()[0] == "[CLS]"
    example.toggle(key="attention-pieces").set_value(True).run()
    assert any(piece.startswith("##") for piece in example.dataframe[1].value["from"])


def test_directions_and_lines(example) -> None:
    example.segmented_control(key="attention-direction").set_value("second_to_first")
    example.segmented_control(key="attention-drawn").set_value("Lines").run()
    assert not example.exception and not example.error
    assert set(example.dataframe[1].value["text"]) == {2}
    assert "strongest of" in words_of(example) and "to words outside of it" in words_of(example)


def test_one_text_has_no_direction_and_no_share_to_another(view) -> None:
    view.pills(key="attention-ready").set_value("A split word").run()
    assert not [each for each in view.segmented_control if each.key == "attention-direction"]
    assert not any("other text" in option for box in view.selectbox for option in box.options)


def test_a_click_on_the_grid_chooses_the_head(monkeypatch) -> None:
    state = {"attention-grid-1": {"selection": {"head": [{"layer": 4, "head": 7}]}}}
    monkeypatch.setattr(attention_heads, "st", SimpleNamespace(session_state=state))
    take = partial(attention_heads._take, "1")
    take()
    assert (state["attention-layer-1"], state["attention-head-1"]) == (4, 7)
    state["attention-grid-1"] = {"selection": {}}
    take()
    assert (state["attention-layer-1"], state["attention-head-1"]) == (4, 7)


def test_a_long_text_is_cut_and_a_part_of_it_can_be_chosen(view) -> None:
    view.text_area(key="attention-text").set_value("good soup " * 1000).run()
    assert not view.exception and not view.error
    assert "The model sees the first" in words_of(view) and len(view.slider) == 2
    view.slider[0].set_range(5, 8).run()
    assert view.dataframe[1].value["number"].tolist() == [6, 7, 8, 9]  # [CLS] is number 1
    view.segmented_control(key="attention-drawn").set_value("Lines").run()
    assert not view.exception and not view.error and len(view.dataframe[1].value) == 60
    view.slider[0].set_range(1, 90).run()
    assert "At most 60 words on a side" in view.error[0].value


@pytest.mark.parametrize("text", MISUSED, ids=range(len(MISUSED)))
def test_hard_texts_are_shown_and_told(view, text) -> None:
    view.text_area(key="attention-text").set_value(text).run()
    assert not view.exception and not view.error


def test_nothing_to_read_is_told(view) -> None:
    view.text_area(key="attention-pair").set_value("soup").run()
    assert "The first text is empty" in view.error[0].proto.title + view.error[0].value
