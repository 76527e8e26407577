"""What a foreign model's JSON and tensors may say: known keys and classes, plain tensors, nothing that names code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.encoding.architectures import architecture
from core.errors import UserProblem

FORBIDDEN = {"auto_map", "custom_pipelines", "quantization_config", "custom_code", "trust_remote_code"}
_OUR_KEYS = {
    "_name_or_path", "architectures", "transformers_version", "torch_dtype", "dtype", "gradient_checkpointing",
    "position_embedding_type", "summary_activation", "summary_last_dropout", "summary_type", "summary_use_proj",
    "embedding_size", "model_type", "id2label", "label2id", "num_labels", "problem_type", "use_cache",
    "classifier_dropout", "output_past", "directionality", "pooler_fc_size", "pooler_num_attention_heads",
    "pooler_num_fc_layers", "pooler_size_per_head", "pooler_type", "finetuning_task", "tie_weights_",
    "net_structure_type",
    "num_memory_blocks", "down_scale_factor", "gap_size", "sinusoidal_pos_embds", "is_decoder", "add_cross_attention",
    "tie_word_embeddings", "tie_encoder_decoder", "pruned_heads", "cross_attention_hidden_size",
}  # fmt: skip
_DTYPES = {"F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"}


def scrutinise(folder: Path) -> None:
    """UserProblem at the first thing in JSON or tensors that may not be there; config.json keeps known keys only."""
    for path in sorted(folder.glob("*.json")):
        _check_json(path)
    for path in sorted(folder.glob("*.safetensors")):
        _check_tensors(path)
    if (folder / "config.json").is_file():
        _keep_known(folder / "config.json")


def _check_json(path: Path) -> None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as problem:
        raise UserProblem(
            f"The model's {path.name} is no JSON ({str(problem)[:200]}).", "Whole JSON is wanted."
        ) from None
    if path.name in ("tokenizer.json", "vocab.json", "added_tokens.json", "vectorizers.json"):
        return  # their keys are words
    named = FORBIDDEN & set(_keys(values))
    if named:
        raise UserProblem(
            f"The model's {path.name} has the key {min(named)!r}, which names code or another format.",
            "Plain models of the BERT family are wanted.",
        )


def _keys(values: Any) -> Iterator[str]:
    stack = [values]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            yield from value
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)


def _check_tensors(path: Path) -> None:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "np") as tensors:
            dtypes = {tensors.get_slice(name).get_dtype() for name in tensors.keys()}  # noqa: SIM118
    except (SafetensorError, OSError) as problem:
        raise UserProblem(
            f"The model's {path.name} is damaged ({problem}).", "Whole safetensors are wanted."
        ) from problem
    if dtypes - _DTYPES:
        raise UserProblem(f"The model's {path.name} has tensors of type {min(dtypes - _DTYPES)}.", "Floats are wanted.")


def _keep_known(path: Path) -> None:
    """Drop keys that the architecture's own config does not know: nothing unknown is carried on."""
    import transformers

    config = json.loads(path.read_text(encoding="utf-8"))
    known = _OUR_KEYS | set(getattr(transformers, architecture(config).body).config_class().to_dict())
    kept = {key: value for key, value in config.items() if key in known and not key.startswith("_attn")}
    if kept != config:
        path.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
