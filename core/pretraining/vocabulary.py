"""A WordPiece vocabulary learned from a corpus, as a tokenizer of BERT's kind.

Sources: Schuster and Nakajima 2012 for word pieces; Devlin et al. 2019, appendix A for the special pieces. The learning
is that of the tokenizers library, which merges the most frequent pair of pieces, as Sennrich et al. 2016 do.

Unusual: the text is read twice. The library breaks ties between pairs by the numbers of their pieces, which it gives in
the order of a hash table; numbering the characters beforehand makes the same text give the same vocabulary every time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
    documents: Callable[[], Iterable[Document]],
    *,
    size: int = 8000,
    min_frequency: int = 2,
    lowercase: bool = True,
    max_length: int = 512,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Vocabulary:
    """Learn at most `size` pieces, special ones included, each seen `min_frequency` times; `documents()` is read twice.

    Characters are pieces however rare they are. Memory grows with the number of different words, not with the text.
    UserProblem for a corpus without text, and for a size that its characters fill alone.
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    raw = Tokenizer(models.WordPiece({}, unk_token=SPECIALS[1]))
    raw.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    raw.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    first = _Reading(documents(), "look for characters", report, should_stop)
    letters = _letters(first, raw.normalizer)
    fixed = [*SPECIALS, *letters, *(f"##{letter}" for letter in letters)]
    if letters and len(fixed) > size:
        raise UserProblem(f"A vocabulary of {size} is too small.", f"The characters alone make {len(fixed)} pieces.")
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, min_frequency=min_frequency, special_tokens=fixed, initial_alphabet=letters,
        limit_alphabet=len(letters), show_progress=False,
    )  # fmt: skip
    second = _Reading(documents(), "learn the vocabulary", report, should_stop)
    raw.train_from_iterator(iter(second), trainer)
    if first.stopped or second.stopped:
        raise Stopped
    if not letters:
        raise UserProblem("The corpus has no words to learn a vocabulary from.", "Some text was wanted.")
    tokenizer = bert_tokenizer(raw.get_vocab(), lowercase=lowercase, max_length=max_length)
    return Vocabulary(tokenizer, len(tokenizer), size, first.documents, first.sentences)


def bert_tokenizer(pieces: dict[str, int], *, lowercase: bool, max_length: int = 512) -> Any:
    """transformers' BertTokenizer over pieces and their ids; it saves and loads as any other."""
    import transformers

    ordered = dict(sorted(pieces.items(), key=lambda item: item[1]))
    return transformers.BertTokenizer(vocab=ordered, do_lower_case=lowercase, model_max_length=max_length)


def _letters(sentences: Iterable[str], normalizer: Any) -> list[str]:
    """The normalised characters of the text but for spaces, at most ALPHABET, the most frequent ones, in order."""
    raw: Counter[str] = Counter()
    for sentence in sentences:
        raw.update(sentence)
    counts: Counter[str] = Counter()
    for character, count in raw.items():
        for letter in normalizer.normalize_str(without_surrogates(character)).split():
            counts.update(dict.fromkeys(letter, count))
    return sorted(sorted(counts, key=lambda letter: (-counts[letter], letter))[:ALPHABET])


def without_surrogates(text: str) -> str:
    """The text without lone surrogates, which the library does not take."""
    return text.encode("utf-8", "replace").decode("utf-8")


class _Reading:
    """Sentences of documents one by one; asked to stop, it ends, because the library takes no exception from it."""

    def __init__(self, documents: Iterable[Document], phase: str, report: Report, should_stop: ShouldStop) -> None:
        self._documents, self._phase, self._report, self._should_stop = documents, phase, report, should_stop
        self.documents = self.sentences = 0
        self.stopped = False

    def __iter__(self) -> Iterator[str]:
        for document in self._documents:
            if self._should_stop():
                self.stopped = True
                return
            if self.documents % EVERY == 0:
                self._report(Progress(self._phase, self.documents))
            self.documents += 1
            self.sentences += len(document.sentences)
            yield from map(without_surrogates, document.sentences)
