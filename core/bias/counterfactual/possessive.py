"""her and his each stand for two words: "saw her" is him, "her book" is his; "his book" is her, "is his" is hers.

A rule of a few steps looks at the next word, and at the one before. Where it cannot tell it returns both readings, and
both are scored (see `pairs`). Why no tagger: the rule can be read, adds no model, and says when it is unsure.
"""

from __future__ import annotations

import re

from core.bias.counterfactual.word_classes import (
    BARE,
    GIVING,
    HOME,
    NOT_ADVERBS,
    OWNED,
    SEEING,
    STATES,
    STATING,
    STOPS,
    TIMES,
)

OBJECT, DETERMINER, POSSESSIVE = "object", "determiner", "possessive"
WORD = re.compile(r"([*_]{0,3}\s+[\"“‘(\[*_]{0,3})([^\W\d_][\w’'-]*|\d[\d,.]*)")
LAST = re.compile(r"([^\W\d_][\w’'-]*)\W*$")
FRIEND_OF = re.compile(r"\b(?:an?|some|this|that|these|those|any|no|old|two|three) \w+ of $", re.IGNORECASE)
SLASH = re.compile(r"\s*/\s*(\w+)|\s+(?:or|and)\s+(\w+)", re.IGNORECASE)


def roles(text: str, start: int, end: int) -> tuple[str, ...]:
    """What the her or his at start to end can be: one role where the rule is sure, both where it is not."""
    if text[start:end].lower() == "her":
        return _her(text, start, end)
    readings = _his(text, end)
    return (DETERMINER, POSSESSIVE) if readings == (DETERMINER,) and FRIEND_OF.search(text[:start]) else readings


def _her(text: str, start: int, end: int) -> tuple[str, ...]:
    paired = _paired(text, start, end)
    if paired:
        return paired
    word, after = _next(text, end)
    if word is None:
        return (OBJECT,)
    before = _before(text, start)
    if word in ("last", "next") and _next(text, after)[0] in TIMES:
        return (OBJECT,)
    if word in ("very", "then", "now", "first", "all", "better", "both"):
        return _loose(text, after)
    if word in STOPS:
        return (OBJECT,)
    if word in HOME or word[0].isdigit():
        return (OBJECT, DETERMINER)
    return _her_verb(text, before, word, after)


def _her_verb(text: str, before: str, word: str, after: int) -> tuple[str, ...]:
    """By the verb before: let her go, made her happy, gave her flowers, gave her mother flowers."""
    ends = _next(text, after)[0] in (None, *STOPS)
    if word in OWNED:
        return (DETERMINER,)
    if before in SEEING and word in BARE:
        return (OBJECT,)
    if before in STATING and word in STATES and ends:
        return (OBJECT,)
    if word.endswith("ly") and word not in NOT_ADVERBS:
        return (OBJECT,) if ends else (DETERMINER,)
    if before in GIVING | SEEING | STATING or (word.endswith("ing") and len(word) > 5):
        return (OBJECT, DETERMINER)
    return (DETERMINER,)


def _loose(text: str, after: int) -> tuple[str, ...]:
    """Words that may end a sentence or begin a noun: "met her first." and "her first job"."""
    follower = _next(text, after)[0]
    if follower is None or follower in STOPS - {"own", "very"}:
        return (OBJECT,)
    return (DETERMINER,) if follower in OWNED else (OBJECT, DETERMINER)


def _his(text: str, end: int) -> tuple[str, ...]:
    found = SLASH.match(text, end)
    if found is not None:
        other = (found.group(1) or found.group(2)).lower()
        if other in ("her", "their", "my", "your", "our"):
            return (DETERMINER,) if _next(text, found.end())[0] not in (None, *STOPS) else (POSSESSIVE,)
    word, after = _next(text, end)
    if word is None:
        return (POSSESSIVE,)
    if word in ("very", "then", "now", "first", "all", "better", "then-wife", "once", "down", "up", "inside"):
        return (DETERMINER,) if _next(text, after)[0] not in (None, *STOPS) else (POSSESSIVE,)
    if word in STOPS:
        return (POSSESSIVE,)
    return (DETERMINER,)


def _paired(text: str, start: int, end: int) -> tuple[str, ...] | None:
    """her/him, him or her, his or her, her or his: the other pronoun tells."""
    before = re.search(r"(\w+)\s*(?:/|\s(?:or|and)\s)\s*$", text[:start], re.IGNORECASE)
    found = SLASH.match(text, end)
    other = (before.group(1) if before else "").lower()
    if other == "him":
        return (OBJECT,)
    if other == "his":
        return (DETERMINER,)
    joined = "" if found is None else (found.group(1) or found.group(2)).lower()
    if joined == "him":
        return (OBJECT,)
    if found is not None and joined == "his":
        slash = found.group(1) is not None or " or " in found.group()
        return (DETERMINER,) if slash else (OBJECT, DETERMINER)
    return None


def _next(text: str, place: int) -> tuple[str | None, int]:
    """The next word in lower case with its end; None where a mark or the end comes first."""
    found = WORD.match(text, place)
    if found is None or found.group(1).strip("*_ ").endswith(("(", "[")):
        return None, place
    return found.group(2).lower().replace("’", "'"), found.end()


def _before(text: str, place: int) -> str:
    found = LAST.search(text[:place])
    return found.group(1).lower() if found and not re.search(r"[.!?;:,]\s*$", text[:place]) else ""
