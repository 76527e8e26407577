"""The published rules as they read, one forward a masked piece and no batches, to check the fast ones against."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import torch
import transformers

KINDS = {"bert": "Bert", "roberta": "Roberta", "distilbert": "DistilBert"}


class Plainly:
    """A masked-word model of transformers' own class, asked one sentence at a time."""

    def __init__(self, folder: Path, tokenizer: Any, kind: str = "bert") -> None:
        made = getattr(transformers, f"{KINDS[kind]}ForMaskedLM")
        self.model = made.from_pretrained(str(folder), attn_implementation="eager").eval()
        self.tokenizer = tokenizer

    def ids(self, text: str) -> list[int]:
        """Pieces with the special ones."""
        found: list[int] = self.tokenizer(text)["input_ids"]
        return found

    def bare(self, text: str) -> list[int]:
        """Pieces without."""
        found: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return found

    def log(self, ids: Sequence[int], position: int, target: int) -> float:
        """ln P of a piece at a position."""
        with torch.inference_mode():
            logits = self.model(input_ids=torch.tensor([list(ids)])).logits[0, position]
        return float(torch.log_softmax(logits.double(), dim=0)[target])

    def hidden(self, ids: Sequence[int], position: int) -> float:
        """ln P of the piece that stands there, masked."""
        masked = list(ids)
        masked[position] = self.tokenizer.mask_token_id
        return self.log(masked, position, ids[position])

    def crows(self, first: str, second: str) -> tuple[float, float]:
        """Sum over shared pieces, special ones left out."""
        one, other = self.ids(first), self.ids(second)
        left, right = self._spans(one, other, same=True)
        return sum(self.hidden(one, at) for at in left[1:-1]), sum(self.hidden(other, at) for at in right[1:-1])

    def modified(self, first: str, second: str) -> tuple[float | None, float | None]:
        """Mean over pieces that differ, each masked by itself; None where there is none."""
        one, other = self.ids(first), self.ids(second)
        spans = self._spans(one, other, same=False)
        values = [[self.hidden(ids, at) for at in span] for ids, span in zip((one, other), spans, strict=True)]
        left, right = (sum(each) / len(each) if each else None for each in values)
        return left, right

    def aul(self, text: str) -> tuple[float, float]:
        """AUL and AULA."""
        ids = self.ids(text)
        with torch.inference_mode():
            attention = self.model(input_ids=torch.tensor([ids]), output_attentions=True).attentions
        weight = torch.cat(attention, 0).double().mean(0).mean(0).mean(0)
        logs = [self.log(ids, at, ids[at]) for at in range(1, len(ids) - 1)]
        weighed = [log * float(weight[at]) for at, log in enumerate(logs, start=1)]
        return sum(logs) / len(logs), sum(weighed) / len(logs)

    def blank(self, context: str, pieces: Sequence[int], name: str) -> list[float]:
        """ln P of each piece in place of `name`, the pieces before it in front of the mask."""
        ids, found = self.ids(context.replace(name, self.tokenizer.mask_token)), []
        at = ids.index(self.tokenizer.mask_token_id)
        for number, piece in enumerate(pieces):
            found.append(self.log([*ids[:at], *pieces[:number], *ids[at:]], at + number, piece))
        return found

    def _spans(self, one: list[int], other: list[int], *, same: bool) -> tuple[list[int], list[int]]:
        left: list[int] = []
        right: list[int] = []
        for kind, a, b, c, d in SequenceMatcher(None, one, other).get_opcodes():
            if (kind == "equal") == same:
                left += range(a, b)
                right += range(c, d)
        return left, right
