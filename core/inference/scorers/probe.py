"""A frozen BERT with a linear head on its pooled vectors: logits = ((x - mean) / scale) W^T + b.

The body lies in the folder as transformers saves it (AutoModel loads it), the head beside it in head.safetensors.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np

from core.encoding.base_models import tokenizer_files, weight_files
from core.encoding.encoder import Encoder
from core.encoding.loading import label_names, read_config
from core.errors import UserProblem
from core.inference.scorer import Logits, PrecisionName

HEAD, SETTINGS = "head.safetensors", "encoding.json"


class ProbeScorer:
    """`weight` (C, H), `bias` (C,), and, where the vectors were standardised, `mean` (H,) and `scale` (H,)."""

    kind: ClassVar[str] = "probe"

    def __init__(
        self,
        encoder: Encoder,
        weight: np.ndarray,
        bias: np.ndarray,
        mean: np.ndarray | None = None,
        scale: np.ndarray | None = None,
    ) -> None:
        self.encoder = encoder
        self.weight, self.bias = _float32(weight), _float32(bias)
        width = self.weight.shape[1]
        self.mean = _float32(np.zeros(width) if mean is None else mean)
        self.scale = _float32(np.ones(width) if scale is None else scale)

    def logits(
        self, texts: Sequence[str], pairs: Sequence[str] | None = None, *, precision: PrecisionName = "float32"
    ) -> Logits:
        """Logits of each text; equal texts are encoded once, the head always runs in float32."""
        encoded = self.encoder.encode(texts, pairs, precision=precision)
        return Logits(self.head(encoded.vectors), encoded.tokens, encoded.truncated)

    def head(self, vectors: np.ndarray) -> np.ndarray:
        """Vectors (n, H) to logits (n, C), float32."""
        logits: np.ndarray = ((vectors - self.mean) / self.scale) @ self.weight.T + self.bias
        return _float32(logits)

    def save(self, folder: Path, labels: Sequence[str], problem_type: str) -> None:
        """The body's own files, config.json with id2label, head.safetensors and encoding.json."""
        from safetensors.numpy import save_file

        source = self.encoder.folder
        for path in (*weight_files(source), *tokenizer_files(source)):
            shutil.copyfile(path, folder / path.name)
        names = {"problem_type": f"{problem_type}_classification", **label_names(labels)}
        _write(folder / "config.json", {**read_config(source), **names})
        tensors = {"weight": self.weight, "bias": self.bias, "mean": self.mean, "scale": self.scale}
        save_file(tensors, folder / HEAD)
        encoder = self.encoder
        _write(
            folder / SETTINGS,
            {"pooling": encoder.pooling, "layer": encoder.layer, "max_length": encoder.max_length},
        )

    @classmethod
    def load(cls, folder: Path) -> ProbeScorer:
        """From a folder that `save` wrote; UserProblem when the head does not fit the body."""
        from safetensors.numpy import load_file

        settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        encoder = Encoder(folder, settings["pooling"], int(settings["layer"]), int(settings["max_length"]))
        head = load_file(folder / HEAD)
        if head["weight"].shape[1] != encoder.hidden_size:
            raise UserProblem(
                f"The model's head takes vectors of {head['weight'].shape[1]} dimensions.",
                f"Its body gives {encoder.hidden_size}.",
            )
        return cls(encoder, head["weight"], head["bias"], head["mean"], head["scale"])


def _float32(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values, dtype=np.float32)


def _write(path: Path, values: object) -> None:
    path.write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
