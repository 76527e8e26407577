"""Sentences that say next to nothing about the word in them.

BLEACHED are the short ones of May et al. 2019 (NAACL, section 3: "This is X." and its like), by kind of word; NEUTRAL
are longer ones of our own, for the mean of a word over many contexts. In a slot {x} stands the word, {a x} the word
with its article, {xs} its plural.
"""

from __future__ import annotations

from collections.abc import Mapping

_HERE = ("This is {}.", "That is {}.", "There is {}.", "Here is {}.")
_THINGS = ("These are {}.", "Those are {}.", "They are {}.", "The {} are here.", "The {} are there.")


def _with(slot: str, templates: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(template.replace("{}", slot) for template in templates)


_SINGULAR = (*_with("{a x}", _HERE), "The {x} is here.", "The {x} is there.")

BLEACHED: Mapping[str, tuple[str, ...]] = {
    "name": (*_with("{x}", _HERE), "{x} is here.", "{x} is there.", "{x} is a person.", "The person's name is {x}."),
    "proper": (*_with("{x}", _HERE), "It is {x}.", "{x} is here.", "{x} is there."),
    "noun": (*_SINGULAR, "{a x} is a thing.", "It is {a x}.", *_with("{xs}", _THINGS), "{xs} are things."),
    "person": (*_SINGULAR, "{a x} is a person.", *_with("{xs}", _THINGS), "{xs} are people."),
    "mass": ("This is {x}.", "That is {x}.", "There is {x}.", "It is {x}."),
    "plural": (*_with("{x}", _THINGS), "{x} are things."),
    "people": (*_with("{x}", _THINGS), "{x} are people."),
    "adjective": ("This is {x}.", "That is {x}.", "They are {x}."),
    "adverb": ("This is {x}.", "That is {x}.", "There is {x}.", "It is {x}."),
    "verb": tuple(f"{one} {may} {{x}}." for one in ("This", "That") for may in ("will", "did", "can", "may")),
    "subject": ("{x} is here.", "{x} is there.", "{x} is a person."),
    "object": ("It is {x}.", "This is {x}.", "That is {x}."),
    "possessive": ("This is {x}.", "That is {x}.", "There is {x}.", "Here is {x}.", "It is {x}."),
}  # fmt: skip

_ABOUT_THINGS = (
    "They spoke about the {x} for a while.", "Nobody had asked about the {x} before.", "The {x} came up twice today.",
    "Yesterday's page was about the {x}.", "I have read something about the {x}.", "You wrote to me about the {x}.",
    "A few lines on the {x} will do.", "We looked at the {x} again this morning.", "What do you know about the {x}?",
    "There was a question about the {x}.", "Her letter also mentions the {x}.", "The next chapter turns to the {x}.",
)  # fmt: skip

NEUTRAL: Mapping[str, tuple[str, ...]] = {
    "name": (
        "{x} went home after lunch.", "We met {x} at the station.", "I wrote a letter to {x} last week.",
        "The neighbour is called {x}.", "{x} sat by the window and read.", "Somebody asked for {x} this morning.",
        "Yesterday {x} called twice.", "The parcel is addressed to {x}.", "They have known {x} for years.",
        "{x} lives in the next street.", "The seat beside {x} was free.", "It was {x} who opened the door.",
    ),
    "things": _ABOUT_THINGS,
    "proper": tuple(template.replace("the {x}", "{x}").replace("The {x}", "{x}") for template in _ABOUT_THINGS),
    "adjective": (
        "It seemed {x} at first.", "They found it {x}.", "The day was {x} from the start.", "Is it always so {x}?",
        "Everybody called it {x}.", "I would not say that it is {x}.", "It was more {x} than before.",
        "The answer sounded {x}.", "Some of them are {x}, some are not.", "The room looked {x} to me.",
        "It has become rather {x}.", "You said that it was {x}.",
    ),
    "adverb": (
        "It stays there {x}.", "They have {x} said so.", "The door is {x} open.", "It was {x} like this.",
        "We {x} meet on that corner.", "She has {x} lived here.", "The lamp is {x} lit.", "It lies {x} on the table.",
        "He {x} comes by train.", "The shop is {x} closed on that day.",
    ),
    "verb": (
        "It may {x} again.", "They will {x} tomorrow.", "I did not see it {x}.", "Does it {x}?", "We heard it {x}.",
        "It can {x} at any time.", "They began to {x}.", "Nothing made it {x}.", "It did {x} for a while.",
        "Somebody will {x} before evening.",
    ),
    "subject": (
        "Yesterday {x} went home early.", "{x} sat by the window.", "Later {x} called twice.", "{x} went to the shop.",
        "{x} opened the door.", "Then {x} read the letter.", "In the end {x} came by train.", "{x} asked the way.",
        "After lunch {x} slept.", "{x} said nothing about it.",
    ),
    "object": (
        "We met {x} at the station.", "I wrote to {x} last week.", "Somebody asked for {x}.", "The parcel is for {x}.",
        "They have known me and {x} for years.", "The seat beside {x} was free.", "I saw {x} by the window.",
        "The neighbour told {x} about it.", "We waited for {x} all morning.", "It was given to {x} today.",
    ),
    "possessive": (
        "The coat is {x}.", "I thought that it was {x}.", "One of the two is {x}.", "The letter was not {x}.",
        "Is the seat by the window {x}?", "They said it was {x}.", "The blue one is {x}.", "It may be {x}.",
        "A friend of {x} called twice.", "That book of {x} is here.",
    ),
}  # fmt: skip


def bleached(kind: str) -> tuple[str, ...]:
    """Short templates for a kind of word."""
    return BLEACHED[kind]


def neutral(kind: str) -> tuple[str, ...]:
    """At least ten longer templates for a kind of word, which stands in them as it is."""
    return NEUTRAL.get(kind, NEUTRAL["things"])
