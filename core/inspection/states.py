"""Hidden states of readings, in batches by token budget over like lengths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.encoding.batched import token_budget
from core.encoding.batching import collate, token_batches
from core.encoding.device import device
from core.encoding.tokenizing import Pieces
from core.errors import Stopped
from core.inspection.reading import Reading
from core.inspection.subject import Subject
from core.progress import Progress, Report, ShouldStop, never, silent

if TYPE_CHECKING:
    import torch


def batch_of(subject: Subject, readings: Sequence[Reading]) -> dict[str, torch.Tensor]:
    """What the body takes for these readings: input_ids (B, T), and masks and segments where they matter."""
    lengths = np.array([len(one.pieces) for one in readings], dtype=np.int32)
    types = [one.types for one in readings] if subject.segments else None
    ids = [one.ids for one in readings]
    pieces = Pieces(ids, types, lengths, np.zeros(len(readings), bool), subject.tokenizer.pad_token_id or 0)
    return {name: tensor.to(device()) for name, tensor in collate(pieces, np.arange(len(readings))).items()}


def hidden_states(
    subject: Subject,
    readings: Sequence[Reading],
    *,
    report: Report = silent,
    should_stop: ShouldStop = never,
    phase: str = "encode",
) -> Iterator[tuple[int, np.ndarray]]:
    """The number of each reading with its states (L + 1, T, H) float32, in the order that is fastest.

    Raises Stopped when asked to stop.
    """
    import torch

    body = subject.body.to(device())
    lengths, done = np.array([len(one.pieces) for one in readings], dtype=np.int64), 0
    for rows in token_batches(lengths, token_budget()):
        if should_stop():
            raise Stopped(f"{phase} was stopped after {done} of {len(readings)} texts")
        with torch.inference_mode():
            found = body(**batch_of(subject, [readings[row] for row in rows]), output_hidden_states=True)
            states = torch.stack(found.hidden_states, dim=1).float().cpu().numpy()
        for place, row in enumerate(rows):
            yield int(row), states[place, :, : lengths[row]]
        done += len(rows)
        report(Progress(phase, done, len(readings)))
