"""From label cells to label names. The user's spelling is kept: "NA", "None", "null", "01" and "1.0" are labels.

Several labels a row come as `a|b`, as a list in JSON (or as Python prints it), or as one 0/1 column for each label.
Inside a draft the labels of a row are one string, joined by LABEL_JOINT.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

LABEL_JOINT = "\x1f"
_ITEM = r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s,'"\[\]][^,\[\]]*)"""
_PYTHON_LIST = re.compile(rf"\[\s*(?:(?:{_ITEM})\s*(?:,\s*(?:{_ITEM})\s*)*,?)?\s*\]")
_ON = frozenset({"1", "1.0", "true", "yes", "y", "t"})
_OFF = frozenset({"0", "0.0", "false", "no", "n", "f"})


class UnreadableLabel(ValueError):
    """A label cell that cannot be read; the message is the reason a row is rejected."""


def several(cell: str, separator: str) -> tuple[str, ...] | None:
    """Label names of one cell, each once, in their order; None where the cell is blank; () for an empty list."""
    written = cell.strip()
    if not written:
        return None
    if written.startswith("[") and written.endswith("]"):
        return _once(_listed(written))
    parts = [part.strip() for part in written.split(separator)] if separator else [written]
    return _once([part for part in parts if part]) or None


def from_columns(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the columns that hold a 1; raises UnreadableLabel for anything but 0 and 1 (true, false, yes, no)."""
    chosen = []
    for name, cell in cells.items():
        written = cell.strip().casefold()
        if written in _ON:
            chosen.append(name)
        elif written not in _OFF:
            shown = f"holds {cell[:40]!r}" if written else "is empty"
            raise UnreadableLabel(f"label column {name!r} {shown} where 0 or 1 was wanted")
    return tuple(chosen)


def _listed(written: str) -> list[str]:
    try:
        found = json.loads(written)
    except ValueError:
        return _python_list(written)
    return [item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in found if item != ""]


def _python_list(written: str) -> list[str]:
    if not _PYTHON_LIST.fullmatch(written):
        raise UnreadableLabel(f"labels {written[:60]!r} begin like a list but cannot be read as one")
    return [(a or b or c).strip() for a, b, c in re.findall(_ITEM, written[1:-1])]


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
