"""What is asked for senses: against the states themselves, and with the control that no sentence changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.inspection.anisotropy import measure
from core.inspection.senses.vectors import representations, sense_vectors
from core.inspection.states import hidden_states
from core.inspection.subject import Subject
from core.inspection.word_vectors import Occurrence
from tests.core.inspection.tiny_subject import subject as tiny_subject

TEXTS = ("The bank lends money.", "A muddy bank", "bank")
PLACES = tuple(Occurrence(text, text.index("bank"), text.index("bank") + 4) for text in TEXTS)


def test_controls_are_what_they_say(minilm: Subject) -> None:
    found = sense_vectors(minilm, PLACES)
    assert np.array_equal(found.static[0], found.static[1])
    reading = minilm.read(TEXTS[0])
    others = [place for place, piece in enumerate(reading.pieces) if not piece.special and piece.piece != "bank"]
    assert np.allclose(found.context[0], minilm.static(reading.ids[others]).mean(axis=0), atol=1e-6)
    _, states = next(hidden_states(minilm, [reading]))
    assert np.allclose(found.sentence[0], states[-1, 1:-1].mean(axis=0), atol=1e-4)
    assert np.allclose(found.layers[0], states[:, 2], atol=1e-4)


def test_a_sentence_of_one_word_has_no_context(minilm: Subject) -> None:
    found = sense_vectors(minilm, PLACES)
    assert not found.context[2].any() and found.alone == 1
    assert found.at(np.array([0, 1])).alone == 0


def test_each_text_is_read_once(minilm: Subject) -> None:
    assert sense_vectors(minilm, [*PLACES, *PLACES]).computed == 3


def test_other_poolings_leave_the_sentence_as_it_is(minilm: Subject) -> None:
    text = "The unbelievability grows."
    place = [Occurrence(text, 4, 19)]
    mean, first = sense_vectors(minilm, place), sense_vectors(minilm, place, pooling="first")
    assert np.allclose(mean.sentence, first.sentence, atol=1e-5)
    assert not np.allclose(mean.layers, first.layers, atol=1e-3)


def test_representations_by_name(minilm: Subject) -> None:
    vectors, background = sense_vectors(minilm, PLACES), measure(minilm, (*TEXTS, "Soup was cold."))
    found = representations(vectors, background)
    assert list(found)[:8] == [*(f"layer {layer}" for layer in range(7)), "last_four"]
    layers = [found[f"layer {layer}"] for layer in (3, 4, 5, 6)]
    assert np.allclose(found["last_four"], np.sum(layers, axis=0), atol=1e-4)
    of_six = background.standard(6)
    assert np.allclose(found["layer 6 z"] * of_six.deviation + of_six.mean, found["layer 6"], atol=1e-4)
    assert list(representations(vectors))[8:] == ["static", "context", "sentence"]


def test_what_the_model_does_not_see_is_told(minilm: Subject) -> None:
    text = "word " * 2000 + "bank"
    found = sense_vectors(minilm, [Occurrence(text, len(text) - 4, len(text))])
    assert "lies beyond" in found.problems[0] and np.isnan(found.layers).all()
    assert np.isfinite(found.sentence).all()


def test_nothing_is_nothing(minilm: Subject) -> None:
    assert sense_vectors(minilm, []).layers.shape == (0, 7, 384)


def test_static_vectors_may_be_narrower_than_states(tmp_path: Path) -> None:
    subject = tiny_subject(tmp_path, "narrow")
    found = sense_vectors(subject, [Occurrence("the soup was good", 4, 8), Occurrence("soup", 0, 4)])
    assert found.static.shape == found.context.shape == (2, subject.embedding_width)
    assert found.sentence.shape == (2, subject.hidden) and found.alone == 1
