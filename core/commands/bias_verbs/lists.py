"""`bias lists`: the word lists that are shipped."""

from __future__ import annotations

import argparse

from core.commands.answer import Answer, table
from core.commands.options import Verbs, verb


def add(own: Verbs) -> None:
    """Add the verb."""
    verb(own, "lists", "The word lists that are shipped, each with its source.", lists)


def lists(asked: argparse.Namespace) -> Answer:
    """Name, sets, source."""
    from core.bias import lexicon

    found = lexicon.tests()
    rows = [(one.name, ", ".join(f"{part.name} {len(part)}" for part in one.sets), one.source)
            for one in found.values()]  # fmt: skip
    value = {"lists": [one.to_json() for one in found.values()]}
    return Answer(value, table(("list", "sets", "source"), rows))
