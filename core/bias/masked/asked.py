"""Questions to a masked-word model in bulk: how probable is this piece at this position of this sentence?

Each distinct sentence is run once and each distinct position of it is multiplied with the vocabulary once, which is
what costs; several pieces may be asked for at one position.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop, never, silent

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Question:
    """ln P(`target` at `position`) of a sentence's `ids`, special pieces and masks in place."""

    ids: tuple[int, ...]
    position: int
    target: int


@dataclass(frozen=True)
class Plan:
    """Distinct sentences; `places` (m, 2) are distinct (sentence, position); `place` (n,) is each question's."""

    sentences: list[tuple[int, ...]]
    places: np.ndarray
    place: np.ndarray
    targets: np.ndarray

    @property
    def lengths(self) -> np.ndarray:
        """Pieces (s,) of the sentences."""
        return np.fromiter(map(len, self.sentences), np.int32, len(self.sentences))


def plan(questions: Sequence[Question]) -> Plan:
    """What has to be computed for the questions, each thing once."""
    sentences: dict[tuple[int, ...], int] = {}
    places: dict[tuple[int, int], int] = {}
    place = np.empty(len(questions), dtype=np.int64)
    for number, one in enumerate(questions):
        row = sentences.setdefault(one.ids, len(sentences))
        place[number] = places.setdefault((row, one.position), len(places))
    found = np.array(list(places), dtype=np.int64).reshape(-1, 2)
    return Plan(list(sentences), found, place, np.array([one.target for one in questions], dtype=np.int64))


def answers(
    model: Any, questions: Sequence[Question], *, phase: str, report: Report = silent, should_stop: ShouldStop = never
) -> np.ndarray:
    """ln probabilities (n,) float64 in nats over the whole vocabulary; raises Stopped when asked to stop."""
    from core.pretraining.proof.queries import asking

    made = plan(questions)
    out, done, start = np.empty(len(questions)), 0, time.monotonic()
    total = int(made.lengths.sum())
    with asking(model):
        for rows, numbers, values in _batches(model, made, batched(made.lengths)):
            if should_stop():
                raise Stopped
            out[numbers] = values
            done += int(made.lengths[rows].sum())
            left = (time.monotonic() - start) / done * (total - done)
            report(Progress(phase, done, total, seconds_left=left))
    return out


def timed(model: Any, made: Plan, batches: Sequence[np.ndarray], most: float = math.inf) -> list[float]:
    """Wall-clock seconds of each batch of sentences, computed and thrown away; none begins after `most` seconds."""
    from core.pretraining.proof.queries import asking

    seconds: list[float] = []
    with asking(model):
        for rows in batches:
            if sum(seconds) >= most:
                break
            start = time.perf_counter()
            for _ in _batches(model, made, [rows]):
                pass
            seconds.append(time.perf_counter() - start)
    return seconds


def batched(lengths: np.ndarray) -> list[np.ndarray]:
    """Row numbers of each batch by token budget, shortest first."""
    from core.encoding.batched import token_budget
    from core.encoding.batching import token_batches

    return [np.asarray(rows) for rows in token_batches(lengths, token_budget())]


def _batches(
    model: Any, made: Plan, batches: Sequence[np.ndarray]
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each batch its sentences, the numbers of its questions, and their ln probabilities."""
    order = np.argsort(made.places[:, 0], kind="stable")
    ends = np.searchsorted(made.places[order, 0], np.arange(len(made.sentences) + 1))
    asked = np.argsort(made.place, kind="stable")
    firsts = np.searchsorted(made.place[asked], np.arange(len(made.places) + 1))
    for rows in batches:
        places = np.concatenate([order[ends[row] : ends[row + 1]] for row in rows])
        which = np.repeat(np.arange(len(rows)), [ends[row + 1] - ends[row] for row in rows])
        numbers = np.concatenate([asked[firsts[place] : firsts[place + 1]] for place in places])
        of = np.repeat(np.arange(len(places)), firsts[places + 1] - firsts[places])
        states = _states(model, [made.sentences[row] for row in rows], which, made.places[places, 1])
        yield rows, numbers, _logs(model, states, of, made.targets[numbers])


def _states(model: Any, sentences: Sequence[tuple[int, ...]], which: np.ndarray, where: np.ndarray) -> torch.Tensor:
    """States (m, H) at the positions `where` of the sentences `which`."""
    import torch

    from core.pretraining.proof.queries import padded

    states = model.bert(**padded([np.array(ids) for ids in sentences])).last_hidden_state
    chosen: torch.Tensor = states[torch.from_numpy(which).to(states.device), torch.from_numpy(where).to(states.device)]
    return chosen


def _logs(model: Any, states: torch.Tensor, of: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """ln P (q,) of `targets` at the states numbered `of` (q,), rising, in slices that bound memory."""
    import torch

    from core.pretraining.proof.queries import SLICE

    out = np.empty(len(targets))
    for start in range(0, len(states), SLICE):
        logits = model.cls.predictions(states[start : start + SLICE]).float()
        low, high = np.searchsorted(of, (start, start + len(logits)))
        place = torch.from_numpy(of[low:high] - start).to(logits.device)
        chosen = logits[place, torch.from_numpy(targets[low:high]).to(logits.device)].double()
        out[low:high] = (chosen - torch.logsumexp(logits, dim=1).double()[place]).cpu().numpy()
    return out
