from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.encoding.base_models import bundled
from core.encoding.cache import VectorCache
from core.errors import Stopped, UserProblem
from core.inspection import anisotropy
from core.inspection.anisotropy import Background, background_texts, measure
from core.inspection.shipped_background import sentences
from core.inspection.similarity import LAST_FOUR
from core.inspection.subject import Subject
from core.progress import Progress
from tests.core.inspection.tiny_subject import subject

TEXTS = ("the pizza was good", "a cold soup", "the waiter is very bad", "love and soup")


def test_baseline_is_the_mean_of_the_pairs_and_the_layer_is_named() -> None:
    raw = np.array([[0.1, 0.3], [0.5, 0.7], [0.2, 0.2]])
    found = Background((0, 1, LAST_FOUR), raw, -raw, np.zeros((3, 4)), np.ones((3, 4)), 2, 4)
    assert found.baseline(1) == pytest.approx(0.6) and found.baseline(LAST_FOUR) == pytest.approx(0.2)
    assert found.baseline(0, standardised=True) == pytest.approx(-0.2)
    assert found.standard(0).score(np.full(4, 3.0)).tolist() == [3.0] * 4


def test_pairs_are_of_different_sentences_and_uniform_over_words() -> None:
    rows = [0] * 90 + [1] * 5 + [2] * 5
    pairs = anisotropy._drawn(rows)
    of = np.array(rows)[pairs]
    assert pairs.shape == (1_000, 2) and (of[:, 0] != of[:, 1]).all()
    assert np.isin(of, 0).any(axis=1).mean() > 0.9  # 1,800 of 1,850 ordered pairs hold the first sentence
    assert (anisotropy._drawn(rows) == pairs).all()


def test_a_second_visit_reads_the_cache_alone(tmp_path: Path) -> None:
    found, cache, told = subject(tmp_path / "model"), VectorCache(tmp_path / "vectors"), list[Progress]()
    first = measure(found, TEXTS, cache=cache, report=told.append)
    assert told
    told.clear()
    second = measure(found, TEXTS, cache=cache, report=told.append)
    assert not told and (first.texts, first.occurrences) == (second.texts, second.occurrences) == (4, 15)
    for name in ("raw", "scored", "mean", "deviation"):
        assert (getattr(first, name) == getattr(second, name)).all()
    measure(found, TEXTS, pooling="first", cache=cache, report=told.append)
    assert told  # another rule is measured anew


def test_z_scores_take_the_common_part_away(tmp_path: Path) -> None:
    found = measure(subject(tmp_path), TEXTS)
    assert found.raw.shape == (4, 1_000) and found.mean.shape == (4, 32)
    assert abs(found.baseline(2, standardised=True)) < 0.2


def test_a_background_without_two_sentences_is_told(tmp_path: Path) -> None:
    tiny = subject(tmp_path)
    for texts in ((), ("the pizza",), ("the pizza", "..."), ("", " ")):
        with pytest.raises(UserProblem, match="fewer than two"):
            measure(tiny, texts)
    with pytest.raises(Stopped):
        measure(tiny, TEXTS, should_stop=lambda: "discard")


def test_a_large_background_is_sampled_in_order() -> None:
    texts = [f"text {number}" for number in range(500)]
    found = background_texts([*texts, *texts, " "], limit=100)
    assert (
        len(found) == 100
        and list(found) == sorted(found, key=texts.index)
        and found == background_texts(texts, limit=100)
    )
    assert background_texts(["a", "a", ""], limit=5) == ("a",)


@pytest.mark.slow
def test_the_bundled_model_on_our_own_sentences() -> None:
    """Near what another 1,000 sentences gave: .060 .140 .150 .160 .190 .274 .025."""
    found = measure(Subject(bundled()), sentences())
    measured = [found.baseline(layer) for layer in range(7)]
    assert measured == pytest.approx([0.060, 0.140, 0.150, 0.160, 0.190, 0.274, 0.025], abs=0.06)
    assert max(abs(found.baseline(layer, standardised=True)) for layer in found.choices) < 0.02
    assert found.texts == len(sentences()) > 500
