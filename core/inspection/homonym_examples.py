"""Ready examples of words with several senses: what core/pretraining/proof/homonym_sentences.py holds, and more.

Every sentence holds its word once, in this form. Written for this project; may be used freely.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.inspection.word_vectors import Occurrence
from core.pretraining.proof.homonym_sentences import SENTENCES

Senses = Mapping[str, tuple[str, ...]]  # sense -> sentences

_FURTHER: Mapping[str, Senses] = {
    "spring": {
        "water": (
            "Clear water bubbles out of a spring below the chapel.",
            "The hikers filled their bottles at a spring among the rocks.",
            "This brook begins at a small spring in the forest.",
            "The village drew its water from a spring that never ran dry.",
        ),
    },
    "seal": {
        "animal": (
            "A seal slid from the ice floe into the water.",
            "The seal balanced its pup on the rocks at low tide.",
            "From the boat we saw a seal chasing herring.",
            "A grey seal slept on the beach among the gulls.",
        ),
        "stamp": (
            "The king pressed his seal into the hot wax.",
            "The letter carried the red seal of the bishop.",
            "Nobody may open the envelope before the notary breaks the seal.",
            "The charter bears the signature and the seal of the duke.",
        ),
        "gasket": (
            "Oil dripped from the pump because the rubber seal was worn.",
            "Replace the seal around the oven door if heat escapes.",
            "The plumber fitted a new seal and the tap stopped leaking.",
            "A cracked seal lets air into the brake line.",
        ),
    },
    "pitch": {
        "sound": (
            "The singer raised the pitch of the last note.",
            "A longer string gives a lower pitch than a short one.",
            "The whistle has so high a pitch that only dogs hear it.",
            "She tunes every violin to the same pitch before the concert.",
        ),
        "field": (
            "The players ran onto the pitch and the crowd cheered.",
            "Heavy rain turned the football pitch into mud.",
            "A fan climbed over the fence and ran across the pitch.",
            "The groundsman mows the pitch twice before every game.",
        ),
        "selling": (
            "Her pitch convinced the investors within ten minutes.",
            "The salesman began his pitch as soon as the door opened.",
            "Their pitch to the client promised twice the sales for half the price.",
            "We rehearsed the pitch with slides the evening before the meeting.",
        ),
    },
    "trunk": {
        "tree": (
            "Ivy had wound itself around the trunk of the beech.",
            "Two men together could not reach around the trunk of the old lime.",
            "Lightning split the trunk from the crown to the roots.",
            "A woodpecker hammered at the hollow trunk of the dead pine.",
        ),
        "elephant": (
            "The elephant lifted the log with its trunk.",
            "With its trunk the calf sprayed water over its back.",
            "An old cow reached up with her trunk and tore leaves from the acacia.",
            "The circus animal took the peanut gently with the tip of its trunk.",
        ),
        "luggage": (
            "She packed her winter clothes into a heavy trunk.",
            "In the attic stood a trunk full of letters and photographs.",
            "The porter carried the trunk up to the hotel room.",
            "He locked the leather trunk and tied a label to its handle.",
        ),
    },
    "palm": {
        "hand": (
            "The coin lay in the palm of his hand.",
            "She wiped her sweaty palm on her trousers and shook hands.",
            "The fortune teller traced the lines of my palm with a finger.",
            "A splinter had gone deep into the palm of the carpenter.",
        ),
        "tree": (
            "A tall palm gave the only shade on the beach.",
            "The storm bent the palm until its leaves touched the sand.",
            "Coconuts hung high in the palm behind our hut.",
            "Dates grow on a palm that needs much sun and little rain.",
        ),
    },
    "mouse": {
        "animal": (
            "The cat had caught a mouse in the barn.",
            "A mouse gnawed a hole into the sack of flour.",
            "An owl swooped down and carried the mouse to its nest.",
            "The tiny mouse squeaked and ran behind the cupboard.",
        ),
        "computer": (
            "Click with the left button of the mouse to open the file.",
            "He plugged the mouse and the keyboard into the laptop.",
            "The batteries of my wireless mouse are empty, so the cursor is frozen.",
            "Drag the window with the mouse to the other screen.",
        ),
    },
}

EXAMPLES: Mapping[str, Senses] = {
    word: {**SENTENCES.get(word, {}), **_FURTHER.get(word, {})} for word in (*SENTENCES, *_FURTHER)
}


def occurrences(word: str) -> list[tuple[Occurrence, str]]:
    """Every sentence of a word as (occurrence, sense), senses in order; KeyError for a word that is no example."""
    return [(_occurrence(word, text), sense) for sense, texts in EXAMPLES[word].items() for text in texts]


def _occurrence(word: str, text: str) -> Occurrence:
    found = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    if found is None:
        raise ValueError(f"{text!r} does not hold {word!r}")
    return Occurrence(text, *found.span())
