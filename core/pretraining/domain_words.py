"""Frequent words of a corpus that a tokenizer splits, made pieces of their own in tokenizer and model.

Sources: new rows as the mean of their old pieces' rows, Gee et al. 2022 (fast vocabulary transfer); adding
domain words at all, Tai et al. 2020 (exBERT).

Unusual: the words join the WordPiece vocabulary itself, not the list of added tokens. So casing and accents follow the
tokenizer's rules, a word is matched from its beginning only, and a longer word goes on with ## pieces: with
"amontillado" added, "amontillados" becomes amontillado ##s, and "reamontillado" stays as it was.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.data.corpus.store import Document
from core.encoding.tokenizing import SLICE
from core.errors import Stopped, UserProblem
from core.pretraining.vocabulary import without_surrogates
from core.progress import Progress, Report, ShouldStop, never, silent

DIFFERENT = 1_000_000  # split words that are counted at a time; above it, those seen once are forgotten
SHORTEST, LONGEST = 3, 40  # characters of a word worth a piece


@dataclass(frozen=True)
class SplitWord:
    """A word as the tokenizer normalises it, how often it occurs, and the pieces it is split into."""

    word: str
    count: int
    pieces: tuple[str, ...]


def split_words(
    documents: Iterable[Document],
    tokenizer: Any,
    *,
    most: int = 500,
    at_least: int = 20,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> tuple[SplitWord, ...]:
    """At most `most` words of letters that are split and occur `at_least` times, most frequent first, then by name."""
    backend = _word_piece(tokenizer)
    prefix = json.loads(backend.to_str())["model"]["continuing_subword_prefix"]
    names = {number: piece for piece, number in backend.get_vocab().items()}
    goes_on = np.zeros(max(names) + 1, dtype=bool)
    goes_on[[number for number, piece in names.items() if piece.startswith(prefix)]] = True
    counts: Counter[tuple[int, ...]] = Counter()
    for place, sentences in enumerate(_slices(documents)):
        if should_stop():
            raise Stopped
        report(Progress("count split words", place * SLICE))
        for encoding in backend.encode_batch_fast(sentences, add_special_tokens=False):
            counts.update(_split(np.array(encoding.ids, dtype=np.int64), goes_on))
        if len(counts) > DIFFERENT:
            counts = Counter({ids: count for ids, count in counts.items() if count > 1})
    found = (_named(ids, count, names, prefix) for ids, count in counts.items() if count >= at_least)
    worth = [each for each in found if each.word.isalpha() and SHORTEST <= len(each.word) <= LONGEST]
    return tuple(sorted(worth, key=lambda each: (-each.count, each.word))[:most])


def add_words(model: Any, tokenizer: Any, words: Sequence[SplitWord]) -> Any:
    """Give words rows in `model` (in place), each the mean of its pieces' rows and bias; returns the new tokenizer.

    Words that the tokenizer knows already are left out. Make optimizers after this: the embedding matrix is a new one.
    """
    backend = _word_piece(tokenizer)
    known = backend.get_vocab()
    new = list(dict.fromkeys(each.word for each in words if each.word not in known))
    rows = [[known[piece] for piece in each.pieces] for each in _first(words, new)]
    start = max(known.values()) + 1
    longer = copy.deepcopy(tokenizer)
    longer._tokenizer = _extended(backend, new, start)
    _extend_model(model, rows, start)
    return longer


def _first(words: Sequence[SplitWord], new: Sequence[str]) -> list[SplitWord]:
    by_word = {each.word: each for each in reversed(words)}
    return [by_word[word] for word in new]


def _slices(documents: Iterable[Document]) -> Iterator[list[str]]:
    held: list[str] = []
    for document in documents:
        held += map(without_surrogates, document.sentences)
        while len(held) >= SLICE:
            yield held[:SLICE]
            held = held[SLICE:]
    if held:
        yield held


def _split(ids: np.ndarray, goes_on: np.ndarray) -> Iterator[tuple[int, ...]]:
    """The words of two pieces or more: a piece without ## begins a word."""
    starts = np.flatnonzero(~goes_on[ids])
    ends = np.append(starts[1:], len(ids))
    for place in np.flatnonzero(ends - starts >= 2):
        yield tuple(ids[starts[place] : ends[place]].tolist())


def _named(ids: tuple[int, ...], count: int, names: dict[int, str], prefix: str) -> SplitWord:
    pieces = tuple(names[number] for number in ids)
    return SplitWord("".join(piece.removeprefix(prefix) for piece in pieces), count, pieces)


def _word_piece(tokenizer: Any) -> Any:
    """The tokenizer of the Rust library without truncation; UserProblem where it is no WordPiece."""
    from tokenizers import Tokenizer, models

    backend = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
    if not isinstance(backend.model, models.WordPiece):
        raise UserProblem("The model's tokenizer is not of BERT's kind.", "A WordPiece vocabulary was wanted.")
    backend.no_truncation()
    backend.no_padding()
    return backend


def _extended(backend: Any, new: Sequence[str], start: int) -> Any:
    from tokenizers import Tokenizer

    whole = json.loads(backend.to_str())
    whole["model"]["vocab"] |= {word: start + place for place, word in enumerate(new)}
    return Tokenizer.from_str(json.dumps(whole))


def _extend_model(model: Any, rows: Sequence[Sequence[int]], start: int) -> None:
    """Lengthen embeddings, decoder and bias to hold row `start` and on; rows kept spare for that are used first."""
    import torch

    if not rows:
        return
    head, embeddings = model.cls.predictions, model.bert.embeddings
    old, bias = embeddings.word_embeddings.weight.detach(), head.bias.detach()
    size = max(len(old), start + len(rows))
    table, biases = old.new_zeros(size, old.shape[1]), bias.new_zeros(size)
    table[: len(old)], biases[: len(bias)] = old, bias
    for place, pieces in enumerate(rows, start):
        table[place], biases[place] = old[list(pieces)].mean(dim=0), bias[list(pieces)].mean()
    padding = model.config.pad_token_id
    embeddings.word_embeddings = torch.nn.Embedding(size, old.shape[1], padding_idx=padding, _weight=table)
    head.bias = torch.nn.Parameter(biases)
    head.decoder.weight, head.decoder.bias = embeddings.word_embeddings.weight, head.bias
    head.decoder.out_features = model.config.vocab_size = size
