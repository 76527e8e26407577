"""How many examples and tokens an epoch gives: counted for a small corpus, else from a sample of its buffers.

An estimate multiplies what the sample gave by bytes of text, which footers tell without reading the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq

from core.data.corpus.store import Group

if TYPE_CHECKING:
    from core.pretraining.stream import ExampleStream

SAMPLE = 2  # buffers: about eight megabytes of text
_EPOCH = 0


@dataclass(frozen=True)
class Count:
    """Examples and tokens (special ones included) of the first epoch; `sampled` of `groups` row groups were read."""

    examples: int
    tokens: int
    sampled: int
    groups: int

    @property
    def exact(self) -> bool:
        return self.sampled == self.groups


def examples_in(stream: ExampleStream, sample: int = SAMPLE) -> Count:
    """Count what a stream gives in an epoch, from at most `sample` buffers."""
    buffers = stream.buffers(_EPOCH)
    read = buffers[:sample]
    lengths = [stream.lengths(_EPOCH, number) for number in range(len(read))]
    everything = sum(stream.bytes_of(buffer) for buffer in buffers)
    share = sum(stream.bytes_of(buffer) for buffer in read) / max(1, everything) if len(read) < len(buffers) else 1.0
    examples, tokens = sum(map(len, lengths)), int(sum(np.sum(each) for each in lengths))
    groups = sum(map(len, buffers))
    return Count(round(examples / share), round(tokens / share), sum(map(len, read)), groups)


def group_bytes(group: Group) -> int:
    """Uncompressed bytes of a row group."""
    metadata: Any = pq.read_metadata(group.part)  # type: ignore[no-untyped-call]
    return int(metadata.row_group(group.number).total_byte_size)
