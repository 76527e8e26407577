"""The command line: `python -m core VERB`, and the console script `amontillado`.

Standard output carries the answer and nothing else: with --json exactly one JSON object. Progress and problems go to
standard error. Exit code 0; 1 for a problem a person can mend, told in one sentence; 2 for wrong usage. Nothing heavy
is imported before a verb needs it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from core.commands import bias, data, evaluate, inspect, models, operations, predict, pretrain, runs, train
from core.commands.answer import Answer, plain
from core.errors import UserProblem
from core.jobs.log import safe_traceback
from registry.errors import RegistryProblem
from registry.home import Home

NOUNS = (data, train, pretrain, inspect, bias, predict, evaluate, models, runs, operations)
DEFECT = "Something went wrong in this program"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    wanted = list(sys.argv[1:] if arguments is None else arguments)
    try:
        asked = parser().parse_args(wanted)
    except SystemExit as end:  # argparse has said what was wrong
        return int(end.code or 0)
    try:
        return _told(asked.run(asked), asked.json)
    except (UserProblem, RegistryProblem) as problem:
        return _problem(str(problem), asked.json)
    except KeyboardInterrupt:
        return _problem("Interrupted.", asked.json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _problem(
            f"The system refused: {error.strerror or error} ({error.filename or 'no file named'}).", asked.json
        )
    except Exception as error:  # noqa: BLE001 - the border of the program: told in a sentence, kept in a file
        return _problem(f"{DEFECT} ({type(error).__name__}); {_kept(error)}.", asked.json)


def parser() -> argparse.ArgumentParser:
    """All verbs with their options."""
    whole = argparse.ArgumentParser(prog="python -m core", description="A workbench for BERT, from the shell.")
    verbs = whole.add_subparsers(metavar="VERB", required=True)
    for noun in NOUNS:
        noun.add(verbs)
    return whole


def _told(answer: Answer, as_json: bool) -> int:
    _print(_json(answer.value) if as_json else answer.text)
    return 1 if answer.failed else 0


def _problem(sentence: str, as_json: bool) -> int:
    sys.stderr.write(f"{sentence}\n")
    if as_json:
        _print(_json({"error": sentence}))
    return 1


def _kept(error: Exception) -> str:
    """Write the traceback into the home's log; where it is."""
    path = Home.from_environment().logs / "cli.log"
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write("".join(traceback.format_exception(error)))
    except OSError:
        return safe_traceback(error)
    return f"{path} says where"


def _json(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=2)


def _print(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
