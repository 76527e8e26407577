"""Any upload into a table of strings: the one door of this room, meant to be called inside the child process."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.data.reading import formats, wording
from core.data.reading.facts import TableFacts
from core.data.reading.options import ReadLimits, ReadOptions
from core.data.reading.unpacking import Plain, too_large, unpack
from core.errors import UserProblem


def parse(
    source: Path,
    out: Path,
    options: ReadOptions = ReadOptions(),  # noqa: B008  (frozen)
    *,
    name: str | None = None,
    limits: ReadLimits = ReadLimits(),  # noqa: B008  (frozen)
    scratch: Path | None = None,
) -> TableFacts:
    """Read the upload `source` into the Parquet file `out`: all columns strings, and `__line__` (int64).

    `name` is the file's name as the user knows it; unpacked copies lie in `scratch` (else beside `out`) until the end.
    Raises `UserProblem` for what cannot be read, and then leaves no `out`.
    """
    options.check()
    known = name or source.name
    size = source.stat().st_size
    if size > limits.size:
        raise too_large(known, limits)
    if size == 0:
        raise UserProblem(
            f"{wording.quoted(known)} is empty: it has 0 bytes.", "A table with at least one row was wanted."
        )
    folder = Path(tempfile.mkdtemp(prefix="reading-", dir=scratch or out.parent))
    try:
        plain = unpack(source, known, folder, limits, options.member)
        facts = _read(plain, folder / "table.parquet", folder, options, limits)
        (folder / "table.parquet").replace(out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return replace(facts, size=size, notes=(*plain.notes, *facts.notes))


def _read(plain: Plain, out: Path, folder: Path, options: ReadOptions, limits: ReadLimits) -> TableFacts:
    kind = options.format or formats.detect(plain.path, plain.name)
    if kind in ("csv", "tsv"):
        from core.data.reading.delimited import read_delimited

        return read_delimited(plain.path, out, folder, plain.name, options, limits)
    if kind in ("jsonl", "json"):
        from core.data.reading.jsonlines import read_json

        return read_json(plain.path, out, folder, plain.name, kind, options, limits)
    if kind == "parquet":
        from core.data.reading.parquet import read_parquet

        return read_parquet(plain.path, out, plain.name, limits)
    from core.data.reading.spreadsheet import read_spreadsheet

    return read_spreadsheet(plain.path, out, plain.name, kind, options, limits)


def child(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The verb `parse` of the child process: plain values in and out."""
    return parse(
        Path(arguments["source"]),
        Path(arguments["out"]),
        ReadOptions.from_json(arguments.get("options") or {}),
        name=arguments.get("name"),
        limits=ReadLimits.from_json(arguments.get("limits") or {}),
        scratch=Path(arguments["scratch"]) if arguments.get("scratch") else None,
    ).to_json()
