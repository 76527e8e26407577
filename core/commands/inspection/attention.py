"""`inspect attention`: all heads in numbers, or one head word by word."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, facts, table
from core.commands.inspection import asking
from core.commands.options import Verbs, verb
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.inspection.attention.view import Span, View
    from core.inspection.attention.weights import Attention

STATISTICS = ("entropy_share", "entropy", "cls", "sep", "itself", "previous", "next", "other")
DIRECTIONS = ("all", "first_to_second", "second_to_first")


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "attention", "Attention by layer and head: all heads in numbers, or one as a matrix.", attention)
    asking.model_option(parser)
    parser.add_argument("--text", required=True, metavar="TEXT", help="what the model reads")
    parser.add_argument("--pair", metavar="TEXT", help="a second text beside it")
    parser.add_argument("--overview", action="store_true", help="all heads; so it is without --layer")
    parser.add_argument("--statistic", choices=STATISTICS, default="entropy_share", help="which the overview draws")
    parser.add_argument("--layer", type=int, metavar="L", help="a block, from 1")
    parser.add_argument("--head", type=int, metavar="A", help="a head, from 1 (default: the mean of the layer's heads)")
    parser.add_argument("--pieces", action="store_true", help="between pieces instead of words")
    parser.add_argument("--specials", action="store_true", help="special pieces such as [CLS] and [SEP] too")
    parser.add_argument("--direction", choices=DIRECTIONS, default="all", help="from which text to which")
    parser.add_argument("--rows", metavar="I:J", help="rows I to J alone, counted from 1")
    parser.add_argument("--columns", metavar="I:J", help="columns I to J alone, counted from 1")
    parser.add_argument("--drawn", choices=("matrix", "lines"), default="matrix", help="what --picture shows of a head")
    asking.file_options(parser)


def attention(asked: argparse.Namespace) -> Answer:
    """Read the text once; show all heads, or the one that was asked for."""
    from core.inspection.attention import told, weights

    if asked.layer is None and asked.head is not None:
        raise UserProblem(f"Which layer is head {asked.head} in?", "Heads belong to layers.", "Name it with --layer.")
    subject = asking.subject(asked)
    found = weights.attention(subject, subject.read(asked.text, asked.pair))
    shown = _overview if asked.overview or asked.layer is None else _one
    value, facts_told, rows = shown(asked, found)
    notes = told.notes(found.reading)
    common = {"layers": found.layers, "heads": found.heads, "pieces": len(found.reading.pieces), "notes": notes}
    head = facts({**facts_told, "notes": " ".join(notes), "limits": told.LIMITS})
    return Answer({**common, **value, "limits": told.LIMITS}, f"{head}\n\n{rows}")


def _overview(asked: argparse.Namespace, found: Attention) -> tuple[dict[str, Any], dict[str, object], str]:
    from core.inspection.attention.heads import STATISTICS as TITLES
    from core.inspection.attention.heads import statistics
    from core.inspection.charts import attention as chart

    numbers = chart.frame(statistics(found))
    if asked.statistic not in numbers:
        raise UserProblem("There is no other text.", "The share to it needs two texts.", "Give --pair.")
    headers, rows = list(numbers.columns), numbers.astype(object).to_numpy().tolist()
    written = asking.write(asked, headers, rows, chart.heads(numbers, asked.statistic) if asked.picture else None)
    shown = [[int(row[0]), int(row[1]), *(f"{cell:.3f}" for cell in row[2:-1]), row[-1]] for row in rows]
    value = {"overview": [dict(zip(headers, row, strict=True)) for row in rows]}
    said: dict[str, object] = {
        "pieces": len(found.reading.pieces),
        **{n: TITLES[n] for n in headers if n in TITLES},
        "files": written,
    }
    return value, said, table(headers, shown)


def _one(asked: argparse.Namespace, found: Attention) -> tuple[dict[str, Any], dict[str, object], str]:
    from core.inspection.attention import table as tables
    from core.inspection.attention import told
    from core.inspection.attention.view import view

    shown = view(
        found, asked.layer, asked.head, by_pieces=asked.pieces, specials=asked.specials, direction=asked.direction,
        rows=_span("rows", asked.rows), columns=_span("columns", asked.columns),
    )  # fmt: skip
    written = asking.write(asked, *tables.full(shown), _drawn(asked, shown) if asked.picture else None)
    value = {
        "layer": asked.layer, "head": asked.head, "hidden": shown.hidden, "weights": shown.weights,
        "to_specials": shown.to_specials, "elsewhere": shown.elsewhere, "rows": _units(shown, "row"),
        "columns": _units(shown, "column"),
    }  # fmt: skip
    head = f"layer {asked.layer}, " + ("mean of all heads" if asked.head is None else f"head {asked.head}")
    rows = [[*row[:4], *(f"{share:.3f}" for share in row[4:])] for row in tables.summary(shown)]
    said: dict[str, object] = {"attention": head, "hidden": told.hidden(shown), "files": written}
    return value, said, table(tables.SUMMARY, rows)


def _drawn(asked: argparse.Namespace, shown: View) -> Any:
    from core.inspection.charts import attention_lines, attention_matrix

    if asked.drawn == "matrix":
        return attention_matrix.matrix(shown)
    return attention_lines.lines(shown)


def _units(shown: View, side: str) -> list[dict[str, Any]]:
    units, places = (shown.rows, shown.row_places) if side == "row" else (shown.columns, shown.column_places)
    return [
        {"number": int(place), "text": one.text, "part": one.part + 1, "special": one.special, "pieces": one.pieces}
        for place, one in zip(places, units, strict=True)
    ]


def _span(what: str, asked: str | None) -> Span | None:
    if asked is None:
        return None
    first, colon, last = asked.partition(":")
    if not (first.isdecimal() and last.isdecimal()):
        raise UserProblem(f"--{what} {asked!r} cannot be read.", "Write it as 1:60.")
    return int(first), int(last)
