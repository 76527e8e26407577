"""The last linear layer of a classifier, the vectors that it reads, and the same classifier with another such layer.

A probe reads its pooled vectors, standardised. A fine-tuned BERT reads what its pooler hands on. Both give
logits = z W^T + b of z (n, H), so whatever is done to z linearly can be folded into W: the folder still loads with
plain transformers, and nothing else has to be computed when it predicts.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import Stopped, UserProblem
from core.inference.scorer import Scorer
from core.progress import ShouldStop, never

CHUNK = 512


@dataclass(frozen=True)
class Readout:
    """A scorer with `weight` (C, H) and `bias` (C,) float64 of its last linear layer; `place` names it in a BERT."""

    scorer: Any
    weight: np.ndarray
    bias: np.ndarray
    place: str = ""

    def vectors(
        self, texts: Sequence[str], pairs: Sequence[str] | None = None, should_stop: ShouldStop = never
    ) -> np.ndarray:
        """What the layer reads (n, H) float64, always in float32 precision."""
        parts = [np.zeros((0, self.weight.shape[1]))]
        for start in range(0, len(texts), CHUNK):
            if should_stop() is not None:
                raise Stopped
            part = slice(start, start + CHUNK)
            parts.append(self._read(texts[part], None if pairs is None else pairs[part]).astype(np.float64))
        return np.concatenate(parts)

    def with_head(self, weight: np.ndarray, bias: np.ndarray) -> Scorer:
        """The same scorer with another last layer, (C, H) and (C,)."""
        if self.scorer.kind == "probe":
            from core.inference.scorers.probe import ProbeScorer

            return ProbeScorer(self.scorer.encoder, weight, bias, self.scorer.mean, self.scorer.scale)
        import torch

        from core.inference.scorers.sequence import SequenceScorer

        model = copy.deepcopy(self.scorer.model)
        layer = model.get_submodule(self.place)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(np.asarray(weight)))
            layer.bias.copy_(torch.from_numpy(np.asarray(bias)))
        return SequenceScorer(model, self.scorer.tokenizer, self.scorer.max_length)

    def _read(self, texts: Sequence[str], pairs: Sequence[str] | None) -> np.ndarray:
        scorer = self.scorer
        if scorer.kind == "probe":
            found = scorer.encoder.encode(texts, pairs, precision="float32").vectors
            return np.asarray((found - scorer.mean) / scorer.scale)
        from core.encoding.batched import run
        from core.encoding.distinct import distinct
        from core.encoding.tokenizing import tokenize

        firsts, seconds, inverse = distinct(texts, pairs)
        pieces = tokenize(scorer.tokenizer, firsts, seconds, scorer.max_length)
        if not getattr(scorer.model.config, "type_vocab_size", 0) > 1:
            pieces = pieces.without_types()
        seen: list[Any] = []
        layer = scorer.model.get_submodule(self.place)
        hook = layer.register_forward_pre_hook(lambda _, given: seen.append(given[0]))

        def compute(batch: dict[str, Any]) -> Any:
            scorer.model(**batch)
            return seen.pop()

        try:
            return np.asarray(run(compute, pieces, self.weight.shape[1])[inverse])
        finally:
            hook.remove()


def readout(scorer: Any) -> Readout:
    """The last linear layer of a scorer; UserProblem where it has none that reads a vector."""
    if scorer.kind == "probe":
        return Readout(scorer, scorer.weight.astype(np.float64), scorer.bias.astype(np.float64))
    if scorer.kind == "sequence":
        place, layer = _last(scorer.model)
        weight, bias = (part.detach().cpu().double().numpy() for part in (layer.weight, layer.bias))
        return Readout(scorer, weight, bias, place)
    raise UserProblem(
        "The classifier counts words; there is no vector to change.", "A BERT with a linear head is wanted.",
        "Choose another classifier.",
    )  # fmt: skip


def _last(model: Any) -> tuple[str, Any]:
    import torch

    found = [
        (name, module) for name, module in model.named_modules()
        if name.startswith("classifier") and isinstance(module, torch.nn.Linear)
        and module.out_features == model.config.num_labels and module.bias is not None
    ]  # fmt: skip
    if not found:
        raise UserProblem("The classifier's last layer is not linear.", "A linear head is wanted.")
    return found[-1]
