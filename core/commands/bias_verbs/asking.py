"""What the verbs of `bias` read: shipped and own word lists, and tables of sentences."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.errors import UserProblem

if TYPE_CHECKING:
    from core.bias.inputs import Inputs
    from core.bias.measure import Measure
    from core.bias.word_sets import WordTest


def inputs(asked: argparse.Namespace, measure: Measure) -> list[Inputs]:
    """The inputs of a measure: one for each list of words, or one where it takes none."""
    from core.bias import own_tables
    from core.bias.inputs import Inputs

    table = None if asked.table is None else own_tables.read(asked.table)
    name = asked.table.name if asked.table else (asked.dataset or measure.title)
    if measure.family == "masked" and not measure.takes_words and not asked.dataset:
        from core.bias.masked.given import given

        return [given(measure, table, name)]
    if not measure.takes_words:
        return [Inputs(name, None, table, str(asked.table or asked.dataset or ""))]
    if measure.ready and table is None and not asked.dataset:
        return [measure.ready(words) for words in lists(asked)]
    return [Inputs(words.name, words, table, words.source) for words in lists(asked)]


def lists(asked: argparse.Namespace) -> list[WordTest]:
    """Every list that was named, shipped ones first; UserProblem where there is none."""
    from core.bias import lexicon, own_lists

    found = [lexicon.test(name) for name in asked.test or ()]
    if asked.word_sets:
        found += own_lists.read(asked.word_sets)
    if not found:
        raise UserProblem(
            "No word list was named.", "This measure takes one.", "Add --test (see `bias lists`) or --word-sets FILE."
        )
    return found
