from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.encoding.base_models import bundled
from core.encoding.cache import VectorCache
from core.errors import Stopped
from core.inspection.states import hidden_states
from core.inspection.subject import Subject
from core.inspection.word_vectors import Occurrence, word_vectors
from tests.core.inspection.tiny_subject import subject

TEXT = "the zy was cold"  # "zy" is read as z ##y
WORD = Occurrence(TEXT, 4, 6)


@pytest.mark.parametrize(("pooling", "weights"), [("mean", (0.5, 0.5)), ("first", (1.0, 0.0)), ("last", (0.0, 1.0))])
def test_pooling_by_hand(tmp_path: Path, pooling: str, weights: tuple[float, float]) -> None:
    found = subject(tmp_path)
    reading = found.read(TEXT)
    ((_, states),) = hidden_states(found, [reading])
    vectors = word_vectors(found, [WORD], pooling=pooling)
    assert vectors.pieces == (("z", "##y"),) and WORD.word == "zy"
    wanted = weights[0] * states[:, 2] + weights[1] * states[:, 3]
    assert vectors.layers[0] == pytest.approx(wanted, abs=1e-5)
    rows = found.static(reading.ids[2:4])
    assert vectors.static[0] == pytest.approx(weights[0] * rows[0] + weights[1] * rows[1], abs=1e-6)


def test_a_second_visit_computes_nothing_and_finds_the_same(tmp_path: Path) -> None:
    found, cache = subject(tmp_path / "model"), VectorCache(tmp_path / "vectors")
    words = [WORD, Occurrence("a cold soup", 2, 6), WORD, Occurrence(TEXT, 11, 15)]
    first = word_vectors(found, words, cache=cache)
    second = word_vectors(found, words, cache=cache)
    assert (first.computed, second.computed) == (2, 0)  # two distinct texts, then none
    assert (first.layers == second.layers).all() and (first.layers[0] == first.layers[2]).all()
    assert word_vectors(found, [WORD], pooling="last", cache=cache).computed == 1  # another rule is another vector
    assert word_vectors(found, words).computed == 2  # without a cache


def test_words_without_a_vector_say_why(tmp_path: Path) -> None:
    found = subject(tmp_path)
    long = "cold " * 100
    blank = Occurrence("the  soup", 3, 5)
    vectors = word_vectors(found, [Occurrence(long, 0, 4), Occurrence(long, 490, 494), blank])
    assert vectors.usable.tolist() == [True, False, False]
    assert "beyond the 64 pieces" in vectors.problems[1] and "has no piece" in vectors.problems[2]
    assert np.isnan(vectors.layers[1:]).all() and np.isnan(vectors.static[1:]).all()
    assert not np.isnan(vectors.layers[0]).any()


def test_a_word_that_truncation_cuts_has_no_vector(tmp_path: Path) -> None:
    found = subject(tmp_path)
    text = "a " * 61 + "zy"  # 61 words, z, and no room for ##y before the last special piece
    whole = "a " * 60 + "zy"
    vectors = word_vectors(found, [Occurrence(text, 122, 124), Occurrence(whole, 120, 122)])
    assert vectors.usable.tolist() == [False, True]
    assert "is cut by their end" in vectors.problems[0]


@pytest.mark.parametrize("kind", ["distilbert", "roberta", "electra", "narrow"])
def test_every_architecture_has_vectors_and_a_static_row_of_its_own_width(tmp_path: Path, kind: str) -> None:
    found = subject(tmp_path, kind)
    vectors = word_vectors(found, [Occurrence("a cold soup", 2, 6), Occurrence("the soup is cold", 12, 16)])
    assert vectors.layers.shape == (2, 3, 32) and vectors.static.shape == (2, found.embedding_width)
    assert (vectors.static[0] == vectors.static[1]).all() and (vectors.layers[0] != vectors.layers[1]).any()


def test_nothing_asked_is_nothing_computed_and_stop_stops(tmp_path: Path) -> None:
    found = subject(tmp_path)
    assert word_vectors(found, []).layers.shape == (0, 3, 32)
    with pytest.raises(Stopped):
        word_vectors(found, [WORD], should_stop=lambda: "discard")


def test_the_bundled_model_gives_one_form_one_static_vector_and_another_in_every_context() -> None:
    words = [Occurrence("The bank of the river.", 4, 8), Occurrence("A BANK lends money.", 2, 6)]
    found = word_vectors(Subject(bundled()), words)
    assert found.layers.shape == (2, 7, 384)
    assert (found.static[0] == found.static[1]).all()
    near = [float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for a, b in zip(*found.layers, strict=True)]
    assert near[6] < near[1] < 1
