"""Association of a target with an attribute in a template (Kurita et al. 2019): ln(p_tgt / p_prior), in nats.

p_tgt = P([MASK] = target | attribute shown), p_prior = the same with every piece of the attribute masked too. A target
of several pieces is chained from left to right, its later pieces masked: ln P adds up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.bias.masked.asked import Question, answers
from core.bias.masked.templates import Made, made
from core.progress import Report, ShouldStop, never, silent


@dataclass(frozen=True)
class Associations:
    """ln p_tgt and ln p_prior (targets, attributes, templates), and pieces of each word where it stands alone."""

    shown: np.ndarray
    prior: np.ndarray
    target_pieces: np.ndarray
    attribute_pieces: np.ndarray

    @property
    def values(self) -> np.ndarray:
        """ln(p_tgt / p_prior)."""
        return np.asarray(self.shown - self.prior)


@dataclass(frozen=True)
class Placed:
    """A sentence's ids with the positions of target and attribute; () where a word has no piece or is unknown."""

    ids: tuple[int, ...]
    target: tuple[int, ...]
    attribute: tuple[int, ...]


def associations(
    model: Any, tokenizer: Any, targets: Sequence[str], attributes: Sequence[str], templates: Sequence[str], *,
    report: Report = silent, should_stop: ShouldStop = never,
) -> Associations:  # fmt: skip
    """Every target with every attribute in every template; NaN where a word cannot stand there."""
    sentences = [made(one, target, word) for target in targets for word in attributes for one in templates]
    placed = place(tokenizer, sentences)
    mask, shape = int(tokenizer.mask_token_id), (len(targets), len(attributes), len(templates))
    fit = [one for one in placed if one.target and one.attribute]
    counts = np.array([len(one.target) for one in fit])
    asked = [question for prior in (False, True) for one in fit for question in questions(one, mask, prior=prior)]
    logs = answers(model, asked, phase="Filling the templates", report=report, should_stop=should_stop)
    whole = np.full((2, len(placed)), np.nan)
    chosen = np.array([bool(one.target and one.attribute) for one in placed])
    of = np.repeat(np.arange(2 * len(fit)), np.tile(counts, 2))
    whole[:, chosen] = np.bincount(of, weights=logs, minlength=2 * len(fit)).reshape(2, -1)
    pieces = np.array([(len(one.target), len(one.attribute)) for one in placed]).reshape(*shape, 2).max(axis=2)
    shown, prior = whole.reshape(2, *shape)
    return Associations(shown, prior, pieces[..., 0].max(axis=1), pieces[..., 1].max(axis=0))


def place(tokenizer: Any, sentences: Sequence[Made]) -> list[Placed]:
    """Sentences as pieces; a sentence that is cut, or a word with an unknown piece, has no positions."""
    from core.encoding.tokenizing import encodings

    longest, unknown = int(tokenizer.model_max_length), tokenizer.unk_token_id
    found = []
    for one, read in zip(
        sentences, encodings(tokenizer, [one.text for one in sentences], max_length=longest), strict=True
    ):
        spans = [_at(read, one.target), _at(read, one.attribute)]
        if read.overflowing or any(read.ids[at] == unknown for span in spans for at in span):
            spans = [(), ()]
        found.append(Placed(tuple(read.ids), *spans))
    return found


def questions(one: Placed, mask: int, *, prior: bool) -> list[Question]:
    """One question a piece of the target; `prior` masks the attribute as well."""
    found = []
    for number, at in enumerate(one.target):
        ids = list(one.ids)
        for hidden in (*one.target[number:], *(one.attribute if prior else ())):
            ids[hidden] = mask
        found.append(Question(tuple(ids), at, one.ids[at]))
    return found


def _at(read: Any, span: tuple[int, int]) -> tuple[int, ...]:
    """Positions of the pieces that overlap the characters of `span`."""
    pieces = enumerate(zip(read.offsets, read.special_tokens_mask, strict=True))
    return tuple(
        place for place, ((start, end), special) in pieces if not special and start < span[1] and span[0] < end
    )
