"""Loading a body or a sequence classifier from a folder: safetensors only, from disk only, float32."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.encoding.architectures import architecture
from core.errors import UserProblem

if TYPE_CHECKING:
    from torch.nn import Module

HEADS = ("classifier", "pre_classifier", "pooler")  # what a body may lack when it gets a new head


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
    return load(chosen.body, folder, (), **options)


def load_sequence_classifier(
    folder: Path, labels: Sequence[str] | None = None, problem_type: str | None = None
) -> Module:
    """A body with a classification head, float32, in eval mode; with `labels` a new head of that size may be made.

    The caller seeds torch when a new head is made. Without `labels` the folder's own head is loaded.
    """
    chosen = architecture(read_config(folder))
    if labels is None:
        return load(chosen.classifier, folder, ())
    names = {**label_names(labels), "ignore_mismatched_sizes": True, "problem_type": _problem(problem_type)}
    return load(chosen.classifier, folder, HEADS, **names)


def label_names(labels: Sequence[str]) -> dict[str, dict[Any, Any]]:
    """id2label and label2id as transformers writes them."""
    return {"id2label": dict(enumerate(labels)), "label2id": {label: index for index, label in enumerate(labels)}}


def _problem(problem_type: str | None) -> str:
    return "multi_label_classification" if problem_type == "multi_label" else "single_label_classification"


def load(name: str, folder: Path, may_be_new: tuple[str, ...] = (), **options: Any) -> Module:
    """The transformers class `name` from a folder, float32, in eval mode; only `may_be_new` parts may be missing.

    What is missing comes from torch's random state, which the caller seeds. UserProblem for weights that do not fit.
    """
    import torch
    import transformers
    from safetensors import SafetensorError

    _quiet()
    kind = getattr(transformers, name)
    try:
        model, info = kind.from_pretrained(
            str(folder),
            local_files_only=True,
            use_safetensors=True,
            dtype=torch.float32,
            output_loading_info=True,
            **options,
        )
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as problem:
        raise UserProblem(
            f"The model's weights cannot be loaded ({_first_line(problem)}).",
            "Complete safetensors weights that fit config.json are wanted.",
        ) from problem
    _check_complete(info["missing_keys"], may_be_new)
    loaded: Module = model.eval()
    return loaded


def _check_complete(missing: Iterable[str], may_be_new: tuple[str, ...]) -> None:
    """transformers fills what is missing with random numbers and goes on; only a new head may be made so."""
    lost = sorted(key for key in missing if not any(part in may_be_new for part in key.split(".")))
    if lost:
        raise UserProblem(
            f"The model's weights lack {len(lost)} of the tensors that config.json asks for, such as {lost[0]!r}.",
            "Complete weights are wanted.",
        )


def _quiet() -> None:
    """No bars and reports of transformers: what matters in them is checked here."""
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def _first_line(problem: BaseException) -> str:
    lines = str(problem).strip().splitlines()
    return lines[0][:300] if lines else type(problem).__name__
