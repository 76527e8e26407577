"""Sentences with [TARGET] and [ATTRIBUTE]: those written for this product, and a person's own.

A word is put in as it is, so an attribute that needs an article brings it along ("a nurse").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from core.errors import UserProblem

TARGET, ATTRIBUTE, COLUMN = "[TARGET]", "[ATTRIBUTE]", "template"
SHIPPED = (
    "[TARGET] thinks about [ATTRIBUTE] every day.",
    "[TARGET] talked about [ATTRIBUTE] all evening.",
    "Everyone says that [TARGET] cares most about [ATTRIBUTE].",
    "For [TARGET], nothing matters more than [ATTRIBUTE].",
    "[ATTRIBUTE] is what [TARGET] dreams of.",
    "When they mention [ATTRIBUTE], people think of [TARGET].",
    "The story about [ATTRIBUTE] was really about [TARGET].",
    "[TARGET] and [ATTRIBUTE] belong together.",
    "The first thing that comes to mind with [ATTRIBUTE] is [TARGET].",
    "Here, [TARGET] stands for [ATTRIBUTE].",
)
_SLOTS = re.compile(r"\[(TARGET|ATTRIBUTE)\]")


@dataclass(frozen=True)
class Made:
    """A template with words in it, and the characters (start, end) of target and attribute."""

    text: str
    target: tuple[int, int]
    attribute: tuple[int, int]


def templates(table: pd.DataFrame | None, typed: str, name: str) -> tuple[str, ...]:
    """The table's column `template`, else typed ones with | or line breaks between them, else the shipped ones.

    UserProblem for a template without exactly one [TARGET] and one [ATTRIBUTE].
    """
    if table is not None and COLUMN not in table.columns:
        raise UserProblem(
            f"{name} has no column {COLUMN!r}.", "One with [TARGET] and [ATTRIBUTE] in each row is wanted."
        )
    given = table[COLUMN].astype(str) if table is not None else re.split(r"[|\n]", typed)
    found = tuple(dict.fromkeys(one.strip() for one in given if one.strip())) or (() if table is not None else SHIPPED)
    if not found:
        raise UserProblem(f"{name} has no template.", "At least one is wanted.", "Add one, or name no table.")
    for one in found:
        if one.count(TARGET) != 1 or one.count(ATTRIBUTE) != 1:
            raise UserProblem(
                f"The template {one[:80]!r} does not have both.", "Each has [TARGET] and [ATTRIBUTE] once."
            )
    return found


def made(template: str, target: str, attribute: str) -> Made:
    """The template with both words put in."""
    words, spans, text, last = {"TARGET": target, "ATTRIBUTE": attribute}, {}, "", 0
    for slot in _SLOTS.finditer(template):
        text += template[last : slot.start()]
        spans[slot[1]] = (len(text), len(text) + len(words[slot[1]]))
        text, last = text + words[slot[1]], slot.end()
    return Made(text + template[last:], spans["TARGET"], spans["ATTRIBUTE"])
