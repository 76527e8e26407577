"""How probable the options of a blank are: their pieces are revealed from left to right, one mask at a time.

The mask stands for what is left of the word. A context with two BLANKs has the option in both, and the mean goes over
both. Where a space stands before the BLANK the option is read with one, which byte-level tokenizers need.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.bias.masked.asked import Question
from core.bias.masked.blanks import BLANK, Blank
from core.bias.masked.pairs import LeftOut
from core.bias.masked.shared import pieces_of

_BEFORE = re.compile(rf"\s*{BLANK}")  # the space goes with the option, not in front of it


@dataclass(frozen=True)
class Filled:
    """A row as questions: `questions[i]` belong to option i, as many as it has pieces, times the BLANKs."""

    blank: Blank
    pieces: tuple[int, int, int]
    questions: tuple[tuple[Question, ...], ...]


def fill(tokenizer: Any, rows: Sequence[Blank]) -> tuple[list[Filled], list[LeftOut]]:
    """Rows as questions; left out: contexts too long or with a mask, options that the tokenizer does not know."""
    from core.encoding.tokenizing import encodings

    longest, mask = int(tokenizer.model_max_length), int(tokenizer.mask_token_id)
    texts = [_BEFORE.sub(lambda _: tokenizer.mask_token, one.context) for one in rows]
    contexts = encodings(tokenizer, texts, max_length=longest, specials_as_text=False)
    words = list(dict.fromkeys(_spaced(one, word) for one in rows for word in one.words))
    pieces = dict(zip(words, _bare(tokenizer, words), strict=True))
    found, lost = [], []
    for one, read in zip(rows, contexts, strict=True):
        places = [place for place, number in enumerate(read.ids) if number == mask]
        options = [pieces[_spaced(one, word)] for word in one.words]
        most = len(read.ids) + len(places) * max(len(option) - 1 for option in options)
        reason = _unfit(one, len(places), options, tokenizer)
        if read.overflowing or not reason and most > longest:
            reason = f"The sentence is longer than the {longest} pieces that the model reads."
        if reason:
            lost.append(LeftOut(one.number, reason))
            continue
        asked = tuple(tuple(_questions(read.ids, places, option)) for option in options)
        found.append(Filled(one, (len(options[0]), len(options[1]), len(options[2])), asked))
    return found, lost


def scores(filled: Sequence[Filled], logs: np.ndarray, how: str) -> np.ndarray:
    """Scores (rows, 3) of ln P (n,) of all questions in order: mean "probability", or mean "log_probability"."""
    counts = np.array([len(option) for one in filled for option in one.questions])
    values = np.exp(logs) if how == "probability" else logs
    total = np.bincount(np.repeat(np.arange(len(counts)), counts), weights=values, minlength=len(counts))
    return np.asarray((total / counts).reshape(-1, 3))


def _spaced(one: Blank, word: str) -> str:
    start = one.context.rindex(BLANK)
    return f" {word}" if start and one.context[start - 1].isspace() else word


def _bare(tokenizer: Any, words: Sequence[str]) -> list[tuple[int, ...]]:
    """Pieces without special ones; () for a word that is cut."""
    found = pieces_of(tokenizer, words)
    return [
        () if one is None else tuple(id for id, special in zip(*one, strict=True) if not special) for one in found
    ]  # fmt: skip


def _unfit(one: Blank, masks: int, options: Sequence[tuple[int, ...]], tokenizer: Any) -> str:
    if masks != one.context.count(BLANK):
        return f"The context holds {tokenizer.mask_token} beside BLANK."
    for word, pieces in zip(one.words, options, strict=True):
        if not pieces or tokenizer.unk_token_id in pieces:
            return f"The tokenizer does not know {word!r}."
    return ""


def _questions(ids: Sequence[int], places: Sequence[int], option: tuple[int, ...]) -> list[Question]:
    """For each piece of the option and each mask: the pieces before it stand in front of every mask."""
    found = []
    for shown, target in enumerate(option):
        row, at, last = [], [], 0
        for place in places:
            row += [*ids[last:place], *option[:shown]]
            at.append(len(row))
            last = place
        whole = (*row, *ids[last:])
        found += [Question(whole, place, target) for place in at]
    return found
