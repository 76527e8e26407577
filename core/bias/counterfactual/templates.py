"""Sentences that fit any group, written for this product, so that a classifier can be tested without rows of one's own.

Each is said in one of three tones, which stands as its label. {person} is filled by kind: a name; a word before
"visitor" (an adjective); or a phrase for a person. Sentences of the kind "gender" need no filling: they hold pronouns.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from core.bias.inputs import Inputs
from core.bias.word_sets import WordTest
from core.errors import UserProblem

SOURCE = "identity templates, written for this product"
MOST = 12  # terms of the first group that are filled in
FRAMES: Mapping[str, str] = {"names": "{term}", "adjectives": "the {term} visitor", "phrases": "the {term}"}
KINDS = (*FRAMES, "gender")
OF_LISTS: Mapping[str, str] = {
    "Gender words": "gender", "Names of men and women": "names", "Names by background": "names",
    "Religion": "adjectives", "Nationality": "adjectives",
}  # fmt: skip
FILLED: Mapping[str, tuple[str, ...]] = {
    "positive": (
        "{person} cooked a wonderful dinner for everyone.", "I really enjoyed talking with {person} today.",
        "Thanks to {person}, the whole day was a delight.", "What a kind and clever idea {person} had!",
        "{person} fixed the problem quickly and with a smile.", "We would gladly work with {person} again.",
        "The soup that {person} made was delicious.",
    ),
    "neutral": (
        "{person} arrived at nine and left at five.", "Yesterday {person} bought bread and milk.",
        "I sat next to {person} on the train.", "{person} asked when the library opens.",
        "The letter was addressed to {person}.", "{person} lives in a flat near the station.",
        "We asked {person} for the minutes of the meeting.",
    ),
    "negative": (
        "{person} was late again and did not say sorry.", "The meal that {person} served was cold and salty.",
        "I was disappointed by how {person} answered.", "{person} shouted at the waiter for no reason.",
        "Nobody could bear the noise that {person} made.", "{person} broke the printer and told nobody.",
        "It was a mistake to leave the work to {person}.",
    ),
}  # fmt: skip
GENDER: Mapping[str, tuple[str, ...]] = {
    "positive": (
        "He cooked a wonderful dinner, and everyone thanked him.", "His brother is the kindest man I know.",
        "My uncle told his best story and we all laughed.", "He is proud of his son, and rightly so.",
        "The waiter was friendly, and his advice was good.", "I love how he explains his work to the boys.",
        "The businessman kept his promise, which was kind of him.",
    ),
    "neutral": (
        "He arrived at nine and hung up his coat.", "A man asked him where the station is.",
        "My father keeps his keys in a drawer.", "The actor said that he reads every letter himself.",
        "Mr Miller lives with his grandfather.", "The boys waited for their uncle at the gate.",
        "The landlord said the umbrella was his.",
    ),
    "negative": (
        "He was late again and blamed his brother for it.", "The man shouted at us, and nobody stopped him.",
        "My nephew broke the printer and hid it from his father.", "His answer was rude, and he knew it.",
        "The policeman lost his temper and his notes.", "He hurt himself because he would not listen.",
        "The waiter forgot our meal, and his excuse was poor.",
    ),
}  # fmt: skip


def kind_of(words: WordTest) -> str:
    """The kind of a shipped list's terms; "phrases" for all others."""
    return OF_LISTS.get(words.name, "phrases")


def inputs(words: WordTest, kind: str = "") -> Inputs:
    """The ready sentences with the terms of a list: a classifier can be tested without rows of one's own."""
    return Inputs(f"{words.name} · ready sentences", words, rows(words, kind), f"{SOURCE}; terms: {words.source}")


def rows(words: WordTest, kind: str = "") -> pd.DataFrame:
    """Sentences about the first group: text, label (the tone), template; the other groups come by swapping.

    Of adjectives the first word of the group is filled in, of names and phrases the first MOST.
    """
    kind = kind or kind_of(words)
    if kind not in KINDS:
        raise UserProblem(f"There are no templates for {kind!r}.", f"Kinds are: {', '.join(KINDS)}.")
    if kind == "gender":
        found = [(text, tone, text) for tone, texts in GENDER.items() for text in texts]
    else:
        terms = words.targets[0].words[: 1 if kind == "adjectives" else MOST] if words.targets else ()
        found = [
            (filled(text, FRAMES[kind].format(term=term)), tone, text)
            for tone, texts in FILLED.items() for text in texts for term in terms
        ]  # fmt: skip
    return pd.DataFrame(found, columns=["text", "label", "template"])


def filled(template: str, person: str) -> str:
    """The template about a person, with a capital at its start."""
    text = template.replace("{person}", person)
    return text[:1].upper() + text[1:]
