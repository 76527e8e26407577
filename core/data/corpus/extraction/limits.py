"""How much raw text is read at most, and the limits of the tables whose columns hold it."""

from __future__ import annotations

from core.data.reading.options import ReadLimits

TEXT_BYTES = 1_500_000_000  # of one file, unpacked
FILES = 20_000  # in one archive
TABLE = ReadLimits(size=TEXT_BYTES, rows=20_000_000, columns=200, cell=1_000_000, line=8_000_000, rejected=1_000)
UNPACKED = ReadLimits(size=TEXT_BYTES)
