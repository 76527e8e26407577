"""Count the partitions that reach a sum, exactly: the values in two halves, cheap swaps of each listed, lists matched.

Each half has every second way out and every second way in. Its subsets are grouped by their net, ways in less ways
out; a whole partition is a subset of the one half and one of the other half whose nets add up to nothing.
Source of the idea: Horowitz and Sahni 1974, Journal of the ACM 21:277; here sums are counted, and those that cannot
fit into the room, whatever the other half does, are never listed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.bias.permutation.swaps import Swaps

Asked = Callable[[], object]


def count(swaps: Swaps, most: int, asked: Asked) -> int | None:
    """How many partitions fit; None where one of the two lists would hold more than `most` sums (8 bytes each).

    Takes about 60 ns a listed sum. `asked` is called between steps, so that it can raise to end the work.
    """
    if swaps.most < 0:
        return 0
    halves = [(swaps.out[start::2], swaps.into[1 - start :: 2]) for start in (0, 1)]
    lists = []
    for (out, into), (other, _) in (halves, halves[::-1]):
        listed = nets(out, into, _rooms(swaps, len(out), other), most, asked)
        if listed is None:
            return None
        lists.append(listed)
    return sum(pairs(sums, lists[1].get(-net, np.zeros(0)), swaps.room, asked) for net, sums in lists[0].items())


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
