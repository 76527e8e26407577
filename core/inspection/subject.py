"""A model folder that is looked into: its tokenizer, its body, and the same body with attention that can be read.

Unusual: the layer that only averages (core/encoding/averaging.py) is taken off, because it is a way of pooling and no
layer of BERT. transformers' fast attention hands out no weights (an empty tuple), so attention is read from a second
body that shares the first one's parameters and computes attention step by step.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from core.encoding import base_models
from core.encoding.averaging import drop_averaging_layer
from core.encoding.loading import load_body, read_config
from core.encoding.tokenizing import load_tokenizer
from core.errors import UserProblem
from core.inspection.eager import eager
from core.inspection.reading import Reading, read


class Subject:
    """A model of the BERT family in a folder; nothing is loaded before it is asked for.

    Layers are numbered as transformers does: 0 is the embeddings' sum behind its norm, l the output of block l of
    `layers`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        if not (self.folder / "config.json").is_file():
            raise UserProblem(
                "This model has no BERT inside.", "Vectors, attention and pieces are read from a BERT.",
                "Choose another model; a word count can be looked at on its own page.",
            )  # fmt: skip
        self.facts = base_models.describe(self.folder)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what it computes."""
        return base_models.digest(self.folder)

    @cached_property
    def tokenizer(self) -> Any:
        """The folder's own tokenizer."""
        return load_tokenizer(self.folder)

    @property
    def max_length(self) -> int:
        """Most pieces of one input, specials included."""
        return int(self.tokenizer.model_max_length)

    @cached_property
    def body(self) -> Any:
        """The encoder, float32, in eval mode, its parameters frozen."""
        body = load_body(self.folder)
        drop_averaging_layer(body)
        return body.requires_grad_(False)

    @cached_property
    def readable(self) -> Any:
        """The same weights in a body that hands out attention."""
        return eager(self.body)

    @property
    def layers(self) -> int:
        """Number of blocks L; there are L + 1 hidden states."""
        return int(getattr(self.body.config, "num_hidden_layers", 0) or self.body.config.n_layers)

    @property
    def hidden(self) -> int:
        """Width H of a hidden state."""
        return int(self.facts["hidden_size"])

    @cached_property
    def segments(self) -> bool:
        """Whether the model tells a second text by its segment."""
        return int(read_config(self.folder).get("type_vocab_size", 0) or 0) > 1

    @property
    def embedding_width(self) -> int:
        """Width E of an input embedding: H, or less where the model maps it up (ELECTRA, ALBERT)."""
        return int(self.body.get_input_embeddings().weight.shape[1])

    def read(self, text: str, pair: str | None = None, *, specials_as_text: bool = True) -> Reading:
        """How this model reads a text, or a pair."""
        longest = self.max_length
        return read(self.tokenizer, text, pair, max_length=longest, specials_as_text=specials_as_text)

    def static(self, ids: np.ndarray) -> np.ndarray:
        """Rows (n, E) float32 of the input embedding: the vector of a piece before it has a context."""
        import torch

        rows = self.body.get_input_embeddings()(torch.from_numpy(np.asarray(ids, dtype=np.int64)))
        return np.asarray(rows.float().numpy())
