"""How the attention heads of two models differ on the same texts: Clark et al. 2019's numbers, after minus before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import Stopped, UserProblem
from core.inspection.attention.heads import HeadStatistics, statistics
from core.inspection.attention.weights import attention
from core.progress import Progress, Report, ShouldStop, never, silent

if TYPE_CHECKING:
    from core.inspection.subject import Subject

TEXTS = 20
NAMES = ("entropy_share", "cls", "sep", "itself", "previous", "next")


@dataclass(frozen=True)
class HeadsChanged:
    """Statistics by name, each (L, A), as means over `texts` texts, before and after."""

    before: dict[str, np.ndarray]
    after: dict[str, np.ndarray]
    texts: int

    def change(self, name: str) -> np.ndarray:
        """After minus before (L, A) of one of NAMES."""
        found: np.ndarray = self.after[name] - self.before[name]
        return found

    def rows(self, name: str) -> list[dict[str, Any]]:
        """One row a head: layer and head from 1, before, after, change; the most changed first."""
        rows = [
            {
                "layer": layer + 1, "head": head + 1, "before": float(self.before[name][layer, head]),
                "after": float(self.after[name][layer, head]), "change": float(self.change(name)[layer, head]),
            }
            for layer, head in np.ndindex(*self.before[name].shape)
        ]  # fmt: skip
        return sorted(rows, key=lambda row: -abs(row["change"]))


def heads_changed(
    before: Subject,
    after: Subject,
    texts: Sequence[str],
    *,
    most: int = TEXTS,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> HeadsChanged:
    """Compare all heads over at most so many texts; UserProblem where layers or heads differ in number."""
    shapes = [(each.layers, int(each.facts["heads"])) for each in (before, after)]
    if shapes[0] != shapes[1]:
        told = " and ".join(f"{layers} layers of {heads} heads" for layers, heads in shapes)
        raise UserProblem(
            f"The models have {told}.", "Heads are compared one by one, so their numbers must be equal.",
            "Look at each model under Attention.",
        )  # fmt: skip
    chosen = [text for text in texts if before.read(text).words and after.read(text).words][:most]
    if not chosen:
        raise UserProblem("No text has a word that both models read.", "", "Write a sentence.")
    sums: list[dict[str, np.ndarray]] = [{}, {}]
    for number, text in enumerate(chosen, 1):
        if should_stop():
            raise Stopped("the comparison of heads was stopped")
        for side, subject in enumerate((before, after)):
            found = statistics(attention(subject, subject.read(text)))
            sums[side] = {name: sums[side].get(name, 0) + _of(found, name) / len(chosen) for name in NAMES}
        report(Progress("attention", number, len(chosen)))
    return HeadsChanged(sums[0], sums[1], len(chosen))


def _of(found: HeadStatistics, name: str) -> np.ndarray:
    return found.of(name).astype(np.float64)
