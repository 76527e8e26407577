"""What a verb answers: one JSON object for programs and a text for people, made of plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`value` is printed with --json, `text` without; `failed` makes the exit code 1."""

    value: Mapping[str, Any]
    text: str
    failed: bool = False


def plain(value: Any) -> Any:
    """`value` as dict, list, str, number, bool or None: dataclasses open up, times are ISO 8601, NaN is null."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value)) | ({"spec": value.spec} if hasattr(value, "spec") else {})
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float) and value != value:
        return None
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return str(value) if isinstance(value, Path) else value


def table(headers: Sequence[str], rows: Sequence[Sequence[object]], empty: str = "Nothing here yet.") -> str:
    """Rows in columns as wide as their widest cell."""
    if not rows:
        return empty
    cells = [[str(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(len(row[index]) for row in cells) for index in range(len(headers))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )


def facts(pairs: Mapping[str, object]) -> str:
    """One `name: value` a line, names padded; empty values are left out."""
    width = max((len(name) for name in pairs), default=0)
    return "\n".join(
        f"{name.ljust(width)}  {value}" for name, value in pairs.items() if value not in (None, "", (), {})
    )


def metric(values: Mapping[str, Any] | None) -> str:
    """A metric with its interval: `0.912 [0.88, 0.94]`."""
    if not values or values.get("value") is None:
        return "-"
    low, high = values.get("low"), values.get("high")
    interval = f" [{low:.3f}, {high:.3f}]" if low is not None and high is not None else ""
    return f"{values['value']:.3f}{interval}"
