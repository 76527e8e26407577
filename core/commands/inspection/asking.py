"""What the verbs of `inspect` share: the model they look into, and the files they write."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.options import workspace
from core.data.spreadsheet import guarded
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.encoding.cache import VectorCache
    from core.inspection.subject import Subject

PICTURES = (".svg", ".png")


def model_option(parser: argparse.ArgumentParser) -> None:
    """--model, which the bundled one stands for where it is not given."""
    parser.add_argument("--model", metavar="MODEL", help="name, name/3 or name@alias (default: the bundled model)")


def file_options(parser: argparse.ArgumentParser, *, picture: bool = True) -> None:
    """--csv, and --picture where the view has one."""
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the numbers into a file")
    if picture:
        parser.add_argument("--picture", type=Path, metavar="FILE", help="write the picture: .svg or .png")


def subject(asked: argparse.Namespace) -> Subject:
    """The model that was asked for, its files checked."""
    from core.jobs import inspecting

    return inspecting.subject(workspace(), asked.model)


def cache() -> VectorCache:
    """The workspace's cache of vectors."""
    from core.jobs import inspecting

    return inspecting.cache(workspace())


def write(
    asked: argparse.Namespace, headers: Sequence[str], rows: Sequence[Sequence[object]], chart: Any = None
) -> str:
    """Write the files that were asked for; a line that says which."""
    told = []
    if asked.csv:
        with asked.csv.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([headers, *([_safe(cell) for cell in row] for row in rows)])
        told.append(str(asked.csv))
    if getattr(asked, "picture", None):
        from core.inspection.picture import picture

        if asked.picture.suffix not in PICTURES:
            raise UserProblem(f"A picture cannot be written as {asked.picture.name}.", "Its name ends in .svg or .png.")
        asked.picture.write_bytes(picture(chart, asked.picture.suffix[1:]))
        told.append(str(asked.picture))
    return f"Written: {', '.join(told)}." if told else ""


def _safe(cell: object) -> object:
    """A text that no spreadsheet runs as a formula; numbers as they are."""
    return guarded(cell) if isinstance(cell, str) else cell
