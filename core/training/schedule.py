"""How the learning rate moves: linear warm-up, then linear decay to zero (Devlin et al. 2019, appendix A.2)."""

from __future__ import annotations


def warmup_steps(share: float, steps: int) -> int:
    """Steps of the warm-up: `share` of all steps in [0, 1), at least one where the share is above zero."""
    return max(1, round(share * steps)) if share > 0 else 0


def rate_factor(step: int, steps: int, warmup: int) -> float:
    """Factor in (0, 1] on the learning rate for `step` of `steps`, counted from 0; `warmup` steps rise to 1."""
    if step < warmup:
        return (step + 1) / (warmup + 1)
    return max(0.0, (steps - step) / max(1, steps - warmup))
