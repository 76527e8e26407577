"""Random models of two small layers as subjects, one architecture each."""

from __future__ import annotations

from pathlib import Path

import torch

from core.inspection.subject import Subject
from tests.core.encoding.tiny_models import config, save_tokenizer, tiny_body


def subject(folder: Path, kind: str = "bert") -> Subject:
    """A tiny subject; "narrow" is an ELECTRA whose input embedding is narrower than its states."""
    if kind != "narrow":
        return Subject(tiny_body(folder, kind))
    import transformers

    save_tokenizer(folder, "electra")
    torch.manual_seed(0)
    made = config("electra")
    made.embedding_size = 16
    transformers.ElectraModel(made).save_pretrained(str(folder))
    return Subject(folder)
