"""What the numbers say, in sentences that crown no noise."""

from __future__ import annotations

from collections.abc import Sequence

from core.evaluation.intervals import Interval
from core.inspection.probing.result import METRICS, Probing

NOTABLE = 0.05


def verdicts(found: Probing, metric: str = "accuracy") -> tuple[str, ...]:
    """Best layer, layers that cannot be told from it, the luck in it, the static vectors, the control task."""
    return (_best(found, metric), _luck(found, metric), _static(found, metric), _control(found))


def _best(found: Probing, metric: str) -> str:
    best = found.best[metric]
    told = f"{METRICS[metric]} is highest at layer {best.layer}: {_with(found.layers[best.layer].metric(metric))} on "
    told += f"{found.rows['test']:,} test rows."
    if not best.alike:
        return f"{told} Every other layer is worse by more than chance explains."
    if len(best.alike) == len(found.layers) - 1:
        return f"{told} These rows cannot tell any other layer from it, so none can be called best."
    return f"{told} These rows cannot tell it from layer{'s' if len(best.alike) > 1 else ''} {listed(best.alike)}."


def _luck(found: Probing, metric: str) -> str:
    best = found.best[metric]
    told = "The best of several layers is a little too good by luck."
    if best.validated == best.layer:
        return f"{told} The validation rows name the same layer."
    score = found.layers[best.validated].metric(metric)
    return f"{told} The validation rows, which had no part in the scores, name layer {best.validated}: {_with(score)}."


def _static(found: Probing, metric: str) -> str:
    best, gain = found.best[metric], found.best[metric].over_static
    value = found.static.metric(metric).value
    told = f"The mean of static word vectors gets {value:.3f}"
    if gain.low is not None and gain.low > 0:
        return f"{told}: layer {best.layer} is better by {_signed(gain)}, which the layers add to the words alone."
    return f"{told}; layer {best.layer} differs by {_signed(gain)}: no gain over the words alone can be shown here."


def _control(found: Probing) -> str:
    best = found.best["accuracy"].layer
    score = found.layers[best]
    told = (
        f"Random labels that hang on the {found.control_place} word are got right in {score.control.value:.3f} of test "
        f"rows at layer {best} (always the commonest: {found.control_majority:.3f}); selectivity is "
        f"{_with(score.selectivity)}."
    )
    assert score.selectivity.value is not None
    if score.selectivity.value < NOTABLE:
        return f"{told} So small a difference means that the probe may have learnt by heart."
    return told


def listed(layers: Sequence[int]) -> str:
    """Numbers as people read them: "0 to 3 and 5"."""
    runs: list[list[int]] = []
    for layer in layers:
        if runs and layer == runs[-1][-1] + 1:
            runs[-1].append(layer)
        else:
            runs.append([layer])
    words = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _with(metric: Interval) -> str:
    return f"{metric.value:.3f} ({metric.low:.3f} to {metric.high:.3f})"


def _signed(metric: Interval) -> str:
    return f"{metric.value:+.3f} ({metric.low:+.3f} to {metric.high:+.3f})"
