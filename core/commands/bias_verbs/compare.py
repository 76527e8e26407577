"""`bias compare`: what was measured in the same way on two model versions, side by side, for people and for CI."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.commands.answer import Answer, plain, table
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.jobs.bias_versions import Pair, SideBySide

BY_CHANCE = "Of twenty differences of 95 % about one leaves 0 out by chance."


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "compare", "Results of two model versions side by side, with their differences.", compare)
    parser.add_argument(
        "--models", required=True, nargs=2, metavar=("BEFORE", "AFTER"), help="name, name/3, name@alias"
    )
    parser.add_argument(
        "--fail-if-worse", action="store_true",
        help="exit code 1 when a measure went away from neutral and the interval of the difference leaves 0 out",
    )  # fmt: skip


def compare(asked: argparse.Namespace) -> Answer:
    """Compare and tell; fails only where it was asked to."""
    from core.jobs.bias_versions import side_by_side

    found = side_by_side(workspace(), *asked.models)
    if asked.fail_if_worse and not found.pairs:
        raise UserProblem(
            f"Nothing was measured in the same way on {found.before} and {found.after}.",
            "Same measure, inputs and settings on both are wanted.", "Measure both, then compare.",
        )  # fmt: skip
    value = {
        "before": found.before, "after": found.after, "worse": [_name(pair) for pair in found.worse],
        "results": [{**plain(pair), "difference": pair.difference.to_json()} for pair in found.pairs],
        "only_before": found.only_before, "only_after": found.only_after,
    }  # fmt: skip
    return Answer(value, text(found), failed=bool(asked.fail_if_worse and found.worse))


def text(found: SideBySide) -> str:
    """A line a measure, its reading below, and what stands on one side only."""
    from core.bias import told

    rows = [
        (pair.title, pair.inputs, told.figure(pair.before), told.figure(pair.after), _change(pair), _interval(pair))
        for pair in found.pairs
    ]
    headers = ("measure", "inputs", found.before, found.after, "difference", "its interval")
    shown = table(headers, rows, f"Nothing was measured in the same way on {found.before} and {found.after}.")
    lines = [f"{_name(pair)}: {pair.said}" for pair in found.pairs]
    only = [f"Only on {spec}: {', '.join(names)}." for spec, names in
            ((found.before, found.only_before), (found.after, found.only_after)) if names]  # fmt: skip
    moved = [f"Further from neutral: {', '.join(map(_name, found.worse))}."] if found.worse else []
    parts = (shown, "\n".join(lines), BY_CHANCE if rows else "", "\n".join(only), "\n".join(moved))
    return "\n\n".join(part for part in parts if part)


def _name(pair: Pair) -> str:
    return f"{pair.title} ({pair.inputs})"


def _change(pair: Pair) -> str:
    return "-" if pair.difference.value is None else f"{pair.difference.value:+.3f}"


def _interval(pair: Pair) -> str:
    low, high = pair.difference.low, pair.difference.high
    return "-" if low is None or high is None else f"{low:+.3f} to {high:+.3f}"
