"""`bias measures`: which measures there are, what they take and what they say."""

from __future__ import annotations

import argparse
from dataclasses import fields

from core.commands.answer import Answer, table
from core.commands.options import Verbs, verb


def add(own: Verbs) -> None:
    """Add the verb."""
    verb(own, "measures", "The bias measures there are, with their source.", measures)


def measures(asked: argparse.Namespace) -> Answer:
    """Name, family, neutral value, source; with --json the settings and the criticisms too."""
    from core.bias.measures import MEASURES

    found = MEASURES.values()
    rows = [(one.name, one.title, one.family, "" if one.neutral is None else f"{one.neutral:g}", one.source)
            for one in found]  # fmt: skip
    value = [
        {
            "name": one.name, "title": one.title, "summary": one.summary, "family": one.family, "needs": one.needs,
            "neutral": one.neutral, "says": one.says, "source": one.source, "columns": one.columns,
            "criticisms": [vars(each) for each in one.criticisms],
            "settings": {each.name: {"default": each.default, "help": each.metadata["help"]}
                         for each in fields(one.config)},
        }
        for one in found
    ]  # fmt: skip
    return Answer({"measures": value}, table(("name", "measure", "family", "neutral", "source"), rows))
