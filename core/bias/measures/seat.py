"""SEAT: the WEAT of sentences that say next to nothing but the word.

Source: May, Wang, Bordia, Bowman and Rudinger 2019, NAACL. d is over sentences, with n - 1; p by the sentence is what
the literature prints, p by the word is the one that is headed, because a word's sentences are near copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.criticisms import ASSOCIATIONS_FORETELL_LITTLE
from core.bias.found import Chance, Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.permutation.test import ALTERNATIVES, chance
from core.bias.sentences.of_words import OfWords, of_words
from core.bias.sentences.standardised import effect_size, unit
from core.bias.sentences.two_units import null_by_words, null_of_sentences, word_means
from core.bias.sentences.word_kinds import KINDS
from core.bias.word_sets import WordTest, checked
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited

EXACT_TO = 50  # sentences up to which p by the sentence is counted, not drawn
_KIND_HELP = "Which sentences fit; by itself: by capitals, endings and the list's name."


@dataclass(frozen=True)
class SeatConfig(Config):
    """Settings of a SEAT."""

    pooling: str = option(
        "mean", title="Vector of a sentence", choices=("mean", "cls"),
        help="The mean over all tokens, or the [CLS] token, which May et al. took; the two can differ in sign.",
    )  # fmt: skip
    alternative: str = option(
        "greater", title="Alternative", choices=ALTERNATIVES, help="greater: the first targets lean to A."
    )
    templates: str = option(
        "", title="Own templates", help="X stands for the word, a X for the word with its article; separate them by |. "
        "Empty: the bleached ones.",
    )  # fmt: skip
    layer: int | None = option(
        None, title="Layer", help="0 is the embeddings, the highest number the last; empty: the last.", minimum=0,
        whole=True, advanced=True,
    )  # fmt: skip
    targets: str = option("auto", title="Targets are", choices=("auto", *KINDS), advanced=True, help=_KIND_HELP)
    attributes: str = option("auto", title="Attributes are", choices=("auto", *KINDS), advanced=True, help=_KIND_HELP)
    draws: int = option(
        100_000, title="Draws by the sentence", minimum=1_000, maximum=1_000_000, advanced=True,
        help="Random partitions for p by the sentence, where there are too many to count.",
    )  # fmt: skip
    seed: int = option(0, title="Seed", help="Sets every random draw.", minimum=0, maximum=2**31, advanced=True)


def compute(
    audited: Audited, inputs: Inputs, settings: SeatConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """d over word means with p by the word; d and p by the sentence beside it."""
    assert inputs.words is not None
    test, notes = checked(inputs.words, targets=(2,), attributes=(2,))
    made = of_words(test, (settings.targets, settings.attributes), settings.templates, inputs.table)
    rows, said, cut = _encoded(audited, made, settings, report, should_stop)
    s, owner, table = _associations(test, made, rows)
    first_words = len(test.targets[0])
    first = int((owner < first_words).sum())
    by_word = chance(word_means(s, owner), first_words, alternative=settings.alternative, should_stop=should_stop)
    by_sentence = chance(
        s, first, alternative=settings.alternative, unit="sentences",
        method="auto" if len(s) <= EXACT_TO else "monte carlo", draws=settings.draws, seed=settings.seed,
        should_stop=should_stop,
    )  # fmt: skip
    tables = {"words": _words(test, s, owner), "sentences by kind": _kinds(made), "sentences": table}
    figures = (_of_sentences(s, first, by_sentence), _ratio(by_word, by_sentence))
    null = _null(s, owner, first_words, first, settings)
    warnings = (*notes, *cut, *_uneven(owner))
    return Found(_headline(s, owner, first_words, by_word), (*figures, *null), tables, said, warnings)


def _encoded(
    audited: Audited, made: OfWords, settings: SeatConfig, report: Report, should_stop: ShouldStop
) -> tuple[np.ndarray, str, list[str]]:
    """Unit rows (n, H) of the sentences, what they are in words, and a warning where some were cut."""
    from core.bias.vectors.layer import layer_of
    from core.encoding.encoder import Encoder

    layer = layer_of(audited, settings.layer)
    encoder = Encoder(audited.folder, settings.pooling, layer, cache=audited.cache)
    found = encoder.encode(made.texts, precision="float32", report=report, should_stop=should_stop)
    which = "[CLS]" if settings.pooling == "cls" else "mean of all tokens"
    said = f"{len(made.texts):,} sentences of {len(set(made.words))} words, {which} at layer {layer}"
    cut = int(found.truncated.sum())
    note = [f"{cut} sentences are longer than {encoder.max_length} pieces; the model sees their beginning."]
    return unit(found.vectors.astype(np.float64)), said, note if cut else []


def _associations(test: WordTest, made: OfWords, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, pd.DataFrame]:
    """s (n,) of the targets' sentences in the order of the words, whose each is (n,), and both as a table."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(made.words):
        places.setdefault(word, []).append(place)

    def of(words: tuple[str, ...]) -> list[int]:
        return [place for word in words for place in places[word]]

    a, b = (rows[of(one.words)].mean(axis=0) for one in test.attributes)
    words = [word for one in test.targets for word in one.words]
    chosen = of(tuple(words))
    s = rows[chosen] @ (a - b)
    owner = np.repeat(np.arange(len(words)), [len(places[word]) for word in words])
    table = pd.DataFrame(
        {"word": [words[number] for number in owner], "s": s, "sentence": [made.texts[place] for place in chosen]}
    )
    return s, owner, table


