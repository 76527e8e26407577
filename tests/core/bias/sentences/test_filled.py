"""Words set into templates, what kind of word they are, and their occurrences in texts."""

from __future__ import annotations

import pytest

from core.bias.sentences.filled import article, filled, own, plural
from core.bias.sentences.in_texts import in_texts
from core.bias.sentences.templates import BLEACHED, NEUTRAL, neutral
from core.bias.sentences.word_kinds import KINDS, kind_of
from core.errors import UserProblem


@pytest.mark.parametrize(
    ("template", "word", "text", "at"),
    [("{a x} is a thing.", "aster", "An aster is a thing.", "aster"), ("{x} is here.", "he", "He is here.", "He"),
     ("These are {xs}.", "lily", "These are lilies.", "lilies"), ("This is {a x}.", "uniform", "This is a uniform.",
                                                                  "uniform")],
)  # fmt: skip
def test_a_filled_template_knows_where_its_word_stands(template: str, word: str, text: str, at: str) -> None:
    found = filled(template, word)
    assert found.text == text and found.text[found.start : found.end] == at


def test_articles_and_plurals() -> None:
    assert [article(word) for word in ("hour", "house", "union", "umbrella", "European", "apple")] == [
        "an", "a", "a", "an", "a", "an",
    ]  # fmt: skip
    assert [plural(word) for word in ("woman", "box", "boy", "church", "day")] == [
        "women", "boxes", "boys", "churches", "days",
    ]  # fmt: skip


def test_own_templates_have_one_place_for_the_word() -> None:
    assert own(["This is a X.", " X-ray of X ".replace("X-ray", "picture"), ""]) == ("This is {a x}.", "picture of {x}")
    for wrong in ("No place.", "X and X."):
        with pytest.raises(UserProblem, match="places for a word"):
            own([wrong])


@pytest.mark.parametrize(
    ("word", "said", "kind"),
    [("Emily", "", "name"), ("ebony", "Female names", "name"), ("NASA", "Science", "proper"), ("joy", "", "mass"),
     ("hopeless", "", "adjective"), ("parents", "", "people"), ("numbers", "", "plural"), ("he", "", "subject"),
     ("her", "", "object"), ("hers", "", "possessive"), ("virus", "", "noun"), ("brother", "", "person")],
)  # fmt: skip
def test_the_kind_of_a_word(word: str, said: str, kind: str) -> None:
    assert kind_of(word, said) == kind


def test_every_kind_has_templates_with_one_place() -> None:
    assert set(BLEACHED) == set(KINDS)
    assert all(len(neutral(kind)) >= 10 for kind in KINDS)
    for some in (*BLEACHED.values(), *NEUTRAL.values()):
        assert len(set(some)) == len(some)
        assert all(filled(template, "rose").text.count("{") == 0 for template in some)


def test_a_name_is_found_as_written_and_a_word_in_any_case() -> None:
    texts = ["Mark made a mark.", "A Rose by name.", "Mark made a mark.", "markings"]
    found = in_texts(texts, ["Mark", "rose", "Mary Ann", "玫瑰"], most=10)
    assert {word: one.total for word, one in found.items()} == {"Mark": 1, "rose": 1, "Mary Ann": 0, "玫瑰": 0}
    assert in_texts(["这是玫瑰花", "Mary Ann came."], ["玫瑰", "Mary Ann"], most=1)["玫瑰"].total == 1
