"""Values that may be stored as JSON, in SQLite and in PostgreSQL alike.

What is unusual: NaN and infinities become null, because JSON has none and PostgreSQL refuses them; NUL characters and
lone surrogates become U+FFFD, because PostgreSQL text cannot hold them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def plain(value: Any) -> Any:
    """A copy of `value` made of dict, list, str, int, float, bool and None only; TypeError for anything else."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if hasattr(value, "tolist"):  # NumPy scalars and arrays, without knowing NumPy
        return plain(value.tolist())
    raise TypeError(f"{type(value).__name__} cannot be stored as JSON")


def clean(text: str) -> str:
    """`text` without what a database cannot hold: NUL and lone surrogates become U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def strings(value: Any) -> Iterator[str]:
    """Every string inside a JSON value, at any depth, keys not included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from strings(list(value.values()))
    elif isinstance(value, Iterable):
        for item in value:
            yield from strings(item)
