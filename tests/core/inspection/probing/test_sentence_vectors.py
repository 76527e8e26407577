"""Vectors of texts by layer: the right pieces, the same as transformers', from the cache the second time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.encoding.cache import VectorCache
from core.errors import Stopped
from core.inspection.probing.sentence_vectors import sentence_vectors
from core.inspection.subject import Subject
from tests.core.inspection.tiny_subject import subject as tiny_subject

TEXTS = ("the pizza was good", "soup", "", "<script>alert(1)</script> [MASK] 🍕 ไทย 漢字 " + "x" * 101)


@pytest.fixture(scope="module", params=["bert", "distilbert", "roberta", "electra", "narrow"])
def subject(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return tiny_subject(tmp_path_factory.mktemp("model") / request.param, request.param)


def test_mean_is_over_own_pieces_and_first_is_the_first_piece(subject: Subject) -> None:
    text = TEXTS[0]
    reading = subject.read(text)
    with torch.inference_mode():
        found = subject.body(torch.from_numpy(reading.ids[None].astype(np.int64)), output_hidden_states=True)
    states = torch.stack(found.hidden_states)[:, 0].numpy()
    mean, first = (sentence_vectors(subject, [text, "soup"], rule=rule, max_length=64) for rule in ("mean", "first"))
    assert mean.layers.shape == (2, subject.layers + 1, 32)
    assert np.allclose(mean.layers[0], states[:, 1:-1].mean(axis=1), atol=1e-5)
    assert np.allclose(first.layers[0], states[:, 0], atol=1e-5)
    assert np.allclose(mean.static[0], subject.static(reading.ids[1:-1]).mean(axis=0), atol=1e-6)


def test_a_text_without_pieces_has_no_vector_and_odd_ones_have(subject: Subject) -> None:
    found = sentence_vectors(subject, TEXTS, max_length=64)
    assert found.usable.tolist() == [True, True, False, True]
    assert np.isnan(found.layers[2]).all() and np.isfinite(found.layers[found.usable]).all()
    assert found.computed == 3


def test_a_second_visit_computes_nothing_and_other_rules_and_lengths_are_kept_apart(
    subject: Subject, tmp_path: Path
) -> None:
    cache = VectorCache(tmp_path / "vectors")
    first = sentence_vectors(subject, TEXTS, cache=cache, max_length=64)
    again = sentence_vectors(subject, TEXTS, cache=cache, max_length=64)
    assert (first.computed, again.computed) == (3, 0)
    assert np.array_equal(first.layers, again.layers, equal_nan=True)
    assert sentence_vectors(subject, TEXTS, cache=cache, rule="first", max_length=64).computed == 3
    assert sentence_vectors(subject, TEXTS, cache=cache, max_length=16).computed == 3


def test_pairs_are_read_as_pairs_and_not_as_the_joined_text(subject: Subject, tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors")
    one = sentence_vectors(subject, ["the soup"], ["is cold"], cache=cache)
    other = sentence_vectors(subject, ["the so"], ["upis cold"], cache=cache)
    assert other.computed == 1 and not np.allclose(one.layers, other.layers)


def test_cut_texts_are_counted_and_work_stops_when_asked(subject: Subject) -> None:
    assert sentence_vectors(subject, ["soup " * 2000, "soup"]).truncated == 1
    with pytest.raises(Stopped):
        sentence_vectors(subject, ["soup"], should_stop=lambda: "discard")
