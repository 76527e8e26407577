"""`bias measure`: measure a model version; the result is stored against it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands.answer import Answer
from core.commands.bias_verbs import asking, results
from core.commands.options import Verbs, me, settings, verb, workspace
from core.commands.waiting import wait

if TYPE_CHECKING:
    from core.jobs.auditing import Asked


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "measure", "Measure a model; the result is stored against its version.", measure)
    parser.add_argument("--model", required=True, metavar="MODEL", help="name, name/3 or name@alias")
    parser.add_argument("--measure", required=True, action="append", metavar="M", help="repeat for a battery")
    parser.add_argument(
        "--test", action="append", metavar="T", help="a shipped word list, see `bias lists`; repeatable"
    )
    parser.add_argument("--word-sets", type=Path, metavar="FILE", help="own word sets: CSV (set, role, word) or JSON")
    parser.add_argument("--table", type=Path, metavar="FILE", help="own sentence pairs or rows: CSV")
    parser.add_argument("--dataset", metavar="NAME[/VERSION]", help="rows of a dataset")
    parser.add_argument("--split", choices=("train", "validation", "test"), help="of the dataset (default: all rows)")
    parser.add_argument("--seed", type=int, metavar="S")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a setting of the measure")
    parser.add_argument("--detach", action="store_true", help="do not wait")


def measure(asked: argparse.Namespace) -> Answer:
    """Queue, wait, tell."""
    from core.jobs import auditing

    registry = workspace()
    run = auditing.submit(registry, model=asked.model, asked=_asked(asked), who=me())
    if asked.detach:
        return Answer({"run": run}, f"Queued as run {run.id}.")
    return results.told(registry, wait(registry, run))


def _asked(asked: argparse.Namespace) -> list[Asked]:
    """Every measure with every list of words; measures that take none once."""
    from core.bias.measures import measure as named
    from core.jobs.auditing import Asked

    values, found = settings(asked.set, asked.seed), []
    for name in asked.measure:
        known = named(name)
        for inputs in asking.inputs(asked, known):
            found.append(Asked(name, inputs, values, asked.dataset, asked.split))
    return found
