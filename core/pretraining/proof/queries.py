"""Masked sequences and how probable a model finds the truth behind the masks, in batches by token budget.

The product with the vocabulary is computed at masked positions only and in slices, which bounds memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from core.encoding.batched import token_budget
from core.encoding.batching import token_batches
from core.encoding.device import device
from core.errors import Stopped, UserProblem
from core.progress import Progress, Report, ShouldStop

SLICE = 1024  # masked positions that are multiplied with the vocabulary at a time


@dataclass(frozen=True)
class Query:
    """Ids (T,) with masks at `positions` (K,), where `targets` (K,) belong."""

    ids: np.ndarray
    positions: np.ndarray
    targets: np.ndarray


@dataclass(frozen=True)
class Answers:
    """For every masked position, in the order of the queries: its query (N,), the truth's log probability and rank.

    Log probabilities (N,) float64 in nats over the whole vocabulary; ranks (N,) float64 from 1, equals share theirs.
    """

    query: np.ndarray
    log_probability: np.ndarray
    rank: np.ndarray

    def by_query(self, values: np.ndarray, queries: int) -> np.ndarray:
        """Values (N,) added up by query: (queries,) float64."""
        return np.bincount(self.query, weights=values, minlength=queries)


def masked(ids: np.ndarray, positions: Sequence[int] | np.ndarray, mask_id: int) -> Query:
    """A query: `ids` (T,) with [MASK] at `positions`."""
    places = np.asarray(positions, dtype=np.int64)
    hidden = ids.astype(np.int64)
    hidden[places] = mask_id
    return Query(hidden, places, ids[places].astype(np.int64))


def ask(model: Any, queries: Sequence[Query], *, phase: str, report: Report, should_stop: ShouldStop) -> Answers:
    """Ask a BERT with a masked-word head; raises Stopped when asked to stop, UserProblem where there is no query."""
    if not queries:
        raise UserProblem("There is no word to mask in these sentences.", "Words that the tokenizer knows were wanted.")
    counts = np.array([len(query.positions) for query in queries])
    starts = np.concatenate([[0], np.cumsum(counts)])
    out = np.empty((2, starts[-1]))
    done = 0
    with asking(model):
        for rows in token_batches(np.array([len(query.ids) for query in queries]), token_budget()):
            if should_stop():
                raise Stopped
            found = _batch(model, [queries[row] for row in rows])
            places = np.concatenate([np.arange(starts[row], starts[row + 1]) for row in rows])
            out[:, places] = found
            done += len(rows)
            report(Progress(phase, done, len(queries)))
    return Answers(np.repeat(np.arange(len(queries)), counts), out[0], out[1])


@contextmanager
def asking(model: Any) -> Iterator[None]:
    """The model on this machine's device, without dropout and gradients; afterwards in the mode it was in."""
    training = model.training
    model.eval().to(device())
    try:
        with torch.inference_mode():
            yield
    finally:
        model.train(training)


def padded(rows: Sequence[np.ndarray]) -> dict[str, torch.Tensor]:
    """Rows of ids (T_i,) as input_ids (B, T) and attention_mask, the mask only where rows differ in length."""
    longest = max(map(len, rows))
    ids, mask = np.zeros((2, len(rows), longest), dtype=np.int64)
    for place, row in enumerate(rows):
        ids[place, : len(row)], mask[place, : len(row)] = row, 1
    batch = {"input_ids": torch.from_numpy(ids)}
    if not mask.all():
        batch["attention_mask"] = torch.from_numpy(mask)
    return {name: tensor.to(device()) for name, tensor in batch.items()}


def _batch(model: Any, queries: Sequence[Query]) -> np.ndarray:
    """Log probabilities and ranks (2, N) of the batch's masked positions."""
    states = model.bert(**padded([query.ids for query in queries])).last_hidden_state
    which = np.repeat(np.arange(len(queries)), [len(query.positions) for query in queries])
    where = np.concatenate([query.positions for query in queries])
    chosen = states[torch.from_numpy(which).to(device()), torch.from_numpy(where).to(device())]
    targets = torch.from_numpy(np.concatenate([query.targets for query in queries])).to(device())
    parts = [_truth(model, chosen[i : i + SLICE], targets[i : i + SLICE]) for i in range(0, len(targets), SLICE)]
    return torch.cat(parts, dim=1).cpu().numpy()


def _truth(model: Any, states: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    logits = model.cls.predictions(states).float()
    true = logits.gather(1, targets[:, None])
    log_probability = true.double()[:, 0] - torch.logsumexp(logits.double(), dim=1)
    ranks = 1 + (logits > true).sum(dim=1) + ((logits == true).sum(dim=1) - 1) / 2
    return torch.stack([log_probability, ranks.double()])
