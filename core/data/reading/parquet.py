"""A Parquet file into a table of strings, batch by batch, so that no small file grows large in memory unseen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.data.reading import wording
from core.data.reading.facts import TableFacts
from core.data.reading.head import column_names
from core.data.reading.options import ReadLimits
from core.data.reading.unpacking import too_large
from core.data.reading.writing import TableWriter
from core.errors import UserProblem

BATCH = 1_000


def read_parquet(source: Path, out: Path, name: str, limits: ReadLimits) -> TableFacts:
    """Read a Parquet file into `out`; `__line__` is the number of the record. Nulls are empty cells."""
    try:
        return _read(source, out, name, limits)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowKeyError, OSError) as error:
        if "alloc" in str(error) or isinstance(error, MemoryError):
            raise
        raise UserProblem(
            f"The Parquet file {wording.quoted(name)} is damaged or of an unknown kind "
            f"({' '.join(str(error).split())[:120].rstrip('.')}).",
            "",
            "Write it again, or save it as CSV.",
        ) from error


def _read(source: Path, out: Path, name: str, limits: ReadLimits) -> TableFacts:
    file = pq.ParquetFile(source, memory_map=True)
    _check(file, name, limits)
    names, notes = column_names(file.schema_arrow.names)
    number = 1
    with TableWriter(out, names, limits, "record") as writer:
        for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
            columns = [_strings(column) for column in batch.columns]
            lines = pa.array(range(number, number + batch.num_rows), pa.int64())
            number += batch.num_rows
            writer.write(pa.record_batch([*columns, lines], schema=writer.schema))
            if writer.characters > limits.size:
                raise too_large(name, limits)
    return writer.facts(source, format="parquet", notes=tuple(notes), numbering="record")


def _check(file: pq.ParquetFile, name: str, limits: ReadLimits) -> None:
    if file.metadata.num_rows > limits.rows:
        raise UserProblem(
            f"{wording.quoted(name)} has {file.metadata.num_rows:,} rows.",
            f"At most {limits.rows:,} are read.",
            "Split it into smaller files.",
        )
    if not file.schema_arrow.names:
        raise UserProblem(f"{wording.quoted(name)} has no columns.", "A table was wanted.")


def _strings(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_nested(kind):
        return pa.array([_nested(value) for value in column.to_pylist()], pa.string())
    if pa.types.is_null(kind):
        return pa.array([""] * len(column), pa.string())
    if pa.types.is_time(kind) or pa.types.is_duration(kind):
        return pa.array(["" if value is None else str(value) for value in column.to_pylist()], pa.string())
    return pc.fill_null(column.cast(pa.string()), "")


def _nested(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str | int) and "|" not in str(item) for item in value):
        return "|".join(map(str, value))
    return json.dumps(value, ensure_ascii=False, default=str)
