"""`inspect neighbours`: the occurrences of a dataset that are most like a marked word."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from core.commands.answer import Answer, facts, table
from core.commands.inspection import asking, occurrences_asked
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.inspection.word_vectors import Occurrence

COLUMNS = ("cosine", "minus_baseline", "percentile", "word", "sentence", "start", "end")


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "neighbours", "Occurrences in a dataset that are most like a word in its sentence.", neighbours)
    asking.model_option(parser)
    occurrences_asked.sentence_options(parser)
    parser.add_argument("--dataset", required=True, metavar="NAME[/VERSION]", help="labelled rows or raw text")
    parser.add_argument("--any-word", action="store_true", help="compare with every word, not with the same one alone")
    parser.add_argument("--count", type=int, default=10, metavar="K", help="how many are listed (default 10)")
    occurrences_asked.vector_options(parser)
    asking.file_options(parser, picture=False)


def neighbours(asked: argparse.Namespace) -> Answer:
    """Search, compare, list."""
    from core.inspection import similarity
    from core.inspection.charts.projection import excerpt
    from core.inspection.neighbours import nearest, searched
    from core.jobs import inspecting

    query = _query(asked)
    subject = asking.subject(asked)
    layer = similarity.parse(asked.layer, subject.layers)
    word = None if asked.any_word else asked.word or query.word
    texts = inspecting.texts(workspace(), asked.dataset)
    found_there = searched(subject, texts, word, match_case=asked.match_case)
    found = nearest(
        subject, query, found_there.occurrences, occurrences_asked.background(asked, subject), layer, count=asked.count,
        standardised=asked.standardise, pooling=asked.pooling, cache=asking.cache(),
    )  # fmt: skip
    listed = [(each, each.occurrence) for each in found.found]
    rows = [(e.cosine, e.minus_baseline, e.percentile, o.word, o.text, o.start, o.end) for e, o in listed]
    told = f"{found.compared:,} compared of {found_there.total:,} occurrences in {found_there.texts:,} texts"
    written = asking.write(asked, COLUMNS, rows)
    head = facts({
        "of": excerpt(query.text, query.start, query.end), "layer": similarity.named(layer, subject.layers),
        "searched": told, "files": written,
    })  # fmt: skip
    shown = [
        (f"{e.cosine:.3f}", f"{e.minus_baseline:.3f}", f"{e.percentile:.1f}", excerpt(o.text, o.start, o.end))
        for e, o in listed
    ]
    value = {
        "query": query, "layer": layer, "standardised": asked.standardise, "pooling": asked.pooling,
        "compared": found.compared, "left_out": found.left_out, "occurrences": found_there.total,
        "texts": found_there.texts, "texts_computed": found.computed,
        "neighbours": [asdict(each) for each in found.found],
    }  # fmt: skip
    return Answer(value, f"{head}\n\n{table((*COLUMNS[:3], 'sentence'), shown, 'No other occurrence was found.')}")


def _query(asked: argparse.Namespace) -> Occurrence:
    chosen = occurrences_asked.typed(asked)
    if len(chosen.placed) != 1 or asked.count < 1:
        raise UserProblem(
            f"{len(chosen.placed)} words were chosen, {asked.count} neighbours asked for.",
            "One word and at least one neighbour were wanted.", 'Mark one: --sentence "The [[bank]] of the river".',
        )  # fmt: skip
    return chosen.placed[0].occurrence
