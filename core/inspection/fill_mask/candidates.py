"""How well given words fit a mask, of one piece or several: pseudo-log-likelihood, never by the first piece alone.

ln p of every piece of the candidate, that piece masked, added up:
- "pll" (Salazar et al. 2020): the candidate's other pieces stay visible. Overrates words of several pieces, because
  the rest of a word gives the piece away.
- "word_l2r" (Kauf and Ivanova 2023): the word's later pieces are masked as well; the fair one for split words.
- "whole_word" (Kauf and Ivanova 2023): all pieces of the word are masked, as if they were independent.
For a candidate of one piece all three are the ln p that the mask gives it. Unlike in these papers the words around the
candidate are not scored, only seen: the question is what fits here, not how likely the sentence is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from core.errors import UserProblem
from core.inspection.fill_mask.masked_text import masked_word, read_masked
from core.inspection.fill_mask.window import Window, window
from core.inspection.subject import Subject
from core.pretraining.proof.queries import Query, ask
from core.progress import Report, ShouldStop, never, silent

Method = Literal["word_l2r", "pll", "whole_word"]
METHODS: Mapping[Method, str] = {
    "word_l2r": "later pieces of the word masked too (Kauf and Ivanova 2023)",
    "pll": "one piece masked at a time (Salazar et al. 2020)",
    "whole_word": "all pieces of the word masked (Kauf and Ivanova 2023)",
}
MOST = 50


@dataclass(frozen=True)
class Scored:
    """A candidate, its pieces, and by method ln p (nats) of each piece; `problem` says why there is none."""

    candidate: str
    pieces: tuple[str, ...]
    logs: Mapping[Method, tuple[float, ...]]
    problem: str = ""

    def total(self, method: Method) -> float:
        """Sum over pieces; NaN where it could not be scored."""
        return float(sum(self.logs[method])) if method in self.logs else float("nan")

    def mean(self, method: Method) -> float:
        """Mean a piece."""
        return self.total(method) / max(1, len(self.pieces))


def score(
    model: Any, subject: Subject, text: str, candidates: Sequence[str], *, mask: int = 0,
    report: Report = silent, should_stop: ShouldStop = never,
) -> tuple[Scored, ...]:  # fmt: skip
    """Score every candidate in place of the mask with that number (from 0), in the order given; other masks stay.

    UserProblem for no candidate, more than `MOST`, or a mask that the text does not have.
    """
    asked = list(dict.fromkeys(each.strip() for each in candidates if each.strip()))
    if not asked or len(asked) > MOST:
        raise UserProblem(f"There are {len(asked)} candidates.", f"1 to {MOST} are scored at once.")
    read = read_masked(subject, text)
    if not 0 <= mask < len(read.masks):
        raise UserProblem(f"The text has no mask {mask + 1}.", f"It has {len(read.masks)}.")
    placed = [_placed(subject, read.text, read.masks, mask, each) for each in asked]
    problems = [_problem(subject, one, at) for one, at in placed]
    chosen = [each for each, problem in zip(placed, problems, strict=True) if not problem]
    queries = [query for one, at in chosen for method in METHODS for query in _queries(subject, one, at, method)]
    logs = iter(
        ask(model, queries, phase="scoring candidates", report=report, should_stop=should_stop).log_probability
        if queries else ()
    )  # fmt: skip
    found = []
    for name, (one, at), problem in zip(asked, placed, problems, strict=True):
        pieces = tuple(one.names[place] for place in at)
        by: dict[Method, tuple[float, ...]] = {}
        if not problem:
            by = {method: tuple(float(next(logs)) for _ in at) for method in METHODS}
        found.append(Scored(name, pieces, by, problem))
    return tuple(found)


def ranked(scores: Sequence[Scored], method: Method, *, mean: bool = False) -> tuple[tuple[int | None, Scored], ...]:
    """Best first with ranks from 1; equals share a rank, and what has no score comes last without one."""
    value = [each.mean(method) if mean else each.total(method) for each in scores]
    order = sorted(range(len(scores)), key=lambda place: (np.isnan(value[place]), -np.nan_to_num(value[place])))
    return tuple(
        (None if np.isnan(value[place]) else 1 + sum(other > value[place] for other in value), scores[place])
        for place in order
    )


def _placed(
    subject: Subject, text: str, masks: Sequence[tuple[int, int]], mask: int, candidate: str
) -> tuple[Window, tuple[int, ...]]:
    """The text with the candidate in place of a mask, and the positions of its pieces."""
    start, end = masks[mask]
    longer = len(candidate) - (end - start)
    spans = [(a + longer, b + longer) if a > start else (a, b) for a, b in masks]
    spans[mask] = (start, start + len(candidate))
    found = window(subject, masked_word(text, start, end, candidate), spans)
    return found, found.places[mask]


def _problem(subject: Subject, read: Window, places: tuple[int, ...]) -> str:
    if not places:
        return "It has no piece: the tokenizer drops these characters."
    special = sorted({read.names[place] for place in places if read.ids[place] in subject.tokenizer.all_special_ids})
    if special:
        return f"It holds {', '.join(special)}, of which no probability speaks for this word."
    return ""


def _queries(subject: Subject, read: Window, places: tuple[int, ...], method: Method) -> list[Query]:
    found, mask_id = [], int(subject.tokenizer.mask_token_id)
    for place in places:
        same = [other for other in places if read.words[other] == read.words[place]]
        masks = {"pll": [place], "word_l2r": [each for each in same if each >= place], "whole_word": same}[method]
        hidden = read.ids.copy()
        hidden[masks] = mask_id
        found.append(Query(hidden, np.array([place]), read.ids[[place]]))
    return found
