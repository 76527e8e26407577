"""`bias results`: what was measured on a model version."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.commands.answer import Answer, plain, table
from core.commands.options import Verbs, verb, workspace

if TYPE_CHECKING:
    from registry.records import BiasResult, Run
    from registry.session import Registry


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "results", "What was measured on a model version, the newest of each kind.", results)
    parser.add_argument("--model", required=True, metavar="MODEL", help="name, name/3 or name@alias")


def results(asked: argparse.Namespace) -> Answer:
    """The newest result of each measure with each inputs and settings."""
    from registry import bias_results, models

    with workspace().read() as session:
        version = models.get(session, asked.model)
        found = bias_results.newest(session, version.id)
    return Answer({"model": version.spec, "results": plain(found)}, text(found))


def told(registry: Registry, run: Run) -> Answer:
    """What a finished run found."""
    from registry import bias_results

    with registry.read() as session:
        found = bias_results.of_run(session, run.id)
    return Answer({"run": run, "results": plain(found)}, text(found))


def text(found: tuple[BiasResult, ...]) -> str:
    """One line a result, warnings below."""
    from core.bias import told as words
    from core.bias.found import Found
    from core.bias.measures import MEASURES

    rows, notes = [], []
    for one in found:
        what, measure = Found.from_json(one.found), MEASURES.get(one.measure)
        head = what.headline
        p = "" if head.chance is None else words.p_value(head.chance.p)
        way = words.direction(measure, head.value, one.inputs) if measure else ""
        rows.append((measure.title if measure else one.measure, one.inputs["name"], head.title, words.figure(head),
                     "" if head.neutral is None else f"{head.neutral:g}", p, way))  # fmt: skip
        notes += [f"{one.inputs['name']}: {note}" for note in what.warnings]
        notes += [
            f"{one.inputs['name']}: no vector for {', '.join(lost)} ({name})." for name, lost in what.lost.items()
        ]
    shown = table(("measure", "inputs", "figure", "value", "neutral", "p", "direction"), rows, "Nothing was measured.")
    return "\n".join([shown, *dict.fromkeys(notes)])
