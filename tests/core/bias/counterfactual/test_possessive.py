"""her and his by their role: hand-written sentences, the right reading beside each. The rule may be unsure (both
readings are scored then), but it may not be sure and wrong, and it must be sure most of the time."""

from __future__ import annotations

import re

import pytest

from core.bias.counterfactual.possessive import DETERMINER, OBJECT, POSSESSIVE, roles

HER = {
    OBJECT: (
        "I saw _.", "I saw _ yesterday.", "They told _ the truth.", "We met _ in the park.", "He loves _ very much.",
        "Give it to _!", "She said he hurt _, and left.", "I asked _ if it was true.", "Nobody believed _ when it "
        "mattered.", "Let _ go home.", "They made _ cry.", "It made _ happy.", "We saw _ leave.", "I called _ last "
        "week.", "I met _ first.", "We gave _ a book.", "They sent _ to school.", "I thanked _ again.", "I trust _ "
        "and you.", "Ask _ why she came.", "I know _ because we worked together.", "The dog followed _ everywhere.",
        "Is it for _?", "I told him or _ that.", "He praised _ loudly.", "They watched _ walk away.", "I will help _ "
        "find it.", "Nothing surprised _ (not even that).", "He left _ alone.", "Everyone who knew _ was there.",
    ),
    DETERMINER: (
        "_ book is red.", "I read _ book.", "She lost _ keys.", "He asked _ mother.", "I gave _ mother flowers.",
        "It was _ own idea.", "_ very old car broke.", "She hurt _ hand.", "_ newly painted house shines.",
        "We visited _ family.", "I met _ boss at work.", "In _ opinion, it is late.", "On _ way home she fell.",
        "_ first job was hard.", "_ younger sister sings.", "I liked _ \"plan\" a lot.", "Tell _ friends.",
        "_ best work is here.", "_ doctor called.", "We love _ cooking and humour.", "each with his or _ bag",
        "_ or his opinion counts.", "_ two-year-old slept.", "She took _ daily walk.", "I know _ neighbours.",
        "It was _ only chance.", "_ English is good.", "After _ death, he moved.", "the colour of _ eyes",
    ),
}  # fmt: skip
HIS = {
    DETERMINER: (
        "_ book is red.", "He lost _ keys.", "It was _ own idea.", "each at _ or her desk", "_ very old car broke.",
        "We saw _ dog.", "_ first job was hard.", "In _ opinion it is late.", "She knows _ brother.", "_/her name here",
        "They read _ \"memoir\" twice.", "_ then wife left.", "I like _ singing.", "on _ 30th birthday",
    ),
    POSSESSIVE: (
        "The book is _.", "It is _, not mine.", "_ is the best.", "a friend of _ came", "_ was late.", "The red one "
        "is _ and the blue one is mine.", "_ are better than ours.", "Mine is older than _.", "That was _ to keep.",
        "I prefer _ to yours.", "_ has won before.", "Is it _?", "the one in _ or her hands is neither _.",
        "_ will do.",
    ),
}  # fmt: skip
SENTENCES = [
    (word, role, sentence)
    for word, given in (("her", HER), ("his", HIS))
    for role, sentences in given.items()
    for sentence in sentences
]


def read(word: str, sentence: str) -> tuple[str, ...]:
    """Readings of the last blank of a sentence."""
    places = [match.start() for match in re.finditer("_", sentence)]
    text = sentence.replace("_", word)
    start = places[-1] + (len(places) - 1) * (len(word) - 1)
    return roles(text, start, start + len(word))


@pytest.mark.parametrize(("word", "role", "sentence"), SENTENCES)
def test_the_rule_is_never_sure_and_wrong(word: str, role: str, sentence: str) -> None:
    assert role in read(word, sentence)


def test_the_rule_is_sure_of_most_sentences() -> None:
    sure = [read(word, sentence) == (role,) for word, role, sentence in SENTENCES]
    assert len(sure) >= 80 and sum(sure) / len(sure) >= 0.95


@pytest.mark.parametrize(
    "sentence",
    ("He gave _ flowers.", "They found _ guilty of it.", "I saw _ running shoes.", "I drove _ home.", "We gave _ two."),
)
def test_where_no_rule_can_tell_both_readings_are_given(sentence: str) -> None:
    found = read("her", sentence)
    assert set(found) == {OBJECT, DETERMINER} or found == (OBJECT,) and "guilty" in sentence
