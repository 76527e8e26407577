"""The view "Words in context": choose words, read the comparison, look at the picture, find the nearest."""

from __future__ import annotations

import pytest

from core.inspection.homonym_examples import EXAMPLES
from dashboard.components import words_sentences

BANK = "The [[bank]] of the river is steep\nA bank lends money to another bank"


@pytest.fixture
def typed(opened):
    """The page with sentences and a word."""

    def draw(text: str, word: str = ""):
        app = opened("inspect")
        app.text_area(key=words_sentences.TEXT).set_value(text)
        app.text_input(key=words_sentences.WORD).set_value(word)
        return app.run()

    return draw


def pick(app, number: int):
    (found,) = [one for one in (*app.pills, *app.multiselect) if f"words-pick-{number}-" in str(one.key)]
    return found


def values(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def said(app) -> str:
    parts = (*app.caption, *app.info, *app.warning, *app.error)
    return " ".join(str(part.value) for part in parts).replace("\\", "").replace("\u2060", "")


def test_it_opens_with_a_way_to_begin(opened) -> None:
    app = opened("inspect")
    assert not app.exception
    assert "click a ready example" in said(app)


def test_a_ready_example_is_one_click_and_static_cannot_tell_senses_apart(opened) -> None:
    app = opened("inspect")
    app.pills(key=words_sentences.READY).set_value("bank")
    app.run()
    assert not app.exception
    assert app.text_area(key=words_sentences.TEXT).value.splitlines()[0] == EXAMPLES["bank"]["money"][0]
    shown = values(app)
    assert shown["Static"] == "1.000"
    assert float(shown["Same sense"]) > float(shown["Other sense"]) > float(shown["Random words"])
    pairs = app.dataframe[0].value
    assert len(pairs) == 28 and pairs["static"].min() > 0.9999
    assert pairs["cosine"].is_monotonic_decreasing
    assert (pairs["cosine"] - pairs["minus_baseline"]).round(3).nunique() == 1


def test_marks_choose_and_several_occurrences_of_a_sentence_are_told_apart(typed) -> None:
    app = typed(BANK, "bank")
    assert not app.exception
    second = pick(app, 2)
    assert [option.replace("\\", "") for option in second.options][1] == "bank (1)"
    assert second.value == [1]
    second.set_value([1, 6])
    app.run()
    pairs = app.dataframe[0].value
    assert sorted({*pairs["first"], *pairs["second"]}) == ["1. bank", "2. bank (1)", "2. bank (2)"]


def test_the_picture_and_the_nearest(typed) -> None:
    app = typed(BANK + "\nHe sat on the bank", "bank")
    assert "Trustworthiness" in said(app) and "variance" in said(app)
    app.segmented_control(key="words-map-method").set_value("t-SNE, one layer")
    app.run()
    assert "Add sentences." in said(app)  # three points are too few for t-SNE
    app.button(key="words-nearest-ask").click().run()
    assert not app.exception
    assert "4 occurrences compared of 4 in 76 texts" in said(app)
    near = next(frame.value for frame in app.dataframe if "sentence" in frame.value.columns)
    assert "willows" in near["sentence"][0] and near["cosine"].is_monotonic_decreasing
    app.selectbox(key="words-layer-6").set_value(0)
    app.run()
    assert "Layer 0 is not static" in said(app) and "ask again" in said(app)


def test_a_word_of_a_dataset(opened) -> None:
    app = opened("inspect")
    app.segmented_control(key="words-source").set_value("From a dataset")
    app.run()
    app.text_input(key="words-dataset-word").set_value("bank").run()
    assert not app.exception
    assert "4 occurrences in 76 texts; 4 taken." in said(app)
    assert len(app.dataframe[0].value) == 6
    app.text_input(key="words-dataset-word").set_value("unheardof").run()
    assert "None of 76 texts" in said(app)


def test_odd_texts_are_told_and_never_break_the_page(typed) -> None:
    app = typed("   ")
    assert "click a ready example" in said(app)
    for text, told in {
        "😀": "no word that can be chosen",
        "hello": "No word is chosen",
        "[[<script>alert(1)</script>]]": "One occurrence",
        "[[[MASK]]]\n[[😀]]": "Read as [UNK]",
        "x" * 101 + "\n我去银行取钱\nไปธนาคาร": "No word is chosen",
        "word " * 2_000 + "[[end]]": "beyond the",
        "The [[bank]] is open\nThe [[bank]] is open": "Sentences 1, 2 are the same text",
    }.items():
        app.text_area(key=words_sentences.TEXT).set_value(text).run()
        assert not app.exception, text
        assert told in said(app), (text, said(app))
