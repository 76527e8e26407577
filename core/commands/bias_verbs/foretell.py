"""`bias foretell`: how long a measure on masked words will take on this machine, before it is run."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.answer import Answer
from core.commands.bias_verbs import asking
from core.commands.options import Verbs, settings, verb, workspace
from core.errors import UserProblem


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "foretell", "How long a measure on masked words will take; nothing is stored.", foretell)
    parser.add_argument("--model", required=True, metavar="MODEL", help="name, name/3 or name@alias")
    parser.add_argument("--measure", required=True, metavar="M", help="a measure of the family masked")
    parser.add_argument("--test", action="append", metavar="T", help="a shipped word list, see `bias lists`")
    parser.add_argument("--word-sets", type=Path, metavar="FILE", help="own word sets: CSV (set, role, word) or JSON")
    parser.add_argument("--table", type=Path, metavar="FILE", help="own sentence pairs or rows: CSV")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a setting of the measure")
    parser.set_defaults(dataset=None)


def foretell(asked: argparse.Namespace) -> Answer:
    """Seconds, and what they rest on."""
    from core.bias.masked.cost import foretell as measured
    from core.bias.measures import measure as named
    from core.jobs import auditing
    from core.jobs.kinds.bias import audited
    from registry import models

    known, registry = named(asked.measure), workspace()
    if known.family != "masked":
        raise UserProblem(f"{known.title} is no measure on masked words.", "Those are foretold; others take seconds.")
    values = known.config.from_json(settings(asked.set, None))
    with registry.read() as session:
        version = models.get(session, asked.model)
    auditing.fits(version, known)
    auditing.headed(registry, version)
    found = [
        (one, measured(audited(registry, version), known.name, one, values)) for one in asking.inputs(asked, known)
    ]
    lines = [f"{one.name}: about {each.seconds:.0f} s for {each.queries:,} masked positions ({each.basis})."
             for one, each in found]  # fmt: skip
    return Answer({"foretold": [{"inputs": one.name, **vars(each)} for one, each in found]}, "\n".join(lines))
