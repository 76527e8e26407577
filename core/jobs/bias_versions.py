"""Two model versions side by side: every bias measure that was taken of both in the same way, with its difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.bias import comparing
from core.bias.comparing import Difference
from core.bias.found import Figure
from core.bias.measures import MEASURES
from core.errors import UserProblem
from core.jobs.passports import stored
from registry import bias_results, models
from registry.records import BiasResult

if TYPE_CHECKING:
    from registry.session import Registry


@dataclass(frozen=True)
class Pair:
    """One measure on both versions; `said` reads the difference."""

    measure: str
    title: str
    inputs: str
    before: Figure
    after: Figure
    difference: Difference
    said: str


@dataclass(frozen=True)
class SideBySide:
    """What was measured alike on both, and by name what was measured on one of them only."""

    before: str
    after: str
    pairs: tuple[Pair, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def worse(self) -> tuple[Pair, ...]:
        """Measures that went away from neutral by more than the interval of the difference allows for."""
        return tuple(pair for pair in self.pairs if pair.difference.worse)


def side_by_side(registry: Registry, before: str, after: str) -> SideBySide:
    """Compare two versions; UserProblem where they are one. Results of unequal identity never stand side by side."""
    with registry.read() as session:
        first, second = models.get(session, before), models.get(session, after)
        if first.id == second.id:
            raise UserProblem(f"{before} and {after} are the same version, {first.spec}.", "Two are wanted.")
        theirs = {one.identity: one for one in bias_results.newest(session, first.id)}
        ours = {one.identity: one for one in bias_results.newest(session, second.id)}
    pairs = [_pair(registry, first.spec, second.spec, theirs[same], ours[same]) for same in theirs if same in ours]
    order = list(MEASURES)
    pairs.sort(key=lambda one: (order.index(one.measure) if one.measure in order else len(order), one.inputs))
    return SideBySide(
        first.spec, second.spec, tuple(pairs), _only(theirs, ours), _only(ours, theirs)
    )  # fmt: skip


def _pair(registry: Registry, first: str, second: str, before: BiasResult, after: BiasResult) -> Pair:
    one, two = stored(registry, before), stored(registry, after)
    found = comparing.difference(one, two)
    return Pair(
        after.measure, _title(after), str(after.inputs.get("name", "")), one.headline, two.headline, found,
        comparing.said(found, first, second),
    )  # fmt: skip


def _only(ours: dict[str, BiasResult], theirs: dict[str, BiasResult]) -> tuple[str, ...]:
    return tuple(f"{_title(one)} ({one.inputs.get('name', '')})" for same, one in ours.items() if same not in theirs)


def _title(one: BiasResult) -> str:
    return MEASURES[one.measure].title if one.measure in MEASURES else one.measure
