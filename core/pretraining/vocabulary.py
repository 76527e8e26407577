"""A WordPiece vocabulary learned from a corpus, as a tokenizer of BERT's kind.

Sources: Schuster and Nakajima 2012 for word pieces; Devlin et al. 2019, appendix A for the special pieces. The learning
is that of the tokenizers library, which merges the most frequent pair of pieces, as Sennrich et al. 2016 do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from core.data.corpus.store import Document
from core.errors import Stopped, UserProblem
from core.progress import Progress, Report, ShouldStop, never, silent

SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
ALPHABET = 1000  # characters that are kept; rarer ones are told as [UNK]
EVERY = 1000  # documents between two reports


@dataclass(frozen=True)
class Vocabulary:
    """A learned tokenizer (transformers' BertTokenizer) and what it is from; `size` may fall short of `asked`."""

    tokenizer: Any
    size: int
    asked: int
    documents: int
    sentences: int


def learn_vocabulary(
    documents: Iterable[Document],
    *,
    size: int = 8000,
    min_frequency: int = 2,
    lowercase: bool = True,
    max_length: int = 512,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Vocabulary:
    """Learn at most `size` pieces, special ones included, each seen `min_frequency` times; documents are read once.

    Memory grows with the number of different words, not with the text. UserProblem for a corpus without text.
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    raw = Tokenizer(models.WordPiece({}, unk_token=SPECIALS[1]))
    raw.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    raw.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, min_frequency=min_frequency, special_tokens=list(SPECIALS), limit_alphabet=ALPHABET,
        show_progress=False,
    )  # fmt: skip
    reading = _Reading(documents, report, should_stop)
    raw.train_from_iterator(iter(reading), trainer)
    if reading.stopped:
        raise Stopped
    pieces = raw.get_vocab()
    if len(pieces) == len(SPECIALS):
        raise UserProblem("The corpus has no words to learn a vocabulary from.", "Some text was wanted.")
    return Vocabulary(
        bert_tokenizer(pieces, lowercase=lowercase, max_length=max_length), len(pieces), size, reading.documents,
        reading.sentences,
    )  # fmt: skip


def bert_tokenizer(pieces: dict[str, int], *, lowercase: bool, max_length: int = 512) -> Any:
    """transformers' BertTokenizer over pieces and their ids; it saves and loads as any other."""
    import transformers

    ordered = dict(sorted(pieces.items(), key=lambda item: item[1]))
    return transformers.BertTokenizer(vocab=ordered, do_lower_case=lowercase, model_max_length=max_length)


class _Reading:
    """Sentences of documents one by one; asked to stop, it ends, because the library takes no exception from it."""

    def __init__(self, documents: Iterable[Document], report: Report, should_stop: ShouldStop) -> None:
        self._documents, self._report, self._should_stop = documents, report, should_stop
        self.documents = self.sentences = 0
        self.stopped = False

    def __iter__(self) -> Iterator[str]:
        for document in self._documents:
            if self._should_stop():
                self.stopped = True
                return
            if self.documents % EVERY == 0:
                self._report(Progress("read the corpus for its vocabulary", self.documents))
            self.documents += 1
            self.sentences += len(document.sentences)
            yield from document.sentences
