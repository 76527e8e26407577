"""The Tokens view: a text on its own characters, pieces a word of a dataset, two vocabularies."""

from __future__ import annotations

import pytest

from core.encoding.base_models import bundled
from core.inspection import pieces_per_word
from core.inspection.subject import Subject
from dashboard.components import inspect_tokens_marked

NAME = "all-MiniLM-L6-v2"
MISUSED = (
    "<script>alert(1)</script>",
    "a [MASK] here",
    "😀",
    "x" * 101,
    "word " * 2000,
    "漢字 ไทย",
    "soup",
    "\0",
    "**b** [a](b) :red[c]",
)


def words_of(app) -> str:
    """What the page says, without the signs that keep Markdown away."""
    said = " ".join(each.value for kind in (app.markdown, app.caption, app.info) for each in kind)
    return said.replace("\\", "").replace("\u2060", "")


@pytest.fixture
def tokens(opened):
    return opened("inspect", model=NAME, view="tokens")


def test_an_empty_page_says_what_to_do_and_an_example_is_one_click_away(tokens) -> None:
    assert not tokens.exception and "click a ready example" in tokens.info[0].value
    tokens.pills(key="tokens-ready").set_value("Capitals, accents, emoji").run()
    assert not tokens.exception and not tokens.error
    assert "CAFÉ" in words_of(tokens) and "Élodie" in words_of(tokens)
    assert "uncased" in words_of(tokens) and "Accents are taken off" in words_of(tokens)
    assert "1 stretch became the unknown piece" in words_of(tokens)
    table = tokens.dataframe[0].value
    assert table["piece"].iloc[0] == "[CLS]" and "[UNK]" in set(table["piece"])


def test_a_second_text_and_a_typed_special_piece(tokens) -> None:
    tokens.pills(key="tokens-ready").set_value("Two texts").run()
    assert tokens.dataframe[0].value["segment"].tolist()[-1] == 1
    tokens.pills(key="tokens-ready").set_value("A typed [MASK]").run()
    assert "[MASK] in the text is read as the characters" in words_of(tokens)
    assert "[MASK]" not in tokens.dataframe[0].value["piece"].tolist()
    tokens.toggle(key="tokens-special").set_value(True).run()
    assert "[MASK]" in tokens.dataframe[0].value["piece"].tolist()
    assert "as the special piece of that name" in words_of(tokens)


@pytest.mark.parametrize("text", MISUSED, ids=range(len(MISUSED)))
def test_hard_texts_are_shown_and_told(tokens, text) -> None:
    tokens.text_area(key="tokens-text").set_value(text).run()
    assert not tokens.exception and not tokens.error
    assert len(tokens.dataframe) == 1
    if len(text) > 5000:
        assert "Nothing is seen from character" in words_of(tokens)
    if "<" in text:
        assert any("\\<" in each.value for each in tokens.markdown)
        assert not any("<script" in each.value for each in tokens.markdown)


def test_pieces_are_counted_on_a_click_and_never_again(tokens, monkeypatch) -> None:
    calls = []
    real = pieces_per_word.fertility
    monkeypatch.setattr(pieces_per_word, "fertility", lambda *a, **k: calls.append(1) or real(*a, **k))
    tokens.segmented_control(key="tokens-part").set_value("Pieces a word").run()
    assert not tokens.exception and "press the button" in tokens.info[0].value and not calls
    tokens.button(key="tokens-statistics-go").click().run()
    assert not tokens.exception and not tokens.error and calls == [1]
    assert {metric.label for metric in tokens.metric} >= {"Pieces a word", "Split words", "Unknown words"}
    tokens.run()
    assert calls == [1] and not tokens.error and not tokens.exception
    assert "216 texts" in words_of(tokens)
    tokens.segmented_control(key="tokens-statistics-source").set_value("Pasted text").run()
    assert "Paste a text" in tokens.info[0].value
    tokens.text_area(key="tokens-statistics-pasted").set_value("embeddings\nthe soup").run()
    tokens.button(key="tokens-statistics-go").click().run()
    assert {metric.label: metric.value for metric in tokens.metric}["Pieces a word"] == "2.000"


def test_a_model_without_another_is_told_and_two_are_compared(tokens, registry, tmp_path) -> None:
    from core.jobs.models import import_model
    from tests.core.encoding.tiny_models import tiny_body

    import_model(registry, str(tiny_body(tmp_path / "tiny")), name="tiny", who="ada")
    tokens.segmented_control(key="tokens-part").set_value("Another vocabulary").run()
    assert not tokens.exception
    box = tokens.selectbox(key="tokens-other")
    box.select_index([option.startswith("tiny") for option in box.options].index(True)).run()
    assert not tokens.exception and not tokens.error
    table = tokens.dataframe[0].value.set_index("")
    assert table["tiny/1"]["entries"] < table[f"{NAME}/1"]["entries"] == 30522
    tokens.segmented_control(key="tokens-vocabulary-source").set_value("Pasted text").run()
    tokens.text_area(key="tokens-vocabulary-pasted").set_value("embeddings").run()
    tokens.button(key="tokens-vocabulary-go").click().run()
    assert not tokens.exception and not tokens.error
    both = tokens.dataframe[1].value.set_index("")
    assert both[f"{NAME}/1"]["pieces"] == "4" and both["tiny/1"]["pieces"] == "10"


def test_every_character_of_the_visitor_is_shown() -> None:
    from core.inspection.tokens import stretches

    reading = Subject(bundled()).read("Ça, 😀\n<b>x</b> unbelievably\u00ad")
    shown = inspect_tokens_marked.marked(stretches(reading), reading)
    for character in ("Ça", "😀", "\\<", "un", "  \n", "U+00AD"):
        assert character in shown
    assert ":red-background[:red[**😀**]]" in shown and ":orange-background[" in shown
