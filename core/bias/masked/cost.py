"""How long a measure on sentence pairs or blanks will take: some batches are computed, and the rest multiplied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.bias.inputs import Inputs
from core.bias.masked import asked, filling, pair_scores, shared
from core.bias.masked.asked import Question
from core.bias.masked.association import place, questions
from core.bias.masked.blanks import blanks
from core.bias.masked.pairs import pairs
from core.bias.masked.templates import made, templates
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.bias.audited import Audited

TRIED = 4  # batches that are measured, from the shortest sentences to the longest
MOST, WARM = 3.0, 8  # seconds after which no further batch is begun; sentences that warm up
BESIDE = 1.1  # reading, attention and counting, over what the questions take


@dataclass(frozen=True)
class Foretold:
    """`seconds` on this machine as busy as it is now, for `queries` (sentence, position) in `sentences` forwards."""

    seconds: float
    queries: int
    sentences: int
    basis: str


def foretell(audited: Audited, measure: str, inputs: Inputs, settings: Any) -> Foretold:
    """Measure some batches of what `measure` would ask; UserProblem where it would refuse."""
    model = audited.masked
    asking = asks(audited, measure, inputs, settings)
    if not asking:
        raise UserProblem(
            f"Nothing of {inputs.name} can be asked of this model.",
            "Sentences that share words, and words that the tokenizer knows, are wanted.", "Choose other inputs.",
        )  # fmt: skip
    made_of = asked.plan(asking)
    lengths, batches = made_of.lengths, asked.batched(made_of.lengths)
    chosen = [batches[place] for place in sorted({round(n) for n in np.linspace(0, len(batches) - 1, TRIED)})]
    chosen.sort(key=lambda rows: abs(float(lengths[rows].mean()) - float(np.median(lengths))))  # the usual ones first
    asked.timed(model, made_of, [chosen[0][:WARM]])
    seconds = asked.timed(model, made_of, chosen, most=MOST)
    pieces = sum(int(lengths[rows].sum()) for rows in chosen[: len(seconds)])
    total = sum(seconds) / pieces * int(lengths.sum()) * BESIDE
    basis = f"{len(seconds)} of {len(batches)} batches were computed in {sum(seconds):.1f} s"
    return Foretold(total, len(made_of.places), len(made_of.sentences), basis)


def asks(audited: Audited, measure: str, inputs: Inputs, settings: Any) -> list[Question]:
    """The questions that a measure would ask; [] where it asks none, because all rows are left out."""
    tokenizer = audited.tokenizer
    mask = int(tokenizer.mask_token_id)
    if measure == "log_probability":
        return _of_templates(tokenizer, mask, inputs, settings)
    if measure == "stereoset":
        rows, _ = filling.fill(tokenizer, blanks(inputs.table, inputs.name, settings.words)[0])
        return [question for row in rows for option in row.questions for question in option]
    read, _ = shared.read(tokenizer, pairs(inputs.table, inputs.name)[0])
    if measure == "crows_pairs":
        return pair_scores.questions(read, mask, modified=settings.rivals)
    return pair_scores.unmasked_questions(read)


def _of_templates(tokenizer: Any, mask: int, inputs: Inputs, settings: Any) -> list[Question]:
    assert inputs.words is not None
    targets, attributes = (
        [word for one in sets for word in one.words] for sets in (inputs.words.targets, inputs.words.attributes)
    )
    sentences = templates(inputs.table, settings.templates, inputs.name)
    placed = place(tokenizer, [made(one, t, a) for one in sentences for t in targets for a in attributes])
    fit = [one for one in placed if one.target and one.attribute]
    return [question for prior in (False, True) for one in fit for question in questions(one, mask, prior=prior)]
