"""One word test by every choice that a BERT leaves open: layer, way to a vector, and what surrounds the word.

All texts are read once and all layers kept as they come, so that a map of some hundred cells costs one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.bias.sentences.filled import Sentence, filled
from core.bias.sentences.standardised import effect_sizes, unit
from core.bias.sentences.templates import bleached, neutral
from core.bias.sentences.word_kinds import kind_of
from core.bias.word_sets import WordSet, WordTest
from core.inspection.reading import Reading, read_all
from core.inspection.states import hidden_states
from core.inspection.subject import Subject
from core.progress import Report, ShouldStop, never, silent

ALONE = "the word alone"
Pool = Callable[[np.ndarray, list[int]], np.ndarray]
POOLINGS: Mapping[str, Pool] = {
    "mean of the word's pieces": lambda states, places: np.asarray(states[:, places].mean(axis=1)),
    "first piece": lambda states, places: np.asarray(states[:, places[0]]),
    "last piece": lambda states, places: np.asarray(states[:, places[-1]]),
    "sentence, mean of all tokens": lambda states, places: np.asarray(states.mean(axis=1)),
    "sentence, [CLS]": lambda states, places: np.asarray(states[:, 0]),
}  # states (L + 1, T, H) and the word's places -> (L + 1, H)


@dataclass(frozen=True)
class Map:
    """Effect sizes (templates, poolings, L + 1), NaN where undefined; `lost` are words without a piece.

    Ways to a vector that are the first one over again, as all are where each word is one piece, are left out.
    """

    d: np.ndarray
    templates: tuple[str, ...]
    poolings: tuple[str, ...]
    lost: tuple[str, ...]
    texts: int


def choice_map(
    subject: Subject,
    test: WordTest,
    templates: int,
    *,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Map:
    """The map of a test with two targets and two attributes: the word alone, and in the first `templates` sentences.

    Sentences are chosen by kind of word, so that the n-th template may read differently for a name and a noun.
    """
    columns = [[Sentence(word, 0, len(word), word) for _, word in _words(test)]]
    columns += [[_in_sentence(of, word, number) for of, word in _words(test)] for number in range(templates)]
    flat = [sentence for column in columns for sentence in column]
    rows, usable = _rows(subject, flat, report, should_stop)
    shape = (len(columns), len(columns[0]), *rows.shape[1:])
    known = np.asarray(usable.reshape(shape[:2]).all(axis=0))
    words = [word for _, word in _words(test)]
    lost = tuple(word for word, fine in zip(words, known.tolist(), strict=True) if not fine)
    d = _effects(rows.reshape(shape)[:, known], test.kept(word for word in words if word not in lost))
    names = (ALONE, *(_named(number) for number in range(templates)))
    told = [n for n in range(len(POOLINGS)) if n == 0 or not np.array_equal(d[:, n], d[:, 0], equal_nan=True)]
    poolings = tuple(name for number, name in enumerate(POOLINGS) if number in told)
    return Map(d[:, told], names, poolings, lost, len({sentence.text for sentence in flat}))


def _words(test: WordTest) -> list[tuple[WordSet, str]]:
    return [(one, word) for one in test.sets for word in one.words]


def _in_sentence(of: WordSet, word: str, number: int) -> Sentence:
    """The word in its kind's n-th template: bleached and longer ones in turn."""
    kind = kind_of(word, of.name)
    some = bleached(kind) if number % 2 == 0 else neutral(kind)
    return filled(some[(number // 2) % len(some)], word)


def _named(number: int) -> str:
    example = filled((bleached("noun") if number % 2 == 0 else neutral("noun"))[number // 2], "thing").text
    return f"“{example}” and its like"


def _rows(
    subject: Subject, sentences: Sequence[Sentence], report: Report, should_stop: ShouldStop
) -> tuple[np.ndarray, np.ndarray]:
    """Unit rows (n, poolings, L + 1, H) float32 and which sentences have the word's pieces (n,)."""
    texts = list(dict.fromkeys(one.text for one in sentences))
    of_text: dict[str, list[int]] = {}
    for place, one in enumerate(sentences):
        of_text.setdefault(one.text, []).append(place)
    readings = read_all(subject.tokenizer, texts, max_length=subject.max_length)
    rows = np.zeros((len(sentences), len(POOLINGS), subject.layers + 1, subject.hidden), dtype=np.float32)
    usable = np.zeros(len(sentences), dtype=bool)
    for number, states in hidden_states(subject, readings, report=report, should_stop=should_stop, phase="words"):
        for place in of_text[texts[number]]:
            usable[place] = _filled_in(rows[place], states, readings[number], sentences[place])
    return rows, usable


def _filled_in(out: np.ndarray, states: np.ndarray, reading: Reading, sentence: Sentence) -> bool:
    places = list(reading.at(sentence.start, sentence.end))
    if not places:
        return False
    for number, pool in enumerate(POOLINGS.values()):
        out[number] = unit(pool(states, places))
    return True


def _effects(rows: np.ndarray, test: WordTest) -> np.ndarray:
    """d (templates, poolings, L + 1) of unit rows (templates, n, poolings, L + 1, H) in the order of the sets."""
    ends = np.cumsum([len(one) for one in test.sets])
    x_y, a, b = rows[:, : ends[1]], rows[:, ends[1] : ends[2]].mean(axis=1), rows[:, ends[2] :].mean(axis=1)
    s = np.einsum("tnplh,tplh->tpln", x_y, a - b, dtype=np.float64, optimize=True)
    return effect_sizes(s, int(ends[0]))
