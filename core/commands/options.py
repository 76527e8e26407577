"""Options that every verb shares, and how a verb opens the workspace."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from core.errors import UserProblem

if TYPE_CHECKING:
    from core.commands.answer import Answer
    from registry.session import Registry

Verbs = Any  # argparse's own type of `add_subparsers` is private


def verb(verbs: Verbs, name: str, help: str, run: Callable[[argparse.Namespace], Answer]) -> argparse.ArgumentParser:
    """Add one verb with --json; `run` answers it."""
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help, description=help)
    parser.add_argument("--json", action="store_true", help="print exactly one JSON object")
    parser.set_defaults(run=run)
    return parser


def noun(verbs: Verbs, name: str, help: str) -> Verbs:
    """Add a noun whose verbs follow it (`models list`)."""
    parser = verbs.add_parser(name, help=help, description=help)
    return parser.add_subparsers(metavar="VERB", required=True)


def workspace() -> Registry:
    """The prepared registry of the home that the environment names."""
    from core.jobs.workspace import open_workspace

    return open_workspace()


def me() -> str:
    """Who is asking."""
    from core.jobs.workspace import who

    return who()


def settings(given: Sequence[str], seed: int | None) -> dict[str, Any]:
    """Parameters of `--set key=value` and `--seed`, still as words; their config checks them."""
    values: dict[str, Any] = {}
    for setting in given:
        key, equals, value = setting.partition("=")
        if not equals or not key.strip():
            raise UserProblem(f"--set {setting!r} cannot be read.", "Write it as key=value.")
        values[key.strip()] = value.strip()
    return values if seed is None else {**values, "seed": seed}
