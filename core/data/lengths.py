"""How long texts are in the chosen model's pieces, and how well its vocabulary knows them.

Each distinct text (or pair) is tokenized once, in bulk, by the `tokenizers` library alone; beyond 50,000 distinct texts
a seeded sample of that size is measured, and the report says so. Columns added to the draft, NaN where not measured:
pieces (special tokens included), words (of letters, unknown ones included), broken (share of these words that are
unknown or fall into several pieces, in [0, 1]; needs a WordPiece vocabulary), unknown (unknown pieces).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from core.data.canonical import PAIR_JOINT, joined
from core.data.draft import Draft
from core.errors import UserProblem
from core.progress import Progress, Report, silent

MEASURED = 50_000
BATCH_TEXTS, BATCH_CHARACTERS = 2_000, 1_000_000
BINS = 32


class Yardstick:
    """A tokenizer prepared for counting: pieces, words, broken words, unknown pieces."""

    def __init__(self, path: Path) -> None:
        try:
            self.tokenizer = Tokenizer.from_file(str(path))
        except Exception as problem:  # noqa: BLE001 - the library raises bare Exception
            raise UserProblem(f"The tokenizer {path.name} cannot be read: {problem}") from problem
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.wordpiece = isinstance(self.tokenizer.model, WordPiece)
        self._sort_vocabulary()

    def _sort_vocabulary(self) -> None:
        vocabulary = self.tokenizer.get_vocab()
        size = max(vocabulary.values(), default=0) + 1
        prefix = str(self.tokenizer.model.continuing_subword_prefix or "") if self.wordpiece else ""
        self.continues, self.letters = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        self.special = np.zeros(size, dtype=bool)
        for piece, number in vocabulary.items():
            self.continues[number] = bool(prefix) and piece.startswith(prefix)
            self.letters[number] = piece.removeprefix(prefix).isalpha()
        unknown = getattr(self.tokenizer.model, "unk_token", None)
        self.unknown = vocabulary.get(unknown, -1) if unknown else -1
        for number, token in self.tokenizer.get_added_tokens_decoder().items():
            self.special[number] = token.special and number != self.unknown

    def count(self, texts: Sequence[str], *, paired: bool = False) -> np.ndarray:
        """(n, 4) float64: pieces, words, share of broken words, unknown pieces; `paired` texts hold a PAIR_JOINT."""
        encoded = self.tokenizer.encode_batch_fast([_as_input(text) for text in texts] if paired else list(texts))
        pieces = [np.array(item.ids, dtype=np.int64) for item in encoded]
        sizes = np.array([len(ids) for ids in pieces])
        return np.column_stack([sizes, *self._words(np.concatenate(pieces), np.repeat(np.arange(len(sizes)), sizes))])

    def _words(self, ids: np.ndarray, row: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Words, share of broken words and unknown pieces of each row, from all pieces laid end to end."""
        rows = int(row[-1]) + 1
        own = ~self.special[ids]
        ids, row = ids[own], row[own]
        starts = np.flatnonzero(~self.continues[ids])
        first, row_of_word = ids[starts], row[starts]
        unknown = first == self.unknown
        word = self.letters[first] | unknown
        several = np.diff(np.append(starts, len(ids))) > 1
        words = np.bincount(row_of_word, word, rows)
        broken = np.bincount(row_of_word, word & (several | unknown), rows)
        return words, broken / np.maximum(words, 1), np.bincount(row, ids == self.unknown, rows)


def measure(draft: Draft, tokenizer: Path | None, report: Report = silent) -> Draft:
    """The draft with every distinct text measured, or counted in words where there is no tokenizer."""
    pairs = draft.frame["pair"].tolist() if "pair" in draft.frame else None
    found, distinct = pd.factorize(joined(draft.frame["text"].tolist(), pairs))
    chosen = _sample(len(distinct), draft.options.seed)
    counts = np.full((len(distinct), 4), np.nan)
    yardstick = Yardstick(tokenizer) if tokenizer else None
    done = 0
    for batch in _batches(distinct, chosen):
        texts = distinct[batch]
        counts[batch] = yardstick.count(texts, paired=pairs is not None) if yardstick else _words(texts)
        done += len(batch)
        report(Progress("Counting tokens", step=done, steps=len(chosen)))
    facts = {"unit": "tokens" if yardstick else "words", "distinct": len(distinct), "measured": len(chosen)}
    facts["wordpiece"] = bool(yardstick and yardstick.wordpiece)
    rows = counts[found] if len(distinct) else counts
    columns = dict(zip(("pieces", "words", "broken", "unknown"), rows.T, strict=True))
    return replace(draft.with_columns(**columns), facts={**draft.facts, **facts})


def histogram(draft: Draft) -> dict[str, Any]:
    """Over the kept rows: bins, mean, median, 95th percentile, longest, truncated and its share, unknown share."""
    pieces = draft.frame["pieces"].dropna().to_numpy()
    limit, told = (
        draft.options.max_length,
        {"max_length": draft.options.max_length, "measured": len(pieces), **draft.facts},
    )
    told["sampled"] = len(pieces) < len(draft.frame)
    if not len(pieces):
        return {**told, "bins": [], "truncated": 0, "truncated_share": 0.0, "unknown_share": 0.0}
    too_long = int((pieces > limit).sum()) if draft.facts["unit"] == "tokens" else 0
    middle, high = np.quantile(pieces, [0.5, 0.95])
    spread = {"mean": float(pieces.mean()), "median": float(middle), "p95": float(high), "longest": int(pieces.max())}
    shares = {"truncated": too_long, "truncated_share": too_long / len(pieces)}
    unknown = float(draft.frame["unknown"].sum() / pieces.sum())
    return {**told, **spread, **shares, "unknown_share": unknown, "bins": _bins(pieces)}


def _bins(pieces: np.ndarray) -> list[dict[str, int]]:
    """Equal bins up to the 99.5th percentile, and one for all that is longer."""
    top = max(1, int(np.quantile(pieces, 0.995)))
    width = max(1, -(-(top + 1) // BINS))
    places = np.minimum(pieces.astype(int) // width, top // width + 1)
    counts = np.bincount(places, minlength=top // width + 1)
    ends = [width * (place + 1) for place in range(len(counts))]
    if len(counts) > top // width + 1:
        ends[-1] = int(pieces.max()) + 1
    return [
        {"from": width * at, "to": end, "count": int(count)}
        for at, (end, count) in enumerate(zip(ends, counts, strict=True))
    ]


def _sample(distinct: int, seed: int) -> np.ndarray:
    if distinct <= MEASURED:
        return np.arange(distinct)
    return np.sort(np.random.default_rng(seed).choice(distinct, MEASURED, replace=False))


def _batches(texts: np.ndarray, chosen: np.ndarray) -> Iterator[np.ndarray]:
    """Positions in batches that hold a bounded number of texts and of characters."""
    batch: list[int] = []
    characters = 0
    for at in chosen:
        batch.append(int(at))
        characters += len(texts[at])
        if len(batch) >= BATCH_TEXTS or characters >= BATCH_CHARACTERS:
            yield np.array(batch)
            batch, characters = [], 0
    if batch:
        yield np.array(batch)


def _as_input(text: str) -> tuple[str, str]:
    first, _, second = text.partition(PAIR_JOINT)
    return first, second


def _words(texts: Sequence[str]) -> np.ndarray:
    counts = np.array([len(text.split()) for text in texts], dtype=float)
    return np.stack([counts, counts, np.zeros_like(counts), np.zeros_like(counts)], axis=1)
