"""BERT with its pre-training heads: from a model folder, or from scratch.

Source: Devlin et al. 2019, section 3.1. A sentence encoder such as the bundled one comes without a masked-word head, so
it gets a fresh one: the decoder is tied to the word embeddings and the transform starts as the identity, which makes
the first logits products of the token vectors with the words' own vectors (`start_near_identity`).

Unusual: a layer that only averages (core/encoding/averaging.py) is taken off, because masked words cannot be told from
a mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from core.encoding import loading
from core.encoding.averaging import drop_averaging_layer
from core.encoding.base_models import tensor_names
from core.errors import UserProblem

ENCODER, MASKED_HEAD, PAIR_HEAD = "encoder", "masked-word head", "pair head"
TRANSFORM = "cls.predictions.transform.dense.weight"
PAIRING = "cls.seq_relationship.weight"
POOLER = "pooler.dense.weight"
SHIFT = 4.0  # what the transform adds to vectors, to where GELU is the identity


@dataclass(frozen=True)
class Preset:
    """The shape of a model from scratch: L layers, H hidden, A heads; the feed-forward part is four times as wide."""

    layers: int
    hidden: int
    heads: int

    def parameters(self, vocabulary: int, *, pair_head: bool = True, positions: int = 512) -> int:
        """Number of weights with a masked-word head (tied weights once) and, with `pair_head`, pooler and pair head."""
        h = self.hidden
        embeddings = (vocabulary + positions + 2) * h + 2 * h
        layer = 4 * (h * h + h) + 2 * h + 2 * 4 * h * h + 5 * h + 2 * h
        masked = h * h + 3 * h + vocabulary
        return embeddings + self.layers * layer + masked + (h * h + h + 2 * h + 2 if pair_head else 0)


PRESETS: Mapping[str, Preset] = {
    "tiny": Preset(2, 128, 2),
    "mini": Preset(4, 256, 4),
    "small": Preset(6, 384, 6),
}


@dataclass(frozen=True)
class Loaded:
    """A BertForPreTraining or BertForMaskedLM in eval mode, float32, on the CPU; `fresh` names what is untrained."""

    model: Any
    fresh: tuple[str, ...]


def load_for_pretraining(folder: Path, *, pair_head: bool, seed: int) -> Loaded:
    """The model in `folder` with a masked-word head and, with `pair_head`, a pair head; UserProblem if not plain BERT.

    What the folder lacks is made from `seed`; torch's own random state stays as it is.
    """
    kind = loading.read_config(folder).get("model_type")
    if kind != "bert":
        raise UserProblem(
            f"The model is of type {kind!r}; only plain BERT (model_type 'bert') can be pre-trained here."
        )
    names = tensor_names(folder)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model: Any = loading.load(_class(pair_head), folder, ("cls", "pooler"))
    drop_averaging_layer(model.bert)
    fresh = (() if _has(names, TRANSFORM) else (MASKED_HEAD,)) + (
        (PAIR_HEAD,) if pair_head and not (_has(names, PAIRING) and _has(names, POOLER)) else ()
    )
    if MASKED_HEAD in fresh:
        start_near_identity(model)
    return Loaded(model, fresh)


def from_scratch(
    preset: str, vocabulary: int, seed: int, *, pair_head: bool = True, positions: int = 512, pad_id: int = 0
) -> Loaded:
    """A random BERT of a preset's shape, as Devlin et al. 2019 start theirs (normal, 0.02); all of it is fresh."""
    import transformers

    if preset not in PRESETS:
        raise UserProblem(f"There is no size {preset!r}.", f"Sizes are: {', '.join(PRESETS)}.")
    shape = PRESETS[preset]
    config = transformers.BertConfig(
        vocab_size=vocabulary, hidden_size=shape.hidden, num_hidden_layers=shape.layers, pad_token_id=pad_id,
        num_attention_heads=shape.heads, intermediate_size=4 * shape.hidden, max_position_embeddings=positions,
    )  # fmt: skip
    config._attn_implementation = "sdpa"
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = getattr(transformers, _class(pair_head))(config).eval()
    return Loaded(model, (ENCODER, MASKED_HEAD, *((PAIR_HEAD,) if pair_head else ())))


def has_trained_pair_head(folder: Path) -> bool:
    """Whether the folder's weights hold a pair head."""
    return _has(tensor_names(folder), PAIRING)


def start_near_identity(model: Any) -> None:
    """Make the transform of the masked-word head hand token vectors on unchanged, but for their mean and size.

    LayerNorm(GELU(h + SHIFT)): behind the shift GELU is the identity, and the layer norm takes the shift away again.
    Ahead of a random transform for hundreds of steps (docs/pretraining_proof.md); smaller norms were tried and are not.
    """
    transform = model.cls.predictions.transform
    with torch.no_grad():
        torch.nn.init.eye_(transform.dense.weight)
        torch.nn.init.constant_(transform.dense.bias, SHIFT)
        torch.nn.init.ones_(transform.LayerNorm.weight)
        torch.nn.init.zeros_(transform.LayerNorm.bias)


def start_at_frequencies(model: Any, counts: torch.Tensor) -> None:
    """Set the decoder's bias to the log frequencies of pieces (V,), one occurrence added to each, mean 0.

    For fresh heads: they then begin with what is known of how common words are, instead of learning that first. Counts
    are those of core/pretraining/vocabulary_counts.py.
    """
    logs = torch.log(counts.double() + 1)
    with torch.no_grad():
        model.cls.predictions.bias.copy_((logs - logs.mean()).to(model.cls.predictions.bias))


def _class(pair_head: bool) -> str:
    return "BertForPreTraining" if pair_head else "BertForMaskedLM"


def _has(names: set[str], tensor: str) -> bool:
    return bool({tensor, f"bert.{tensor}"} & names)
