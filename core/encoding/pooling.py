"""Ways to make one vector of a text's token vectors, by name.

Shapes: B texts, T pieces, H hidden, L layers. Sources: cls and layer sums, Devlin et al. 2019, sections 3.2 and 5.3;
mean and max, Reimers and Gurevych 2019, section 3; first and last layer, Li et al. 2020, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import UserProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch

    States = Sequence[torch.Tensor]


@dataclass(frozen=True)
class Pooling:
    """A named pooling: `pool(states, mask)` takes layer outputs (B, T, H) each and mask (B, T); gives (B, W).

    W is H, or for vectors of several layers side by side H times as many as there are, at most `parts`.
    """

    name: str
    title: str
    pool: Callable[[States, torch.Tensor], torch.Tensor]
    all_layers: bool = False  # needs the hidden states below the chosen one
    parts: int = 1

    def width(self, hidden: int, layer: int) -> int:
        """W for a model of width `hidden` whose `layer` (0 the embeddings) is pooled."""
        return hidden * min(self.parts, layer + 1)


def _cls(states: States, mask: torch.Tensor) -> torch.Tensor:
    return states[-1][:, 0]


def _mean(states: States, mask: torch.Tensor) -> torch.Tensor:
    return _mean_of(states[-1], mask)


def _max(states: States, mask: torch.Tensor) -> torch.Tensor:
    return states[-1].masked_fill(mask[..., None] == 0, float("-inf")).amax(dim=1)


def _last_four_mean(states: States, mask: torch.Tensor) -> torch.Tensor:
    return _mean_of(sum(states[-4:][1:], start=states[-4:][0]) / len(states[-4:]), mask)


def _last_four_concat(states: States, mask: torch.Tensor) -> torch.Tensor:
    import torch

    means = [_mean_of(state, mask) for state in states[-4:]]
    return torch.cat([torch.nn.functional.normalize(mean, dim=-1) for mean in means], dim=-1)


def _first_last_mean(states: States, mask: torch.Tensor) -> torch.Tensor:
    return _mean_of((states[min(1, len(states) - 1)] + states[-1]) / 2, mask)


def _mean_of(values: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    weights = mask[..., None].to(values.dtype)
    return (values * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1)


POOLINGS: Mapping[str, Pooling] = {
    pooling.name: pooling
    for pooling in (
        Pooling("mean", "Mean of the token vectors", _mean),
        Pooling("cls", "Vector of the first piece, [CLS]", _cls),
        Pooling("max", "Largest value of each dimension over the tokens", _max),
        Pooling("last_four_mean", "Mean of the tokens over the last four layers", _last_four_mean, all_layers=True),
        Pooling(
            "last_four_concat",
            "Means of the last four layers, each of length 1, side by side",
            _last_four_concat,
            all_layers=True,
            parts=4,
        ),  # fmt: skip
        Pooling("first_last_mean", "Mean of the tokens of first and last layer", _first_last_mean, all_layers=True),
    )
}


def pooling(name: str) -> Pooling:
    """The pooling of that name; UserProblem names the ones there are."""
    if name not in POOLINGS:
        raise UserProblem(f"There is no pooling {name!r}.", f"Poolings are: {', '.join(POOLINGS)}.")
    return POOLINGS[name]
