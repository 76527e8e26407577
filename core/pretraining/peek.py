"""Examples as a pre-training will read them, from the first buffer of an epoch: a look that stays quick on any corpus.

The buffer is the run's own: same seed, epoch, sequences and masks. Only the vocabulary of a model from scratch may
differ: it is learned here from that buffer's row groups, which is the whole text of a corpus of up to four megabytes.
No torch is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from core.data.corpus.store import Corpus, Document, documents_of
from core.encoding.tokenizing import load_tokenizer
from core.errors import UserProblem
from core.pretraining.config import PretrainConfig
from core.pretraining.example import example_at
from core.pretraining.explanation import Explanation, explain
from core.pretraining.masking import Masking
from core.pretraining.objectives import OBJECTIVES
from core.pretraining.stream import GROUPS_A_BUFFER, Buffer, ExampleStream


@dataclass(frozen=True)
class Peek:
    """The first buffer of an epoch: `len(...)` examples, of `buffers` buffers; `notes` say what a run has besides."""

    stream: ExampleStream
    epoch: int
    buffer: Buffer
    buffers: int
    notes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.buffer)

    def example(self, number: int) -> Explanation:
        """Example `number`, from 0, position by position; UserProblem where there is none."""
        if not 0 <= number < len(self):
            raise UserProblem(
                f"There is no example {number + 1}.", f"The first buffer holds {len(self):,}.", "Choose one of them."
            )
        seed = {"seed": self.stream.seed, "epoch": self.epoch, "buffer": 0, "example": number}
        found = self.buffer
        made = example_at(found.sequences, found.masked, number, document=int(found.documents[number]), seed=seed)
        return explain(made, self.stream.tokenizer, self.stream.objective)


def peek(corpus: Corpus, config: PretrainConfig, base: Path | None, epoch: int = 0) -> Peek:
    """Read the first buffer of `epoch` (from 0) as a run with `config` does; `base` None means from scratch."""
    if not corpus.groups("train"):
        raise UserProblem("The corpus has no sentence to train on.", "", "Choose another corpus.")
    tokenizer = load_tokenizer(base) if base else _vocabulary(corpus, config.vocabulary_size)
    masking = Masking(share=config.mlm_probability, whole_words=config.whole_words, static=config.static_masks)
    stream = ExampleStream(
        corpus, tokenizer, OBJECTIVES[config.objective], max_length=config.max_length, masking=masking, seed=config.seed
    )
    buffers = len(stream.buffers(epoch))
    return Peek(stream, epoch, stream.buffer(epoch, 0), buffers, tuple(_notes(config, base, buffers)))


def _vocabulary(corpus: Corpus, size: int) -> Any:
    from core.pretraining.vocabulary import learn_vocabulary

    groups = corpus.groups("train")[:GROUPS_A_BUFFER]

    def documents() -> Iterator[Document]:
        return chain.from_iterable(map(documents_of, groups))

    return learn_vocabulary(documents, size=size).tokenizer


def _notes(config: PretrainConfig, base: Path | None, buffers: int) -> Iterator[str]:
    if base is None and buffers > 1:
        yield "The vocabulary shown is learned from the beginning of the text; the run learns it from all of it."
    if base is not None and config.domain_words:
        yield "The run adds domain words to the vocabulary first; here they are still in their old pieces."
    if config.short_share:
        yield "The run begins with sequences of a quarter of this length."
