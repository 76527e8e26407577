"""A fine-tuned BERT with its classification head, in the layout that transformers' Auto classes load."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from core.encoding.architectures import longest_input
from core.encoding.batched import run
from core.encoding.copies import PrecisionCopies
from core.encoding.distinct import distinct
from core.encoding.loading import label_names, load_sequence_classifier, read_config
from core.encoding.tokenizing import load_tokenizer, tokenize
from core.inference.scorer import Logits, PrecisionName

SETTINGS = "encoding.json"  # what transformers' files have no place for


class SequenceScorer:
    """`model` is a ...ForSequenceClassification of the BERT family; it is put into eval mode and not changed."""

    kind: ClassVar[str] = "sequence"

    def __init__(self, model: Any, tokenizer: Any, max_length: int = 128) -> None:
        self.model, self.tokenizer, self.max_length = model, tokenizer, max_length
        self._copies = PrecisionCopies(model)
        self._types = getattr(model.config, "type_vocab_size", 0) > 1

    def logits(
        self, texts: Sequence[str], pairs: Sequence[str] | None = None, *, precision: PrecisionName = "float32"
    ) -> Logits:
        """Logits of each text; equal texts are computed once."""
        firsts, seconds, inverse = distinct(texts, pairs)
        pieces = tokenize(self.tokenizer, firsts, seconds, self.max_length)
        if not self._types:
            pieces = pieces.without_types()
        module = self._copies.get(precision)
        values = run(lambda batch: module(**batch).logits, pieces, int(self.model.config.num_labels))
        return Logits(values[inverse], pieces.lengths[inverse], pieces.truncated[inverse])

    def save(self, folder: Path, labels: Sequence[str], problem_type: str) -> None:
        """config.json with id2label, model.safetensors, tokenizer.json, as transformers' Auto classes want them."""
        for name, value in label_names(labels).items():
            setattr(self.model.config, name, value)
        self.model.config.problem_type = f"{problem_type}_classification"
        self.model.save_pretrained(str(folder))
        self.tokenizer.save_pretrained(str(folder))
        (folder / SETTINGS).write_text(json.dumps({"max_length": self.max_length}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> SequenceScorer:
        """From a folder of ours or of plain transformers, where the longest input is the model's own, at most 512."""
        path = folder / SETTINGS
        settings = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        tokenizer = load_tokenizer(folder)
        longest = min(longest_input(read_config(folder)), tokenizer.model_max_length, 512)
        return cls(load_sequence_classifier(folder), tokenizer, int(settings.get("max_length", longest)))
