"""`inspect vocabulary`: two models' vocabularies, and what each makes of the same text or dataset."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, metric, table
from core.commands.inspection import asking
from core.commands.inspection.tokens import sample, sample_options
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.inspection.vocabulary import Measured, Shared

SHOWN = 12


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "vocabulary", "Two models' vocabularies, and the pieces both make of the same text.", vocabulary)
    asking.model_option(parser)
    parser.add_argument("--other", required=True, metavar="MODEL", help="the model to compare with")
    parser.add_argument("--text", metavar="TEXT", help="a text that both read")
    sample_options(parser)
    asking.file_options(parser)


def vocabulary(asked: argparse.Namespace) -> Answer:
    """Compare the entries; with a text or a dataset, also the pieces."""
    from core.inspection.charts.tokens import distribution_chart, distribution_frame
    from core.inspection.vocabulary import measured, shared
    from core.jobs import inspecting

    first, second = asking.subject(asked).tokenizer, inspecting.subject(workspace(), asked.other).tokenizer
    names = (asked.model or "bundled model", asked.other)
    found = shared(first, second)
    value: dict[str, Any] = {"models": list(names), **_entries(found)}
    text = _table(names, found)
    if asked.text is None and asked.dataset is None:
        rows = [(piece, where) for where, pieces in _sides(names, found) for piece in pieces]
        if asked.picture:
            raise UserProblem("There is no picture of entries alone.", "Give --text or --dataset to measure on.")
        return Answer(value, f"{text}\n{asking.write(asked, ('piece', 'in'), rows)}".rstrip())
    texts, of = sample(asked)
    both = measured(first, second, texts, found=of, seed=asked.seed)
    value |= {"measured": [both.first.to_json(), both.second.to_json()], "difference": both.difference.to_json()}
    bars = distribution_frame(_named(names, both))
    told = asking.write(asked, list(map(str, bars)), bars.to_numpy().tolist(), distribution_chart(bars))
    return Answer(value, f"{text}\n\n{_measured(names, both)}\n{told}".rstrip())


def _named(names: tuple[str, str], both: Measured) -> dict[str, Any]:
    """Both measures by name; the same model twice is numbered."""
    second = names[1] if names[1] != names[0] else f"{names[1]} (2)"
    return {names[0]: both.first, second: both.second}


def _entries(found: Shared) -> dict[str, Any]:
    return {
        "size": list(found.size), "special": list(found.special), "unused": list(found.unused),
        "shared": len(found.both), "only_first": list(found.only_first), "only_second": list(found.only_second),
        "jaccard": found.jaccard,
    }  # fmt: skip


def _sides(names: tuple[str, str], found: Shared) -> list[tuple[str, tuple[str, ...]]]:
    return [("both", found.both), (f"only {names[0]}", found.only_first), (f"only {names[1]}", found.only_second)]


def _table(names: tuple[str, str], found: Shared) -> str:
    from core.inspection.vocabulary import examples

    sizes = table(
        ("", *names),
        [("entries", *found.size), ("special", *found.special), ("[unused]", *found.unused),
         ("only here", len(found.only_first), len(found.only_second))],
    )  # fmt: skip
    lines = [f"{where}: {', '.join(examples(pieces, SHOWN)) or 'none'}" for where, pieces in _sides(names, found)]
    both = f"{len(found.both):,} ordinary pieces in both, {found.jaccard:.1%} of all ordinary ones."
    return "\n".join((sizes, "", both, *lines))


def _measured(names: tuple[str, str], both: Measured) -> str:
    sides = (both.first, both.second)
    rows = [
        ("pieces", *(each.pieces for each in sides)), ("words", *(each.words for each in sides)),
        ("pieces a word", *(metric(each.value.to_json()) for each in sides)),
        ("pieces per 100 letters", *(metric(each.per_100_characters.to_json()) for each in sides)),
        ("split words", *(metric(each.split.to_json()) for each in sides)),
        ("[UNK] words", *(metric(each.unknown.to_json()) for each in sides)),
    ]  # fmt: skip
    change = both.difference
    note = "" if both.same_words else " They do not agree on what a word is, so characters are compared."
    difference = f"{change.what}: {names[1]} minus {names[0]} {metric(change.interval.to_json())}."
    return f"{both.first.texts:,} of {both.first.found:,} texts\n{table(('', *names), rows)}\n\n{difference}{note}"
