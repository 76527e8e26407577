"""Fill-mask on the corpus's own words: how high the true word ranks, and how probable it is, before and after.

Definition: a frequent content word is hidden behind one [MASK] in a sentence that holds it once; told are the truth's
rank in the whole vocabulary (1 is best, equals share theirs), its probability, and the mean of ln p. Sources: the cloze
test (Taylor 1953) put to language models, as Petroni et al. 2019 do. Content words are those of letters, at least four,
that are no English stop words (scikit-learn's list); of another language no words are left out but short ones. Only
words that are one piece for both tokenizers can be ranked; the frequent words that are not are listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.tokenizing import tokenize
from core.errors import UserProblem
from core.evaluation.intervals import Interval
from core.pretraining.proof.paired import Paired, Sums, compare_sums, ratio_interval, share_interval
from core.pretraining.proof.queries import Query, ask, masked
from core.pretraining.proof.sample import sampled_sentences
from core.pretraining.proof.words import Words
from core.progress import Report, ShouldStop, never, silent

SENTENCES = 20_000  # sentences that words are counted in
SHORTEST = 4


@dataclass(frozen=True)
class Case:
    """A sentence that holds `word` once."""

    sentence: str
    word: str


@dataclass(frozen=True)
class Cases:
    """What is asked, and the frequent words that are several pieces for one of the tokenizers."""

    cases: tuple[Case, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class FilledWords:
    """`value` is the mean ln p of the true word over `n` cases; ranks and probabilities (n,) float64 by case."""

    value: Interval
    first: Interval
    median_rank: float
    n: int
    numbers: np.ndarray
    ranks: np.ndarray
    probabilities: np.ndarray


def choose_cases(
    tokenizers: Sequence[Any],
    sentences: Iterable[str],
    *,
    words: int = 50,
    most: int = 200,
    max_length: int = 128,
    seed: int = 0,
) -> Cases:
    """At most `most` cases over the `words` most frequent content words; the same seed chooses the same ones."""
    texts = sampled_sentences(sentences, SENTENCES, seed)
    held = _words_of(tokenizers[0], texts, min(max_length, *(int(each.model_max_length) for each in tokenizers)))
    counts = Counter(word for found in held for word in found if is_content(word))
    frequent = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    whole = [word for word in frequent if all(word in each.get_vocab() for each in tokenizers)][:words]
    left_out = tuple(word for word in frequent[:words] if word not in set(whole))
    share, taken = -(-most // max(1, len(whole))), Counter[str]()
    cases: list[Case] = []
    for text, found in zip(texts, held, strict=True):
        once = [word for word in whole if found.count(word) == 1 and taken[word] < share]
        if once and len(cases) < most:
            word = min(once, key=lambda each: (taken[each], each))
            taken[word] += 1
            cases.append(Case(text, word))
    if not cases:
        raise UserProblem("No frequent word of the text is one piece.", "Sentences with known words were wanted.")
    return Cases(tuple(cases), left_out)


def fill_words(
    model: Any,
    tokenizer: Any,
    cases: Cases,
    *,
    max_length: int = 128,
    seed: int = 0,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> FilledWords:
    """Hide each case's word and ask the model for it; a case whose word is cut off is left out."""
    longest = min(max_length, int(tokenizer.model_max_length))
    pieces, words = tokenize(tokenizer, [case.sentence for case in cases.cases], None, longest), Words.of(tokenizer)
    found = [
        _hide(words, ids, case.word, int(tokenizer.mask_token_id))
        for ids, case in zip(pieces.ids, cases.cases, strict=True)
    ]
    numbers = np.array([number for number, query in enumerate(found) if query is not None], dtype=np.int64)
    queries = [query for query in found if query is not None]
    answers = ask(model, queries, phase="fill words", report=report, should_stop=should_stop)
    ones = np.ones(len(numbers))
    value = ratio_interval(Sums(numbers, answers.log_probability, ones), seed=seed)
    first = share_interval(Sums(numbers, (answers.rank == 1).astype(float), ones), seed=seed)
    return FilledWords(
        value, first, float(np.median(answers.rank)), len(numbers), numbers, answers.rank,
        np.exp(answers.log_probability),
    )  # fmt: skip


def compare_filled_words(before: FilledWords, after: FilledWords, *, seed: int = 0) -> Paired:
    """After minus before in mean ln p of the true word over the cases both have; higher is better."""
    sides = [Sums(side.numbers, np.log(side.probabilities), np.ones(side.n)) for side in (before, after)]
    return compare_sums(
        sides[0], sides[1], what="mean ln p of the true word", lower_is_better=False, seed=seed, things="cases"
    )


def is_content(word: str) -> bool:
    """Whether a word is of letters, long enough, and no English stop word."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return word.isalpha() and len(word) >= SHORTEST and word.lower() not in ENGLISH_STOP_WORDS


def _words_of(tokenizer: Any, texts: Sequence[str], longest: int) -> list[list[str]]:
    words = Words.of(tokenizer)
    return [
        [words.text(ids, span) for span in words.spans(ids)] for ids in tokenize(tokenizer, texts, None, longest).ids
    ]


def _hide(words: Words, ids: np.ndarray, word: str, mask_id: int) -> Query | None:
    places = [start for start, end in words.spans(ids) if end - start == 1 and words.text(ids, (start, end)) == word]
    return masked(ids, places, mask_id) if len(places) == 1 else None
