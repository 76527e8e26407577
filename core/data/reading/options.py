"""What a user may decide about the reading of an upload, and how much is read at most.

Every detection (format, encoding, delimiter, quotes, header, ...) can be overridden; None means "detect".
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from core.errors import UserProblem

FORMATS = ("csv", "tsv", "xlsx", "xls", "ods", "parquet", "jsonl", "json")
ENCODINGS = (
    "utf-8",
    "cp1252",
    "iso-8859-1",
    "utf-16",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "koi8-r",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
    "mac_roman",
)  # offered in dropdowns; any text encoding that Python knows is accepted
DELIMITERS = (",", ";", "\t", "|", " ", "^", "~")
QUOTES = ('"', "'", "")


@dataclass(frozen=True)
class ReadOptions:
    """A user's decisions; None = detect. `quotechar=""` means that quotes are plain text.

    `skip_lines` lines (rows of a sheet) before the table are left out. `columns` cuts every line into that many cells:
    what is over stays in the last cell ("label text with , commas"). `sheet` picks a sheet, `member` a file in a zip.
    """

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    quotechar: str | None = None
    header: bool | None = None
    skip_lines: int | None = None
    columns: int | None = None
    sheet: str | None = None
    member: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The options that `to_json` wrote; unknown names are a defect of the caller (TypeError)."""
        return cls(**data)

    def check(self) -> None:
        """Raise `UserProblem` for an option that cannot be meant."""
        if self.format is not None and self.format not in FORMATS:
            raise UserProblem(f"The format “{self.format}” is not known.", f"Known are {', '.join(FORMATS)}.")
        if self.encoding is not None:
            _check_encoding(self.encoding)
        if self.delimiter is not None:
            _check_delimiter(self.delimiter)
        if self.quotechar is not None and len(self.quotechar) > 1:
            raise UserProblem(f"The quote “{self.quotechar}” has several characters.", "It is one character or empty.")
        if self.delimiter is not None and self.delimiter == self.quotechar:
            raise UserProblem("Delimiter and quote are the same character.", "They must differ.")
        for name, value, least in (("skip_lines", self.skip_lines, 0), ("columns", self.columns, 1)):
            if value is not None and value < least:
                raise UserProblem(f"{name} is {value}.", f"A whole number of {least} or more was wanted.")


def _check_encoding(name: str) -> None:
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        known = None
    if (
        known is None
        or not getattr(known, "_is_text_encoding", True)
        or known.name in {"idna", "punycode", "undefined"}
    ):
        raise UserProblem(f"The encoding “{name}” is not known.", "", "Choose one such as utf-8, cp1252 or utf-16.")


def _check_delimiter(text: str) -> None:
    if not text or len(text) > 8 or any(sign in text for sign in "\r\n\0\"'"):
        raise UserProblem(
            f"“{text!r}” cannot part cells.", "A delimiter is one to eight characters, no quote and no line break."
        )


@dataclass(frozen=True)
class ReadLimits:
    """The most that is read: unpacked bytes, rows, columns, characters in a cell, bytes in a line, rejected rows."""

    size: int = 200_000_000
    rows: int = 1_000_000
    columns: int = 200
    cell: int = 100_000
    line: int = 8_000_000
    rejected: int = 10_000

    def to_json(self) -> dict[str, int]:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Limits from plain values; names that are not limits are left aside."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: int(value) for key, value in data.items() if key in known})
