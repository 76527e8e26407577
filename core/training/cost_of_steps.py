"""What fine-tuning steps cost on this machine: a few real ones, at the lengths that the training will meet.

A step's time is a straight line over its padded pieces (the fixed part is the optimizer's). The longest batch is among
the timed ones, so the peak of memory of this process is that of the training.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np
import torch

from core.data.examples import LabelledData
from core.encoding.device import device
from core.training.contract import Cost
from core.training.cost_of_texts import forward_line, padded, seconds_for
from core.training.order import batches
from core.training.plan import Plan
from core.training.stopwatch import line, timed
from core.training.trainee import SequenceTrainee

SECONDS = 6.0
QUANTILES = (1.0, 0.5, 0.1, 0.9, 0.3, 0.7)
DISK = 150e6  # bytes a second that a checkpoint is hashed and written with
START = 5.0


def cost_of_steps(trainee: SequenceTrainee, plan: Plan, data: LabelledData) -> Cost:
    """Time steps for about `SECONDS` on the sample in `trainee`, and multiply by the rows of `data`."""
    model = trainee.model.to(device()).train()
    optimizer = torch.optim.AdamW(trainee.groups(), fused=True)
    lengths = trainee.train.pieces.lengths
    order = sorted(batches(lengths, plan.batch_size, seed=0, epoch=0), key=lambda rows: len(rows) * lengths[rows].max())
    sizes = padded(order, lengths)

    def step(rows: np.ndarray) -> None:
        loss = trainee.loss(rows)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), plan.max_grad_norm)
        optimizer.step()
        optimizer.zero_grad()
        loss.item()

    places, seconds = _timed_steps(step, order)
    per_batch = line([float(sizes[place]) for place in places], seconds).seconds(sizes).mean()
    training = float(per_batch) * plan.epochs * -(-len(data.train) // plan.batch_size)
    weights = sum(value.numel() * value.element_size() for value in model.parameters())
    scoring = _scoring(trainee, plan, data)
    saving = (plan.epochs * 4 + training / plan.checkpoint_seconds * 3) * weights / DISK
    basis = (
        f"From {len(seconds)} training steps of batch {plan.batch_size} on a sample of {len(lengths):,} texts, "
        f"for {plan.epochs} epochs."
    )
    pieces = len(data.train) * (200 + 4 * int(lengths.mean()))
    return Cost(START + training + scoring + saving, 3 * weights + pieces, basis)


def _timed_steps(step: Callable[[np.ndarray], None], order: list[np.ndarray]) -> tuple[list[int], list[float]]:
    begun = time.monotonic()
    step(order[len(order) // 2])
    places, seconds = [], []
    for quantile in QUANTILES:
        place = int(quantile * (len(order) - 1))
        places.append(place)
        seconds.append(timed(partial(step, order[place])))
        if len(places) > 1 and time.monotonic() - begun > SECONDS:
            break
    return places, seconds


def _scoring(trainee: SequenceTrainee, plan: Plan, data: LabelledData) -> float:
    """Seconds of the validations, and of scoring validation and test rows in the end."""
    trainee.model.eval()
    found, per_text = forward_line(trainee.forward, trainee.train.pieces)
    rows = len(data.validation) * (plan.epochs + 1) + len(data.test)
    return seconds_for(rows, found, per_text)
