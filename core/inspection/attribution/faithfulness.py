"""Do the words that a method names matter to the classifier? Take them out, or keep nothing else, and look.

Comprehensiveness = p(y | x) - p(y | x without the top q words), high is good; sufficiency = p(y | x) - p(y | the top q
words alone), low is good; both are means over q = 10, 20 and 50 % (after DeYoung et al. 2020, ERASER). Random orders
say what any order would reach. Taking words out is what occlusion does: these figures favour it by construction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.inference.classifier import probabilities_of
from core.inspection.attribution.result import Attribution
from core.inspection.attribution.sight import Sight
from core.progress import Report, ShouldStop, never, silent

SHARES = (0.1, 0.2, 0.5)
DRAWS, SEED = 10, 0
Probability = Callable[[Sequence[frozenset[int]]], np.ndarray]  # sets of units taken out -> p (n,)


@dataclass(frozen=True)
class Faithfulness:
    """Both figures of one order of the units, as differences of probability."""

    comprehensiveness: float
    sufficiency: float


@dataclass(frozen=True)
class Chance:
    """Both figures of random orders: means over `draws`, and the standard deviations between draws."""

    mean: Faithfulness
    spread: Faithfulness
    draws: int


@dataclass(frozen=True)
class Checked:
    """Faithfulness of each method, beside chance, for `label` whose probability is `probability`."""

    label: str
    probability: float
    methods: Mapping[str, Faithfulness]
    chance: Chance


def check(
    sight: Sight,
    found: Sequence[Attribution],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Checked:
    """Faithfulness of attributions of one label on one text; words are taken out of what the classifier sees."""
    label = sight.classifier.labels.index(found[0].label)

    def probability(dropped: Sequence[frozenset[int]]) -> np.ndarray:
        logits = sight.without(dropped, report=report, should_stop=should_stop, phase="faithfulness")
        one = sight.classifier
        values = probabilities_of(logits.astype(np.float32), one.problem_type, one.temperature)
        return np.asarray(values[:, label], dtype=np.float64)

    rng = np.random.default_rng(seed)
    orders = {one.method: one.order for one in found}
    random = {f"random {draw}": rng.permutation(len(sight.units)) for draw in range(draws)}
    measured = measure(probability, orders | random)
    chance = _chance([measured[name] for name in random])
    return Checked(found[0].label, found[0].probability, {name: measured[name] for name in orders}, chance)


def measure(probability: Probability, orders: Mapping[str, np.ndarray]) -> dict[str, Faithfulness]:
    """Both figures of each order (units from the most to the least important), each altered text read once."""
    plans = {name: _plan(order) for name, order in orders.items()}
    wanted = {frozenset[int]()} | {units for plan in plans.values() for pair in plan for units in pair}
    asked = sorted(wanted, key=lambda units: (len(units), sorted(units)))
    known = dict(zip(asked, probability(asked), strict=True))
    whole = known[frozenset()]
    return {
        name: Faithfulness(
            float(np.mean([whole - known[without] for without, _ in plan])),
            float(np.mean([whole - known[rest] for _, rest in plan])),
        )
        for name, plan in plans.items()
    }


def count(units: int, share: float) -> int:
    """How many of the units a share is: rounded up, at least one."""
    return max(1, math.ceil(share * units - 1e-9))


def _plan(order: np.ndarray) -> list[tuple[frozenset[int], frozenset[int]]]:
    """For each share the top units, and all others."""
    numbers = [int(number) for number in order]
    tops = [count(len(numbers), share) for share in SHARES]
    return [(frozenset(numbers[:top]), frozenset(numbers[top:])) for top in tops]


def _chance(found: Sequence[Faithfulness]) -> Chance:
    values = np.array([(one.comprehensiveness, one.sufficiency) for one in found])
    mean, spread = values.mean(axis=0), values.std(axis=0, ddof=1) if len(found) > 1 else np.zeros(2)
    return Chance(Faithfulness(*map(float, mean)), Faithfulness(*map(float, spread)), len(found))
