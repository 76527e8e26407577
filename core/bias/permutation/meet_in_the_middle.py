"""Count the partitions that reach a sum, exactly: the values in two halves, cheap swaps of each listed, lists matched.

Each half has every second way out and every second way in. Its subsets are grouped by their net, ways in less ways
out; a whole partition is a subset of the one half and one of the other half whose nets add up to nothing.
Source of the idea: Horowitz and Sahni 1974, Journal of the ACM 21:277; here sums are counted, and those that cannot
fit into the room, whatever the other half does, are never listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np

from core.bias.permutation.swaps import Swaps

Asked = Callable[[], object]
LONG = 30  # values from which a second thread is worth its start
HELD = 1  # ways out and ways in that are tried one by one: each halves one list, and spares merging it


def count(swaps: Swaps, most: int, asked: Asked) -> int | None:
    """How many partitions fit; None where one of the two lists would hold more than `most` sums (8 bytes each).

    Takes about 50 ns a listed sum. `asked` is called between steps, so that it can raise to end the work.
    """
    if swaps.most < 0:
        return 0
    one, other = ((swaps.out[start::2], swaps.into[1 - start :: 2]) for start in (0, 1))
    held, core = _held(*one)
    makes_up = np.sort(np.concatenate([other[0], one[0][: len(one[0]) - len(core[0])]]))
    halves = (
        (*core, _rooms(swaps, len(core[0]), makes_up)),
        (*other, _rooms(swaps, len(other[0]), one[0])),
    )
    with _two_at_once(len(swaps.out) + len(swaps.into)) as each:
        first, second = each(lambda half: nets(half[0], half[1], half[2], most, asked), halves)
        if first is None or second is None:
            return None
        nothing = np.zeros(0)
        met = [
            (sums, second.get(-net - more, nothing), swaps.room - cost)
            for net, sums in first.items() if len(sums) for more, cost in held
        ]  # fmt: skip
        return int(sum(each(lambda lists: pairs(lists[0], lists[1], lists[2], asked), met)))


@contextmanager
def _two_at_once(values: int) -> Iterator[Callable[[Callable[[Any], Any], Sequence[Any]], list[Any]]]:
    """A way to call a function for each of several things: by two threads where lists are long, as sorting lets it."""
    if values < LONG:
        yield lambda call, things: [call(one) for one in things]
        return
    with ThreadPoolExecutor(2) as threads:
        yield lambda call, things: list(threads.map(call, things))


def _held(out: np.ndarray, into: np.ndarray) -> tuple[list[tuple[int, float]], tuple[np.ndarray, np.ndarray]]:
    """Net and cost of every subset of a half's cheapest ways, which are not merged into lists, and what is left."""
    cheap = [*((-1, cost) for cost in out[:HELD]), *((1, cost) for cost in into[:HELD])]
    subsets = [(0, 0.0)]
    for step, cost in cheap:
        subsets += [(net + step, total + float(cost)) for net, total in subsets]
    return subsets, (out[HELD:], into[HELD:])


def nets(
    out: np.ndarray, into: np.ndarray, rooms: dict[int, float], most: int, asked: Asked
) -> dict[int, np.ndarray] | None:
    """Sums of a half's subsets by net, each list rising and at most rooms[net]; None beyond `most` sums in all.

    A net that `rooms` does not name is one that the other half cannot make up for.
    """
    lists = {net: np.zeros(1 if net == 0 else 0) for net in rooms}
    for cost, step in (*((cost, -1) for cost in out[::-1]), *((cost, 1) for cost in into[::-1])):
        asked()
        for net in sorted(lists, reverse=step > 0):  # from the far end, so that no item counts twice
            before = lists.get(net - step)
            if before is not None and len(before):
                fitting = before[: np.searchsorted(before, rooms[net] - cost, side="right")]
                lists[net] = merged(lists[net], fitting + cost)
        if sum(map(len, lists.values())) > most:
            return None
    return lists


def pairs(first: np.ndarray, second: np.ndarray, room: float, asked: Asked) -> int:
    """Pairs of one of each, both rising, that fit into the room together."""
    if len(first) > len(second):
        first, second = second, first
    found, size = 0, 1 << 20
    for start in range(0, len(first), size):
        asked()
        wanted = room - first[start : start + size]
        found += int(np.searchsorted(second, wanted[::-1], side="right").sum())  # rising questions are fast ones
    return found


def _rooms(swaps: Swaps, own: int, other: np.ndarray) -> dict[int, float]:
    """By net: the room less what making up for it costs at least, by any ways in or by the other half's ways out."""
    back = np.concatenate([[0.0], np.cumsum(swaps.into[:own])])
    forth = np.concatenate([[0.0], np.cumsum(other)])
    left = {-net: swaps.room - cost for net, cost in enumerate(back)}
    return {**left, **{net: swaps.room - cost for net, cost in enumerate(forth)}}


def merged(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    if not len(other):
        return one
    both = np.concatenate([one, other])
    both.sort(kind="stable")  # merges two rising runs in one pass
    return both
