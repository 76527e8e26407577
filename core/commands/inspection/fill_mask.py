"""`inspect fill-mask`: what stands behind the masks of a text, and how well given words fit one of them."""

from __future__ import annotations

import argparse
import csv
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, plain, table
from core.commands.inspection import asking
from core.commands.options import Verbs, verb
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.inspection.fill_mask.filling import Answered
    from core.inspection.subject import Subject

ORDERS = ("best_first", "left_to_right")
METHODS = ("word_l2r", "pll", "whole_word")


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "fill-mask", "Pieces for the masks of a text, by themselves and together; or given words.", fill)
    asking.model_option(parser)
    parser.add_argument("--text", required=True, metavar="TEXT", help="with [MASK] where a piece is to be guessed")
    parser.add_argument("--top", type=int, default=10, metavar="N", help="guesses a mask (default 10)")
    parser.add_argument("--order", choices=ORDERS, default="best_first", help="in which several masks are filled")
    parser.add_argument("--beam", type=int, default=5, metavar="B", help="fillings kept at each step (default 5)")
    parser.add_argument("--whole-words", action="store_true", help="leave out pieces that go on a word (##)")
    parser.add_argument("--candidates", metavar="A,B,…", help="score these words in place of a mask instead")
    parser.add_argument("--mask", type=int, default=1, metavar="N", help="of which mask, from 1 (default 1)")
    parser.add_argument("--method", choices=METHODS, default="word_l2r", help="how words of several pieces are scored")
    parser.add_argument("--mean", action="store_true", help="rank by the mean a piece, not by the sum")
    asking.file_options(parser)


def fill(asked: argparse.Namespace) -> Answer:
    """Fill the masks, or score the candidates; refused where the model has no trained head."""
    from core.inspection.fill_mask.head import load_masked

    if not 1 <= asked.top <= 1000 or not 1 <= asked.beam <= 50:
        raise UserProblem(f"--top is {asked.top}, --beam {asked.beam}.", "1 to 1000 guesses, and a beam of 1 to 50.")
    subject = asking.subject(asked)
    model = load_masked(subject.folder)
    return _filled(asked, model, subject) if asked.candidates is None else _scored(asked, model, subject)


def _filled(asked: argparse.Namespace, model: Any, subject: Subject) -> Answer:
    from core.inspection.charts.fill_mask import guesses_chart, guesses_frame
    from core.inspection.fill_mask.filling import fill

    found = fill(
        model, subject, asked.text, top=asked.top, order=asked.order, beam=asked.beam,
        continuations=not asked.whole_words,
    )  # fmt: skip
    rows = guesses_frame(found)
    told = asking.write(asked, list(map(str, rows)), rows.to_numpy().tolist(), guesses_chart(rows))
    value = {
        "text": found.read.text, "notes": list(found.read.notes), "masks": plain(found.masks), "order": asked.order,
        "hidden": list(found.hidden), "together": plain(found.together), "apart": plain(found.apart),
        "differs": found.differs,
    }  # fmt: skip
    return Answer(value, "\n".join((*found.read.notes, *_masks(found), *_together(found), told)).rstrip())


def _masks(found: Answered) -> list[str]:
    lines = []
    for number, (guesses, hidden) in enumerate(zip(found.masks, found.hidden, strict=True), start=1):
        rows = [(rank, each.piece, f"{each.probability:.4f}") for rank, each in enumerate(guesses, start=1)]
        lines += [f"mask {number}", table(("rank", "piece", "probability"), rows)]
        lines.append(f"Not offered (special and unused pieces, or left out): {hidden:.2%} of the probability.\n")
    return lines


def _together(found: Answered) -> list[str]:
    if found.apart is None:
        return []
    rows = [(f"{each.log_probability:.3f}", " ".join(map(str, each.order)), each.text) for each in found.together]
    apart = found.apart
    said = (
        f"Each by itself: {apart.text} (ln p {apart.log_probability:.3f} in the order of the first)."
        if found.differs
        else "Each by itself gives the same as the first."
    )
    return [
        "together: sum of ln p, each mask filled knowing those before it",
        table(("ln p", "order", "text"), rows),
        said,
    ]


def _scored(asked: argparse.Namespace, model: Any, subject: Subject) -> Answer:
    from core.inspection.charts.fill_mask import candidates_chart, candidates_frame
    from core.inspection.fill_mask.candidates import METHODS as SAID
    from core.inspection.fill_mask.candidates import ranked, score

    words = next(csv.reader([asked.candidates], skipinitialspace=True), [])
    scores = score(model, subject, asked.text, words, mask=asked.mask - 1)
    rows = candidates_frame(scores, asked.method, mean=asked.mean)
    told = asking.write(
        asked, list(map(str, rows)), rows.astype(object).to_numpy().tolist(),
        candidates_chart(rows, asked.method, mean=asked.mean),
    )  # fmt: skip
    order = ranked(scores, asked.method, mean=asked.mean)
    value = {
        "text": asked.text, "mask": asked.mask, "method": asked.method, "by": "mean" if asked.mean else "sum",
        "candidates": [
            {"rank": rank, **plain(each), "sum": {m: plain(each.total(m)) for m in SAID},
             "mean": {m: plain(each.mean(m)) for m in SAID}} for rank, each in order
        ],
    }  # fmt: skip
    cells = [
        (rank or "-", each.candidate, " ".join(each.pieces), *(_number(each.total(m)) for m in SAID),
         _number(each.mean(asked.method)), each.problem) for rank, each in order
    ]  # fmt: skip
    headers = ("rank", "candidate", "pieces", *(f"sum {m}" for m in SAID), f"mean {asked.method}", "")
    return Answer(value, f"{SAID[asked.method]}\n{table(headers, cells)}\n{told}".rstrip())


def _number(value: float) -> str:
    """Three decimals, or a dash where there is no score."""
    return f"{value:.3f}" if value == value else "-"
