"""Predict with this model folder and nothing else of ours: needs torch, transformers and safetensors.

    python predict.py "a text" "another text"        one JSON object a line
    python predict.py --golden                       replays golden.jsonl, exit 1 on a difference above 1e-4

In Python: `from predict import Model; Model().predict(["a text"])` gives one {label: probability} a text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch.nn.functional import normalize
from transformers import AutoModel, AutoModelForSequenceClassification, AutoTokenizer

HERE = Path(__file__).resolve().parent


def read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


class Model:
    """The folder's model in float32; `predict` takes texts and, for pairs, their second texts."""

    def __init__(self) -> None:
        self.about, self.calibration, self.encoding = (
            read("classifier.json"), read("calibration.json"), read("encoding.json"),
        )  # fmt: skip
        self.probe = self.about["kind"] == "probe"
        kind = AutoModel if self.probe else AutoModelForSequenceClassification
        self.model = kind.from_pretrained(HERE, dtype=torch.float32, local_files_only=True).eval()
        self.tokenizer = AutoTokenizer.from_pretrained(HERE, local_files_only=True)
        self.head = load_file(HERE / "head.safetensors") if self.probe else {}

    def predict(self, texts: list[str], pairs: list[str] | None = None) -> list[dict[str, float]]:
        rows = [self.one(text, None if pairs is None else pairs[row]) for row, text in enumerate(texts)]
        return [dict(zip(self.about["labels"], row, strict=True)) for row in rows]

    @torch.inference_mode()
    def one(self, text: str, pair: str | None) -> list[float]:
        inputs = self.tokenizer(
            text, pair, truncation=True, max_length=self.encoding["max_length"], return_tensors="pt",
            return_token_type_ids=getattr(self.model.config, "type_vocab_size", 0) > 1,
        )  # fmt: skip
        logits = self.probed(inputs) if self.probe else self.model(**inputs).logits[0]
        logits = logits.double() / self.calibration["temperature"]
        several = self.about["problem_type"] == "multi_label"
        values: list[float] = (logits.sigmoid() if several else logits.softmax(-1)).tolist()
        return values

    def probed(self, inputs: Any) -> torch.Tensor:
        states = self.model(**inputs, output_hidden_states=True).hidden_states
        states = [state[0] for state in states]
        layer = self.encoding["layer"]
        states = states[: layer + 1 if layer >= 0 else len(states) + 1 + layer]
        vector = POOLINGS[self.encoding["pooling"]](states)
        vector = (vector - self.head["mean"]) / self.head["scale"]
        logits: torch.Tensor = vector @ self.head["weight"].T + self.head["bias"]
        return logits


POOLINGS: dict[str, Callable[[list[torch.Tensor]], torch.Tensor]] = {
    "mean": lambda states: states[-1].mean(0),
    "cls": lambda states: states[-1][0],
    "max": lambda states: states[-1].amax(0),
    "last_four_mean": lambda states: torch.stack(states[-4:]).mean(0).mean(0),
    "last_four_concat": lambda states: torch.cat([normalize(state.mean(0), dim=-1) for state in states[-4:]]),
    "first_last_mean": lambda states: ((states[min(1, len(states) - 1)] + states[-1]) / 2).mean(0),
}


def golden_difference(model: Model) -> float:
    """The largest difference of a probability from those that were stored with the model."""
    rows = [json.loads(line) for line in (HERE / "golden.jsonl").read_text(encoding="utf-8").split("\n") if line]
    differences = []
    for row in rows:
        found = torch.tensor(model.one(row["text"], row.get("text_pair")))
        differences.append(float((found - torch.tensor(row["probabilities"])).abs().max()))
    return max(differences)


def main(arguments: list[str]) -> int:
    model = Model()
    if arguments == ["--golden"]:
        difference = golden_difference(model)
        sys.stdout.write(json.dumps({"max_difference": difference, "passed": difference <= 1e-4}) + "\n")
        return 0 if difference <= 1e-4 else 1
    for text, probabilities in zip(arguments, model.predict(arguments), strict=True):
        sys.stdout.write(json.dumps({"text": text, "probabilities": probabilities}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
