"""Small corpora and a small vocabulary for tests of the stream: numbered words, each sentence to be known again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from core.data.corpus.store import Corpus, CorpusWriter, Document

WORDS = ("cask", "vault", "wine", "niche", "torch", "bell", "wall", "nitre", "bone", "cloak")
SPECIAL = ("[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PIECES = (*SPECIAL, *WORDS, "##s", "##ed", ".", "[", "]", "mask", "sep")


@lru_cache
def tokenizer() -> Any:
    import transformers

    return transformers.BertTokenizer(vocab={piece: number for number, piece in enumerate(PIECES)})


def sentence(rng: np.random.Generator, most: int = 12) -> str:
    endings = rng.choice(["", "s", "eds"], most)
    words = [str(rng.choice(WORDS)) + str(ending) for ending in endings[: rng.integers(1, most)]]
    return " ".join(words) + " ."


def made(folder: Path, documents: int, *, sentences: int = 8, seed: int = 0) -> Corpus:
    """Documents with at most so many sentences of random words."""
    rng = np.random.default_rng(seed)
    texts = [[sentence(rng) for _ in range(int(rng.integers(1, sentences + 1)))] for _ in range(documents)]
    return written(folder, texts)


def written(folder: Path, documents: Sequence[Sequence[str]]) -> Corpus:
    with CorpusWriter(folder) as writer:
        for number, sentences in enumerate(documents):
            writer.add("train", Document(number, f"d{number}", tuple(sentences)))
        return writer.finish({"documents": len(documents)})
