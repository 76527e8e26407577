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
    """Examples and tokens (special ones included) of the first epoch, from `sampled` of `groups` row groups.

    Of the sample alone: `same_document` pairs whose random B had to come from the document of A, and documents
    `without` an example.
    """

    examples: int
    tokens: int
    sampled: int
    groups: int
    same_document: int = 0
    without: int = 0

    @property
    def exact(self) -> bool:
        return self.sampled == self.groups

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know before training on it."""
        looked = "" if self.exact else f" (of {self.sampled:,} of {self.groups:,} row groups)"
        found = []
        if self.same_document:
            found.append(
                f"{self.same_document:,} random second segments{looked} come from elsewhere in the document of the "
                "first, because there was no other document beside it."
            )
        if self.without:
            found.append(f"{self.without:,} documents{looked} are too short to give an example.")
        return tuple(found)


def examples_in(stream: ExampleStream, sample: int = SAMPLE) -> Count:
    """Count what a stream gives in an epoch, from at most `sample` buffers."""
    buffers = stream.buffers(_EPOCH)
    read = buffers[:sample]
    examples = tokens = same = without = 0
    for groups in read:
        cut = stream.cut(_EPOCH, groups)
        examples, tokens = examples + len(cut.sequences), tokens + len(cut.sequences.ids)
        same, without = same + int(np.sum(cut.sequences.same_document)), without + cut.without
    share = 1.0
    if len(read) < len(buffers):
        share = sum(map(stream.bytes_of, read)) / max(1, sum(map(stream.bytes_of, buffers)))
    sampled, groups_in_all = sum(map(len, read)), sum(map(len, buffers))
    return Count(round(examples / share), round(tokens / share), sampled, groups_in_all, same, without)


def group_bytes(group: Group) -> int:
    """Uncompressed bytes of a row group."""
    metadata: Any = pq.read_metadata(group.part)  # type: ignore[no-untyped-call]
    return int(metadata.row_group(group.number).total_byte_size)
