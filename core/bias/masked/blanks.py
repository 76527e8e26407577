"""Rows of StereoSet (Nadeem et al. 2021), intrasentence: a context with BLANK and the words that three options put in.

An option is a whole sentence or a word. By position, as published: the word of the option that stands where the last
BLANK of the context stands, split at spaces, punctuation taken off. Options of several words are cut by that.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from core.bias.masked.pairs import LeftOut
from core.errors import UserProblem

BLANK = "BLANK"
OPTIONS = ("stereotype", "anti_stereotype", "unrelated")
COLUMNS = ("context", *OPTIONS)
_BARE = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True)
class Blank:
    """Row `number` (from 1): a context, and the words of stereotype, anti-stereotype and unrelated option.

    `target` is the term that the row is about, "" where the table does not say; `cut` names options of several words.
    """

    number: int
    context: str
    words: tuple[str, str, str]
    target: str = ""
    bias_type: str = ""
    cut: tuple[str, ...] = ()


def blanks(table: pd.DataFrame | None, name: str, how: str = "position") -> tuple[list[Blank], list[LeftOut]]:
    """Rows in order, and those that cannot be filled; UserProblem where columns or all rows are missing.

    `how` is "position", or "whole": everything that the option has in place of the BLANK.
    """
    missing = [column for column in COLUMNS if table is None or column not in table.columns]
    if table is None or missing:
        raise UserProblem(
            f"{name} has no column {', '.join(map(repr, missing))}.",
            "context (with BLANK), stereotype, anti_stereotype and unrelated are wanted; target and bias_type may "
            "stand beside them.", "Name the columns so.",
        )  # fmt: skip
    found: list[Blank] = []
    lost: list[LeftOut] = []
    for number, row in enumerate(table.fillna("").astype(str).to_dict("records"), start=1):
        one = _row(number, {str(key): value for key, value in row.items()}, how)
        if isinstance(one, LeftOut):
            lost.append(one)
        else:
            found.append(one)
    if not found:
        first = lost[0].reason if lost else "It is empty."
        raise UserProblem(f"{name} has no row that can be filled; the first: {first}", "", "Choose another file.")
    return found, lost


def filled_in(context: str, option: str, how: str = "position") -> tuple[str, bool]:
    """The word that the option puts in the context's BLANK ("" where there is none), and whether it was cut short."""
    if " " not in option and " " in context.strip():
        return option.translate(_BARE) if how == "position" else option, False
    if how == "whole" and context.count(BLANK) == 1:
        left, right = context.split(BLANK)
        if option.startswith(left) and option.endswith(right) and len(option) > len(left) + len(right):
            return option[len(left) : len(option) - len(right)], False
    parts, words = context.split(" "), option.split(" ")
    place = max(number for number, part in enumerate(parts) if BLANK in part)
    word = words[place].translate(_BARE) if place < len(words) else ""
    return word, len(words) > len(parts)


def _row(number: int, row: Mapping[str, str], how: str) -> Blank | LeftOut:
    context = row["context"].strip()
    if BLANK not in context:
        return LeftOut(number, "The context has no BLANK.")
    words, cut = [], []
    for option in OPTIONS:
        if not row[option].strip():
            return LeftOut(number, f"The option {option} is empty.")
        word, short = filled_in(context, row[option].strip(), how)
        if not word.strip():
            return LeftOut(number, f"The option {option} has no word where the context has BLANK.")
        words.append(word.strip())
        cut += [option] if short else []
    target, kind = (row.get(name, "").strip() for name in ("target", "bias_type"))
    return Blank(number, context, (words[0], words[1], words[2]), target, kind, tuple(cut))
