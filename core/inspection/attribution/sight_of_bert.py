"""A text as a BERT classifier sees it: its first `max_length` pieces, special pieces around them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from core.encoding.batched import run
from core.encoding.device import device
from core.encoding.tokenizing import Pieces
from core.errors import Stopped, UserProblem
from core.inference.classifier import Classifier
from core.inspection.attribution import units as scored
from core.inspection.attribution.differentiable import differentiable, positions
from core.inspection.reading import read
from core.progress import Progress, Report, ShouldStop, never, silent

if TYPE_CHECKING:
    import torch

CHUNK = 32  # altered texts between two looks at whether to stop


class SightOfBert:
    """See `Sight`; `reading` are the pieces, `network` gives logits of ids and of embeddings."""

    def __init__(self, classifier: Classifier, text: str, pair: str | None, unit: str) -> None:
        self.classifier, self.kind = classifier, classifier.scorer.kind
        self.network = differentiable(classifier.scorer)
        longest = self.network.max_length
        # Typed "[MASK]" counts as the special piece here, because the classifier itself reads it so.
        self.reading = read(self.network.tokenizer, text, pair, max_length=longest, specials_as_text=False)
        self.texts, self.seen = self.reading.texts, self.reading.seen
        self.pieces = tuple(piece.piece for piece in self.reading.pieces)
        self.unit, self.units = scored.chosen(self.texts, scored.words_of(self.reading), unit)
        self.notes = _notes(self, unit)
        self.logits = self.of([self.reading.ids], [self.reading.types])[0]

    def of(self, ids: Sequence[np.ndarray], types: Sequence[np.ndarray]) -> np.ndarray:
        """Logits (n, C) float64 of rows of ids with their segments."""
        several = self.network.segments and len(self.texts) > 1
        lengths = np.array([len(row) for row in ids], dtype=np.int32)
        padding = self.network.tokenizer.pad_token_id or 0
        pieces = Pieces(list(ids), list(types) if several else None, lengths, np.zeros(len(ids), bool), padding)
        return run(self.network.logits, pieces, len(self.classifier.labels)).astype(np.float64)

    def without(
        self,
        dropped: Sequence[Collection[int]],
        replacement: str = "delete",
        *,
        report: Report = silent,
        should_stop: ShouldStop = never,
        phase: str = "occlusion",
    ) -> np.ndarray:
        """Logits (n, C) float64 of the text without these units; Stopped when asked to stop."""
        rows = [self._altered(units, replacement) for units in dropped]
        found = [np.zeros((0, len(self.classifier.labels)))]
        for start in range(0, len(rows), CHUNK):
            if should_stop() is not None:
                raise Stopped(f"{phase} was stopped after {start} of {len(rows)} altered texts")
            chunk = rows[start : start + CHUNK]
            found.append(self.of([ids for ids, _ in chunk], [types for _, types in chunk]))
            report(Progress(phase, start + len(chunk), len(rows)))
        return np.concatenate(found)

    def _altered(self, units: Collection[int], replacement: str) -> tuple[np.ndarray, np.ndarray]:
        places = [place for number in units for place in self.units[number].pieces]
        ids, types = self.reading.ids.copy(), self.reading.types
        if replacement == "delete":
            return np.delete(ids, places), np.delete(types, places)
        ids[places] = self.special("mask")
        return ids, types

    def special(self, name: str) -> int:
        """Id of the "pad" or "mask" piece; UserProblem where the vocabulary has none."""
        found = getattr(self.network.tokenizer, f"{name}_token_id")
        if found is None:
            raise UserProblem(
                f"The model's vocabulary has no {name} piece.", "", "Let words be deleted, or take zeros as baseline."
            )
        return int(found)

    def function(self, wanted: Any) -> Any:
        """F as a function of word embeddings (B, T, E) -> (B,), the text's positions and segments held fixed."""
        import torch

        ids = self._ids()
        fixed = positions(self.network, ids)
        if self.network.segments and len(self.texts) > 1:
            fixed["token_type_ids"] = torch.from_numpy(self.reading.types.astype(np.int64))[None].to(device())

        def compute(embeddings: torch.Tensor) -> torch.Tensor:
            rows = {name: values.expand(len(embeddings), -1) for name, values in fixed.items()}
            found: torch.Tensor = wanted.of(self.network.logits({"inputs_embeds": embeddings, **rows}))
            return found

        return compute

    def embeddings(self, baseline: str | None = None) -> torch.Tensor:
        """Word embeddings (T, E) of the text, or of its baseline: every piece but the special ones replaced."""
        import torch

        ids, words = self._ids(), torch.tensor([not piece.special for piece in self.reading.pieces], device=device())
        table = self.network.body.get_input_embeddings()
        with torch.no_grad():
            if baseline in ("pad", "mask"):
                ids = torch.where(words, torch.full_like(ids, self.special(baseline)), ids)
            rows: torch.Tensor = table(ids)[0].detach().clone()
            return rows * ~words[:, None] if baseline == "zero" else rows

    def _ids(self) -> torch.Tensor:
        import torch

        return torch.from_numpy(self.reading.ids.astype(np.int64))[None].to(device())


def _notes(sight: SightOfBert, asked: str) -> tuple[str, ...]:
    """What a reader must know about this text before looking at any score."""
    found = []
    if sight.reading.truncated:
        found.append(
            f"The classifier reads {len(sight.pieces)} pieces and no more; what stands behind them had no influence."
        )
    if asked == "auto" and sight.unit == "sentence":
        found.append(f"The text has more than {scored.MOST_WORDS} words, so sentences are scored, not words.")
    unknown = sum(piece.unknown for piece in sight.reading.pieces)
    if unknown:
        found.append(
            f"Read as [UNK]: {unknown} of {len(sight.pieces)} pieces. These characters look the same to the classifier."
        )
    if any(sight.reading.lost):
        found.append("Some characters are dropped by the tokenizer before the classifier reads the text.")
    if len(sight.units) == 1:
        found.append(f"There is one {sight.unit} only: it has nothing to be compared with.")
    return tuple(found)
