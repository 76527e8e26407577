"""The pass over a corpus against doing it the long way, and the bundled model's own geometry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.encoding import base_models
from core.errors import Stopped, UserProblem
from core.inspection import anisotropy
from core.inspection.geometry.definitions import explainable_variance, intra_sentence
from core.inspection.geometry.drawing import spans
from core.inspection.geometry.measuring import measure
from core.inspection.geometry.result import Geometry, Settings
from core.inspection.shipped_background import sentences
from core.inspection.similarity import cosines, mean_pairwise
from core.inspection.states import hidden_states
from core.inspection.subject import Subject

TEXTS = ("The bank lends the money.", "A muddy bank, and the river.", "Sit on the bank!", "The bat", "Yes.")

SMALL = Settings(occurrences=3, variance_occurrences=3, marks=False)


@pytest.fixture(scope="module")
def minilm() -> Subject:
    return Subject(base_models.bundled())


@pytest.fixture(scope="module")
def found(minilm: Subject) -> Geometry:
    return measure(minilm, TEXTS, SMALL)


def vectors_of(minilm: Subject, text: str) -> list[tuple[str, np.ndarray]]:
    """Words in lower case with vectors (L + 1, H)."""
    reading = minilm.read(text)
    _, states = next(hidden_states(minilm, [reading]))
    return [(name.lower(), states[:, list(places)].mean(axis=1)) for name, places in spans(reading)]


def test_the_pass_is_doing_it_the_long_way(minilm: Subject, found: Geometry) -> None:
    read = [vectors_of(minilm, text) for text in TEXTS]
    bank, the = (np.stack([v for words in read for name, v in words if name == wanted]) for wanted in ("bank", "the"))
    every = np.stack([v for words in read for _, v in words])
    of = np.array([row for row, words in enumerate(read) for _ in words])
    for layer in (0, 3, 6):
        here = found.layers[layer]
        alike = [mean_pairwise(cosines(each[:, layer])) for each in (bank, the)]
        assert here.self_similarity == pytest.approx(np.mean(alike), abs=1e-4)
        pairs = cosines(every[:, layer])[of[:, None] != of[None]]
        assert here.baseline == pytest.approx(pairs.mean(), abs=1e-4)
        several = [np.stack([v[layer] for _, v in words]) for words in read if len(words) > 1]
        assert here.intra_sentence == pytest.approx(np.mean([intra_sentence(each) for each in several]), abs=1e-4)
        explained = [explainable_variance(each[:, layer]) for each in (bank, the)]
        assert here.variance == pytest.approx(np.mean(explained), abs=1e-4)


def test_adjusted_is_minus_what_random_words_reach(found: Geometry) -> None:
    for one in found.layers:
        assert one.self_similarity_adjusted == one.self_similarity - one.baseline
        assert one.intra_sentence_adjusted == one.intra_sentence - one.baseline
        assert one.variance_adjusted == one.variance - one.variance_random
        assert one.variance_random < one.variance


def test_what_was_counted(found: Geometry) -> None:
    assert found.counts == {
        "words": 18, "unknown": 0, "sampled": 18, "self_words": 2, "self_occurrences": 8, "variance_words": 2,
        "variance_occurrences": 8, "intra_sentences": 4, "sentences": 5, "repeated": 0,
    }  # fmt: skip
    assert [(one.word, one.occurrences) for one in found.words] == [("The", 5), ("bank", 3)]
    assert any("rests on 2 words" in note for note in found.notes)


def test_a_repeated_sentence_is_read_once(minilm: Subject) -> None:
    again = measure(minilm, [*TEXTS, TEXTS[0]], SMALL)
    assert (again.counts["sentences"], again.counts["repeated"]) == (5, 1)


def test_the_baseline_is_the_one_of_words_in_context(minilm: Subject) -> None:
    """There 1,000 pairs are drawn, here all pairs of a sample are taken: the same up to the draw."""
    texts = anisotropy.background_texts(sentences(), limit=150)
    pairs = anisotropy.measure(minilm, texts)
    mine = measure(minilm, texts, Settings(marks=False))
    for layer in (1, 5, 6):
        assert mine.layers[layer].baseline == pytest.approx(pairs.baseline(layer), abs=0.03)


def test_it_can_be_stopped(minilm: Subject) -> None:
    with pytest.raises(Stopped):
        measure(minilm, TEXTS, should_stop=lambda: "discard")


@pytest.mark.parametrize("texts", [(), ("",), ("...", "!?"), ("Only one.",)])
def test_too_little_text_is_told(minilm: Subject, texts: tuple[str, ...]) -> None:
    with pytest.raises(UserProblem, match="hold a word"):
        measure(minilm, texts, SMALL)


def test_marks_are_words_where_they_count(minilm: Subject, found: Geometry) -> None:
    marked = measure(minilm, TEXTS, replace(SMALL, marks=True))
    assert marked.counts["words"] == found.counts["words"] + 5
    assert [(one.word, one.occurrences) for one in marked.words] == [("The", 5), ("bank", 3), (".", 3)]


def test_strange_texts_do_no_harm(minilm: Subject) -> None:
    texts = ["<script>alert(1)</script>", "[MASK] 🦇", "河岸", "x" * 101, "word " * 2000, "ภาษาไทย", "a bank"]
    found = measure(minilm, texts, Settings(occurrences=2, variance_occurrences=2))
    assert any("were cut at" in note for note in found.notes)
    assert found.counts["sentences"] == 7 and np.isfinite([one.baseline for one in found.layers]).all()


def test_the_same_seed_measures_the_same(minilm: Subject, found: Geometry) -> None:
    assert measure(minilm, TEXTS, SMALL) == found


@pytest.mark.slow
@pytest.mark.real_data
def test_adjusted_self_similarity_falls_from_the_first_layer_to_the_last(minilm: Subject, shared_data: Path) -> None:
    files = sorted((shared_data / "inspect" / "coarsewsd20").glob("*/train.data.txt"))
    lines = [line.split("\t", 1)[1] for file in files for line in file.read_text(encoding="utf-8").splitlines()[:30]]
    found = measure(minilm, lines, Settings(sentences=300, occurrences=10))
    first, last = found.layers[0], found.layers[-1]
    assert last.self_similarity_adjusted < first.self_similarity_adjusted - 0.2
    assert found.layers[5].baseline > last.baseline + 0.1  # made for sentences: the last layer spreads out
    assert last.intra_sentence_adjusted > found.layers[5].intra_sentence_adjusted
