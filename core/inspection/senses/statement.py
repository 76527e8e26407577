"""What a sense curve says, in sentences: the best layer with its interval, and what it cannot be told apart from."""

from __future__ import annotations

from collections.abc import Sequence

from core.inspection.senses.curve import Best, SenseCurve
from core.inspection.senses.nearest import CENTROID
from core.inspection.senses.vectors import CONTEXT, FREQUENT, SENTENCE, STATIC

CONTROL_WORDS = {
    STATIC: "the static row",
    CONTEXT: "the other words alone (context-only)",
    SENTENCE: "the sentence vector",
    FREQUENT: "the most frequent sense",
}


def statement(curve: SenseCurve, rule: str = CENTROID) -> tuple[str, ...]:
    """The sentences, the best layer first."""
    best = curve.best[rule]
    share = best.score.accuracy
    same = f", the same at {layers(best.equal)}" if best.equal else ""
    told = [
        f"Best by {rule}: {best.score.name} with {share.value:.3f} right (95 % interval {share.low:.3f} to "
        f"{share.high:.3f}, {best.score.n} sentences, each left out in turn){same}."
    ]
    near = [each.name for each in best.layers if not each.apart and each.name not in best.equal]
    if near:
        told.append(f"These sentences cannot tell it apart from {layers(near)}.")
    return (*told, *_controls(best))


def _controls(best: Best) -> list[str]:
    same = [CONTROL_WORDS[each.name] for each in best.controls if not each.apart]
    below = [CONTROL_WORDS[each.name] for each in best.controls if each.apart and (each.difference.value or 0) < 0]
    above = [CONTROL_WORDS[each.name] for each in best.controls if each.apart and (each.difference.value or 0) > 0]
    told = [f"It is better than {listed(below)}."] if below else []
    told += [f"It is worse than {listed(above)}."] if above else []
    if same:
        told.append(f"It cannot be told apart from {listed(same)}, so nothing here shows that the layer knows more.")
    return told


def layers(names: Sequence[str]) -> str:
    """Names such as "layer 2" together: "layers 2, 3 and 4"."""
    numbers = [name.removeprefix("layer ") for name in names]
    return f"layer{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def listed(names: Sequence[str]) -> str:
    """Names as words: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
