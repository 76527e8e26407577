"""A bracket that p is certain to lie in, where the partitions are too many to count.

Costs of swaps are rounded to whole bins; dynamic programming over (number of swaps, bins) counts the partitions of
every rounded cost. What j swaps can lose or gain by rounding is known (the sum of the j largest and of the j smallest
rounding errors), so that the count below the one bound is too low for certain and below the other too high. Rounding
of the sums themselves is allowed for. Far beyond that size Hoeffding's bound holds (1963, theorem 4: a sum drawn
without replacement is no wider than one drawn with it), and the observed partition counts as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bias.permutation.swaps import Swaps

STEPS, MORE = 150_000_000, 1_500_000_000  # additions at most, about 0.05 and 0.5 seconds
MANY = 150  # values, from which on bounds take the longer time to be of use
BINS = (256, 1 << 20)
BYTES = 256 << 20
COUNTABLE = 1e300  # beyond it partitions have no float64


@dataclass(frozen=True)
class Bracket:
    """Bounds of a share of partitions."""

    low: float
    high: float


def bracket(swaps: Swaps, steps: int | None = None) -> Bracket:
    """Bounds of the share of partitions that fit; wider the more values there are for the same `steps`."""
    number = swaps.most
    steps = steps or (STEPS if len(swaps.out) + len(swaps.into) < MANY else MORE)
    if number < 0:
        return Bracket(0.0, 0.0)
    if swaps.total > COUNTABLE:
        return Bracket(0.0, 1.0)
    out, into = swaps.out[swaps.out <= swaps.room], swaps.into[swaps.into <= swaps.room]
    bins = _bins(number, len(out) + len(into), steps)
    width = max(swaps.room, 1e-300) / bins
    errors = [_errors(costs / width, number) for costs in (out, into)]
    above, below = errors[0][0] + errors[1][0], errors[0][1] + errors[1][1]
    length = int(bins - below.min()) + 2
    ways_out, ways_in = (_counts(np.rint(costs / width).astype(np.int64), number, length) for costs in (out, into))
    slack = (len(out) + len(into) + 2 * length) * 2.0**-52
    low = _fitting(ways_out, ways_in, np.floor(bins - above - 1e-6)) / swaps.total * (1 - slack)
    high = _fitting(ways_out, ways_in, np.floor(bins - below + 1e-6)) / swaps.total * (1 + slack)
    return Bracket(max(low, 0.0), min(high, 1.0))


def hoeffding(values: np.ndarray, k: int, least: float) -> float:
    """An upper bound of P(sum of k of the values >= least), drawn without replacement."""
    spread = float(np.abs(values).max())
    rates = np.geomspace(1e-4, 1e3, 200)[:, None] / spread
    largest = values.max()
    logs = np.log(np.exp(rates * (values - largest)).mean(axis=1)) + rates[:, 0] * largest
    return float(min(1.0, np.exp((k * logs - rates[:, 0] * least).min()) * (1 + 1e-9)))


def _bins(number: int, items: int, steps: int) -> int:
    rows = max(1, number)
    return int(np.clip(min(steps // max(1, items * rows), BYTES // (16 * (rows + 1))), *BINS))


def _errors(costs: np.ndarray, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Of j = 0 to `number` costs in bins: how much more, and how much less, they may be than they are rounded to."""
    rising = np.sort(costs - np.rint(costs))
    rising = np.pad(rising, (0, max(0, number - len(rising))))
    zero = np.zeros(1)
    most, least = np.cumsum(rising[::-1][:number]), np.cumsum(rising[:number])
    return np.concatenate([zero, most]), np.concatenate([zero, least])


def _counts(costs: np.ndarray, number: int, length: int) -> np.ndarray:
    """(number + 1, length) float64: how many subsets of j costs add up to each bin."""
    rows = np.zeros((number + 1, length))
    rows[0, 0] = 1.0
    ends = np.zeros(number + 1, dtype=np.int64)  # of each row, the last bin that may be filled
    for done, cost in enumerate(costs):  # cheap ones first: rows stay short for long
        for size in range(min(number, done + 1), 0, -1):
            end = min(int(ends[size - 1]), length - 1 - int(cost))
            if end >= 0:
                rows[size, cost : cost + end + 1] += rows[size - 1, : end + 1]
                ends[size] = max(ends[size], cost + end)
    return rows


def _fitting(out: np.ndarray, into: np.ndarray, rooms: np.ndarray) -> float:
    """Pairs of a way out and a way in, of one size j, that cost at most rooms[j] bins."""
    found = 0.0
    for size, given in enumerate(rooms):
        room = min(int(given), out.shape[1] - 1)
        if room >= 0:
            found += float(out[size, : room + 1] @ np.cumsum(into[size, : room + 1])[::-1])
    return found