def _headline(s: np.ndarray, owner: np.ndarray, first: int, by_word: Chance) -> Figure:
    means = word_means(s, owner)
    value = effect_size(means, first)
    return Figure(
        "effect_size", "Effect size d over words", value, 0.0, n=len(means), of="target words", chance=by_word,
        note="" if value is not None else "All words have the same association, so nothing can be compared.",
        least=-2.0, most=2.0,
    )  # fmt: skip


def _of_sentences(s: np.ndarray, first: int, by_sentence: Chance) -> Figure:
    value = effect_size(s, first)
    return Figure(
        "by_sentence", "Effect size d over sentences, as in the literature", value, 0.0, n=len(s), of="sentences",
        chance=by_sentence, least=-2.0, most=2.0,
        note=f"p by the sentence is {by_sentence.p:.2g}: it counts near copies as evidence of their own."
        if value is not None else "All sentences have the same association.",
    )  # fmt: skip


def _ratio(by_word: Chance, by_sentence: Chance) -> Figure:
    return Figure(
        "p_ratio", "p by the word over p by the sentence", by_word.p / by_sentence.p, 1.0, of="p-values", n=2,
        note=f"{by_word.p:.2g} and {by_sentence.p:.2g}: by how much shuffling sentences overstates the evidence.",
    )  # fmt: skip


def _null(s: np.ndarray, owner: np.ndarray, words: int, first: int, settings: SeatConfig) -> list[Figure]:
    """|d| that arises without any difference, because the average |d| over tests is often printed as a score."""
    words_apart, carried = null_by_words(s, owner, words, seed=settings.seed)
    apart = null_of_sentences(s, first, seed=settings.seed)
    draws = (
        ("null_words", "|d| over words, words dealt at random", words_apart),
        ("null_both", "|d| over sentences, words dealt at random with their sentences", carried),
        ("null_sentences", "|d| over sentences, sentences dealt at random", apart),
    )
    return [_band(name, title, found[np.isfinite(found)]) for name, title, found in draws]


def _band(name: str, title: str, found: np.ndarray) -> Figure:
    if not len(found):
        return Figure(name, title, None, note="All associations are equal.")
    low, high = np.quantile(found, [0.025, 0.975])
    return Figure(
        name, title, float(found.mean()), None, float(low), float(high), "middle 95 % of random deals", len(found),
        "random deals", "An average of |d| over tests is to be read against this, not against 0.",
    )  # fmt: skip


def _words(test: WordTest, s: np.ndarray, owner: np.ndarray) -> pd.DataFrame:
    words = [(word, one.name) for one in test.targets for word in one.words]
    means, counts = word_means(s, owner), np.bincount(owner)
    spread = np.array(
        [s[owner == number].std(ddof=1) if counts[number] > 1 else np.nan for number in range(len(words))]
    )
    return pd.DataFrame(
        {"word": [word for word, _ in words], "set": [name for _, name in words], "mean s": means,
         "sd over its sentences": spread, "sentences": counts}
    )  # fmt: skip


def _kinds(made: OfWords) -> pd.DataFrame:
    """Kind of word, how many words and sentences, and an example, so that a wrong guess is seen."""
    frame = pd.DataFrame({"kind": made.kinds, "word": made.words, "sentence": made.texts})
    grouped = frame.groupby("kind", sort=False)
    return pd.DataFrame(
        {"kind": list(grouped.groups), "words": grouped["word"].nunique().to_list(),
         "sentences": grouped.size().to_list(), "example": grouped["sentence"].first().to_list(),
         "which words": [", ".join(dict.fromkeys(words)) for _, words in grouped["word"]]}
    )  # fmt: skip


def _uneven(owner: np.ndarray) -> list[str]:
    counts = np.bincount(owner)
    if counts.min() == counts.max():
        return []
    return [
        f"Words have {counts.min()} to {counts.max()} sentences, as their kind allows: over sentences some words count "
        "more, over words all count the same."
    ]


MEASURE = Measure(
    name="seat",
    title="SEAT",
    summary="Whether sentences with the words of two groups lean to different sides of two sets of attributes.",
    family="sentences",
    needs="sentence_vectors",
    config=SeatConfig,
    compute=compute,
    source="May, Wang, Bordia, Bowman and Rudinger 2019, NAACL",
    says="How far the two groups' words lie apart in sentences that say nothing else, in standard deviations, and how "
    "often words dealt at random to the groups lie as far apart.",
    criticisms=(
        Criticism(
            "Results are mixed and suspiciously sensitive to the templates; its authors say so themselves, and that a "
            "low score is no sign of absence.",
            "May et al. 2019, section 5",
        ),
        Criticism(
            "Shuffling sentences counts near copies as evidence, which makes p smaller by one to three orders of "
            "magnitude; p by the word is headed here.",
            "computed in this result: p by the word over p by the sentence",
        ),
        Criticism(
            "Pooling and implementation spread errors through the literature and change conclusions.",
            "Mind Your Bias 2022, arXiv 2211.08461",
        ),
        ASSOCIATIONS_FORETELL_LITTLE,
    ),  # fmt: skip
    neutral=0.0,
    upward="{first} lean to {a}, {second} to {b}",
    downward="{first} lean to {b}, {second} to {a}",
    swap="negates",
    low=-2.0,
    high=2.0,
    targets=(2,),
    attributes=(2,),
    order=40,
)
