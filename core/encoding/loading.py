"""Loading a body or a sequence classifier from a folder: safetensors only, from disk only, float32."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.encoding.architectures import architecture
from core.errors import UserProblem

if TYPE_CHECKING:
    from torch.nn import Module


def read_config(folder: Path) -> dict[str, Any]:
    """The folder's config.json as a dict; UserProblem when it is missing or not a JSON object."""
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserProblem(
            "The model folder has no config.json.", "A model in the layout of transformers is wanted."
        ) from None
    except (ValueError, OSError) as problem:
        raise UserProblem(f"The model's config.json cannot be read ({problem}).", "It must be JSON.") from problem
    if not isinstance(config, dict):
        raise UserProblem("The model's config.json is not a JSON object.", "A config of transformers is wanted.")
    return config


def load_body(folder: Path, *, pooler: bool = False) -> Module:
    """The encoder without a head, float32, in eval mode, on the CPU."""
    chosen = architecture(read_config(folder))
    options: dict[str, Any] = {} if not chosen.pooler else {"add_pooling_layer": pooler}
    return _load(chosen.body, folder, **options)


def load_sequence_classifier(
    folder: Path, labels: Sequence[str] | None = None, problem_type: str | None = None
) -> Module:
    """A body with a classification head, float32, in eval mode; with `labels` a new head of that size may be made.

    The caller seeds torch when a new head is made. Without `labels` the folder's own head is loaded.
    """
    chosen = architecture(read_config(folder))
    options: dict[str, Any] = {}
    if labels is not None:
        options = {**label_names(labels), "ignore_mismatched_sizes": True, "problem_type": _problem(problem_type)}
    return _load(chosen.classifier, folder, **options)


def label_names(labels: Sequence[str]) -> dict[str, dict[Any, Any]]:
    """id2label and label2id as transformers writes them."""
    return {"id2label": dict(enumerate(labels)), "label2id": {label: index for index, label in enumerate(labels)}}


def _problem(problem_type: str | None) -> str:
    return "multi_label_classification" if problem_type == "multi_label" else "single_label_classification"


def _load(name: str, folder: Path, **options: Any) -> Module:
    import torch
    import transformers

    kind = getattr(transformers, name)
    try:
        model: Module = kind.from_pretrained(
            str(folder), local_files_only=True, use_safetensors=True, dtype=torch.float32, **options
        )
    except (OSError, ValueError, RuntimeError, KeyError) as problem:
        raise UserProblem(
            f"The model's weights cannot be loaded ({_first_line(problem)}).",
            "Complete safetensors weights that fit config.json are wanted.",
        ) from problem
    return model.eval()


def _first_line(problem: BaseException) -> str:
    lines = str(problem).strip().splitlines()
    return lines[0][:300] if lines else type(problem).__name__
