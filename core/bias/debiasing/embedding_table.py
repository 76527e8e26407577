"""The input embedding of a BERT as a table of words of one piece, and a copy of its folder with other rows in it.

The changed rows go into model.safetensors under the tensor's own name, so plain transformers loads the folder. A
masked-word head shares the table: where its weights lie in the file a second time, they get the same rows.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np

from core.encoding.base_models import weight_files
from core.errors import UserProblem

ENDING = "word_embeddings.weight"


def words(tokenizer: Any) -> dict[str, int]:
    """Word -> id of every piece of letters that is a whole word: the tokenizer reads it as this one piece."""
    found = {text: number for text, number in tokenizer.get_vocab().items() if text.isalpha()}
    names = sorted(found, key=lambda name: found[name])
    ids = tokenizer(names, add_special_tokens=False)["input_ids"] if names else []
    return {name: found[name] for name, read in zip(names, ids, strict=True) if list(read) == [found[name]]}


def table(folder: Path) -> np.ndarray:
    """The input embedding (V, E) float64; UserProblem where it is not in the files."""
    from safetensors.torch import load_file

    for path in _files(folder):
        for name, tensor in load_file(path).items():
            if name.endswith(ENDING):
                return np.asarray(tensor.double().numpy())
    raise UserProblem(
        "The model's files name no input embedding.", f"A tensor that ends with {ENDING} is wanted.",
        "Choose another model.",
    )  # fmt: skip


def copy_with(folder: Path, rows: np.ndarray, out: Path) -> tuple[str, ...]:
    """Copy the folder with `rows` (V, E) as its input embedding; the names of the tensors that were changed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in _files(folder):
            target = out / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    old = table(folder)
    return tuple(name for path in _files(folder) for name in _written(path, old, rows, out / path.name))


def _written(path: Path, old: np.ndarray, rows: np.ndarray, target: Path) -> list[str]:
    import torch
    from safetensors.torch import load_file, save_file

    tensors, changed = load_file(path), []
    for name, tensor in tensors.items():
        if name.endswith(ENDING) or (name.endswith("decoder.weight") and _equal(tensor, old)):
            tensors[name] = torch.from_numpy(rows).to(tensor.dtype).contiguous()
            changed.append(name)
    save_file(tensors, target, metadata={"format": "pt"})
    return changed


def _equal(tensor: Any, old: np.ndarray) -> bool:
    return tuple(tensor.shape) == old.shape and bool(np.array_equal(tensor.double().numpy(), old))


def _files(folder: Path) -> list[Path]:
    return [path for path in weight_files(folder) if path.suffix == ".safetensors"]
