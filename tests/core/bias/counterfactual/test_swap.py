"""Swaps of whole texts: at once, in one's capitals, with mended articles, never inside other words."""

from __future__ import annotations

import pytest

from core.bias import lexicon
from core.bias.counterfactual.article import vowel_sound
from core.bias.counterfactual.mentions import Terms
from core.bias.counterfactual.pairs import BOTH, Pairs, Rules, pairs
from core.bias.counterfactual.titles import titles
from core.bias.word_sets import WordSet, WordTest

GENDER = lexicon.test("Gender words")
NATIONS = lexicon.test("Nationality")


def swapped(text: str, groups: WordTest = GENDER, **rules: object) -> list[str]:
    return [one.changed[0] for one in made(text, groups, **rules).swaps]


def made(text: str, groups: WordTest = GENDER, **rules: object) -> Pairs:
    return pairs([text], None, groups, Rules(**rules))  # type: ignore[arg-type]


def listed(**groups: list[str]) -> WordTest:
    return WordTest("own", tuple(WordSet(name, tuple(words)) for name, words in groups.items()))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("He said she was late, but he came.", "She said he was late, but she came."),
        ("HE shouted. he whispered. He spoke.", "SHE shouted. she whispered. She spoke."),
        ("Her book fell; I saw her. It is hers.", "His book fell; I saw him. It is his."),
        ("Is this (his)? “His!” he said.", "Is this (hers)? “Hers!” she said."),
        ("She's here; the woman's hat, the boys' hats.", "He's here; the man's hat, the girls' hats."),
        ("Mrs Smith, Ms Jones and Mr Brown", "Mr Smith, Mr Jones and Ms Brown"),
        ("He hurt himself; she, herself.", "She hurt herself; he, himself."),
        ("my mother-in-law and my mother", "my father-in-law and my father"),
        ("An actor is not an heir. A HERO!", "An actress is not an heiress. A HEROINE!"),
        ("a man-made he-man, an uncle", "a woman-made she-woman, an aunt"),
        ("his or her opinion", "her or his opinion"),
        ("ex-husband,wife/husband", "ex-wife,husband/wife"),
        ('He read "The King and I" to the king.', 'She read "The King and I" to the queen.'),
        ('"He is late," she said.', '"She is late," he said.'),
    ],
)  # fmt: skip
def test_every_mention_swaps_in_one_pass(text: str, other: str) -> None:
    assert swapped(text) == [other]


@pytest.mark.parametrize(
    "text",
    ["The others, sheriff Hershey, this thistle, heat and manner.", "write to he@she.org or https://he.com/his", "@he "
     "#his", "he\u0301 is a letter with its accent apart", "", "12 % of 3"],
)  # fmt: skip
def test_nothing_inside_other_words_addresses_and_handles_is_a_mention(text: str) -> None:
    assert swapped(text) == [] and made(text).counts["rows without any term"] == 1


def test_swapping_twice_gives_the_text_back_where_no_pronoun_is_unsure() -> None:
    text = "He met his niece and her husband; a waiter gave Mr Day the bill that was hers."
    (there,) = swapped(text)
    assert there == "She met her nephew and his wife; a waitress gave Ms Day the bill that was his."
    assert swapped(there) == [text]


def test_articles_follow_the_new_word() -> None:
    found = swapped("An American met a German. AN AMERICAN", listed(One=["American"], Other=["French"]))
    assert found == ["A French met a German. A FRENCH"]
    assert swapped("a nurse", listed(a=["nurse"], b=["engineer"])) == ["an engineer"]
    assert swapped("A nurse", listed(a=["nurse"], b=["engineer"])) == ["An engineer"]
    sounds = {"hour": 1, "European": 0, "user": 0, "uncle": 1, "unicorn": 0, "uninvited": 1, "one": 0,
              "house": 0, "honest": 1, "Ukrainian": 0, "usher": 1, "HR": 1, "umbrella": 1, "utility": 0}  # fmt: skip
    assert {word: int(vowel_sound(word)) for word in sounds} == sounds


def test_capitals_of_the_list_and_of_the_sentence() -> None:
    groups = listed(One=["Muslim"], Other=["atheist"])
    assert swapped("Muslim friends met a Muslim, a muslim and an atheist.", groups) == [
        "Atheist friends met an atheist, an atheist and a Muslim."
    ]
    assert swapped("mark my words, Mark", listed(a=["Mark"], b=["Mary"]), match_case=True) == ["mark my words, Mary"]


def test_unsure_pronouns_are_kept_in_every_reading() -> None:
    found = made("He gave her flowers.")
    assert {one.changed[0] for one in found.swaps} == {"She gave him flowers.", "She gave his flowers."}
    assert {one.swap for one in found.swaps} == {0}
    assert found.counts["swaps"] == 1 and found.counts["swaps scored in more than one reading of her or his"] == 1


def test_directions_are_kept() -> None:
    (one,) = made("He sings.").swaps
    assert (one.start, one.to, one.changes) == (0, 1, (("He", "She"),))
    (one,) = made("He sings to his wife.").swaps
    assert one.start is None and one.to is None and BOTH == "both"


def test_texts_about_both_groups_can_be_left_out() -> None:
    found = made("He sings to his wife.", mixed="leave out")
    assert not found.swaps and found.counts["rows with terms of several groups, left out"] == 1


def test_every_other_group_and_a_limit_with_a_seed() -> None:
    text = "An American came."
    assert len(swapped(text, NATIONS)) == 9 and swapped(text, NATIONS)[5] == "A Russian came."
    some = made(text, NATIONS, most=4, seed=3)
    assert len(some.swaps) == 4 and some.counts["swaps over the limit for a row, drawn away"] == 5
    assert [one.changed for one in some.swaps] == [one.changed for one in made(text, NATIONS, most=4, seed=3).swaps]
    assert swapped("Americans and Germans met Italians.", NATIONS)[0] == "Germans and Americans met Italians."


def test_counterparts_by_position_drawn_and_every() -> None:
    groups = listed(a=["ann", "bea", "cat"], b=["dan", "ed"])
    assert swapped("ann", groups) == ["dan"] and swapped("cat", groups) == []
    assert made("cat", groups).counts["swaps left out: a term without a counterpart at its position"] == 1
    assert sorted(swapped("ann", groups, pairing="every")) == ["dan", "ed"]
    assert swapped("ann bea", groups, pairing="every") == ["dan ed", "ed dan"]
    assert swapped("cat", groups, pairing="drawn", seed=1) == swapped("cat", groups, pairing="drawn", seed=1)


def test_second_texts_are_swapped_with_the_first() -> None:
    found = pairs(["He sings", "a song"], ["to her.", "she sings"], GENDER, Rules())
    assert [one.changed for one in found.swaps] == [("She sings", "to him."), ("a song", "he sings")]


def test_accents_match_however_they_are_stored() -> None:
    groups = listed(a=["José"], b=["Karl"])
    assert swapped("Jose\u0301 came", groups) == swapped("José came", groups) == ["Karl came"]
    assert Terms(listed(a=[])).find("anything") == []


def test_quoted_names_but_not_quoted_speech() -> None:
    assert titles('"The Handmaid\'s Tale" and “Her”') == [(0, 21), (26, 31)]
    assert titles('"He is late." "What a day", she said') == []
    assert swapped('The film "Her" moved him.', keep_titles=False) == ['The film "Him" moved her.']
