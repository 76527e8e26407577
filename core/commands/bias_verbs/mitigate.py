"""`bias mitigate`: make a new model version by one method, and measure before and after."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, table
from core.commands.bias_verbs import asking
from core.commands.options import Verbs, me, settings, verb, workspace
from core.commands.waiting import wait

if TYPE_CHECKING:
    from core.bias.inputs import Inputs
    from registry.records import Run


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "mitigate", "Make a new model version with less of a bias; measured before and after.", mitigate)
    parser.add_argument("method", nargs="?", metavar="METHOD", help="left out: the methods there are")
    parser.add_argument("--model", metavar="MODEL", help="name, name/3 or name@alias")
    parser.add_argument("--name", metavar="NAME", help="of the new model version")
    parser.add_argument("--test", action="append", metavar="T", help="a shipped word list, see `bias lists`")
    parser.add_argument("--word-sets", type=Path, metavar="FILE", help="own word sets: CSV (set, role, word) or JSON")
    parser.add_argument("--dataset", metavar="NAME[/VERSION]", help="of a classifier (default: its own)")
    parser.add_argument("--seed", type=int, metavar="S")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a setting of the method")
    parser.add_argument("--detach", action="store_true", help="do not wait")


def mitigate(asked: argparse.Namespace) -> Answer:
    """Queue, wait, tell."""
    from core.bias.mitigations import MITIGATIONS
    from core.bias.mitigations import mitigation as named
    from core.errors import UserProblem
    from core.jobs import mitigating

    if asked.method is None:
        return _methods(list(MITIGATIONS.values()))
    named(asked.method)
    if not asked.model or not asked.name:
        raise UserProblem("A model and a name are wanted.", "", "Add --model MODEL and --name NAME.")
    wanted = mitigating.Wanted(
        asked.method, asked.name, _inputs(asked), settings(asked.set, asked.seed), asked.dataset
    )  # fmt: skip
    registry = workspace()
    run = mitigating.submit(registry, model=asked.model, wanted=wanted, who=me())
    if asked.detach:
        return Answer({"run": run}, f"Queued as run {run.id}.")
    ended = wait(registry, run)
    return Answer({"run": ended, "result": ended.result}, told(ended))


def _methods(found: list[Any]) -> Answer:
    rows = [(one.name, one.title, ", ".join(one.kinds), one.source) for one in found]
    value = [{"name": one.name, "title": one.title, "kinds": one.kinds, "source": one.source, "says": one.says}
             for one in found]  # fmt: skip
    return Answer({"methods": value}, table(("name", "method", "works on", "source"), rows))


def _inputs(asked: argparse.Namespace) -> Inputs:
    """The word sets that the method is given: one list, or none."""
    from core.bias.inputs import Inputs
    from core.bias.mitigations import mitigation as named
    from core.errors import UserProblem

    method = named(asked.method)
    if not (asked.test or asked.word_sets):
        return Inputs(method.title)
    found = asking.lists(asked)
    if len(found) > 1:
        raise UserProblem(f"{len(found)} lists were named.", "The method takes one.", "Name one.")
    return Inputs(found[0].name, found[0], None, found[0].source)


def told(run: Run) -> str:
    """Before and after as a table, then what a reader should know."""
    from core.bias.mitigation_card import again, number, way

    found = run.result
    rows = [
        (
            one["title"], one["inputs"], one["sample"].split(",")[0], number(one["neutral"]), number(one["before"]),
            number(one["after"]), way(one), "yes" if one["tuned"] else "no",
        )
        for one in found["changes"]
    ]  # fmt: skip
    columns = ("measure", "inputs", "measured on", "neutral", "before", "after", "", "given its words")
    shown = table(columns, rows)
    score = found["score"] or {}
    more = [again(found["recoverable"]), score.get("verdict") or score.get("problem") or "", *found["notes"]]
    return "\n".join([f"{found['title']}: {found['parent_spec']} -> {found['spec']}", shown, *filter(None, more)])
