"""Where a reader of a stream stands: all that a resumed run needs to go on with exactly the next batch."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Place:
    """The next batch: its epoch, its buffer in the epoch's order, its number in the buffer, and for which lengths."""

    epoch: int
    buffer: int
    batch: int
    max_length: int
    tokens_a_batch: int

    def to_json(self) -> dict[str, int]:
        return asdict(self)
