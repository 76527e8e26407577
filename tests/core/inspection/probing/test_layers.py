"""Probing a whole model: a layer that holds the labels is found, and the static control is not fooled."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from core.data.examples import Examples, LabelledData
from core.encoding.base_models import bundled
from core.encoding.cache import VectorCache
from core.errors import Stopped, UserProblem
from core.inspection.charts import probing as charts
from core.inspection.picture import picture
from core.inspection.probing.layers import probe_layers
from core.inspection.probing.result import Probing
from core.inspection.probing.verdict import verdicts
from core.inspection.subject import Subject

PEOPLE = ("the waiter", "my aunt", "our neighbour", "the old cook", "a tall man", "her brother", "the nurse", "a child")
THINGS = ("the dog", "a lion", "the bear", "the cat", "our goat", "a snake", "the horse", "one wolf")


def order_matters() -> LabelledData:
    """Who bit whom: both labels have the same words, so that only their order tells."""
    texts, targets = [], []
    for person, thing in product(PEOPLE, THINGS):
        texts += [f"{person} bit {thing}", f"{thing} bit {person}"]
        targets += [0, 1]
    order = np.random.default_rng(0).permutation(len(texts))
    parts = np.split(order, [64, 88])
    splits = [Examples(tuple(texts[i] for i in part), np.array(targets)[part], part) for part in parts]
    return LabelledData(("person", "thing"), "single_label", *splits)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> VectorCache:
    return VectorCache(tmp_path_factory.mktemp("vectors"))


@pytest.fixture(scope="module")
def found(cache: VectorCache) -> Probing:
    return probe_layers(Subject(bundled()), order_matters(), cache=cache)


def test_layers_know_the_order_of_words_and_static_vectors_cannot(found: Probing) -> None:
    assert len(found.layers) == 7 and found.rows == {"train": 64, "validation": 24, "test": 40}
    assert max(score.accuracy.value for score in found.layers[2:]) > 0.9
    assert found.static.accuracy.value < 0.7  # the two orders of a sentence have the same static vector
    assert found.best["accuracy"].over_static.low > 0
    assert found.majority["accuracy"] <= 0.6


def test_every_score_lies_in_its_interval_and_selectivity_is_the_difference(found: Probing) -> None:
    for score in (found.static, *found.layers):
        for each in (score.accuracy, score.f1_macro, score.control, score.selectivity):
            assert each.low <= each.value <= each.high
        assert score.selectivity.value == pytest.approx(score.accuracy.value - score.control.value)


def test_a_second_visit_computes_nothing_and_says_the_same(found: Probing, cache: VectorCache) -> None:
    again = probe_layers(Subject(bundled()), order_matters(), cache=cache)
    assert (found.computed, again.computed) == (128, 0)
    assert again.layers == found.layers and again.best == found.best


def test_sentences_table_and_picture_tell_of_every_layer(found: Probing) -> None:
    for metric in ("accuracy", "f1_macro"):
        assert len(verdicts(found, metric)) == 4
        frame = charts.frame(found, metric)
        assert len(frame) == 7 * (4 if metric == "accuracy" else 3)
        assert b"majority answer" in picture(charts.chart(frame, metric), "svg")
        assert "Best is layer" in charts.described(found, metric)
    headers, rows = found.table
    assert [row[0] for row in rows] == ["static", *"0123456"] and all(len(row) == len(headers) for row in rows)


def test_an_unknown_rule_is_told_and_the_work_stops_when_asked(cache: VectorCache) -> None:
    with pytest.raises(UserProblem, match="pooling 'max'"):
        probe_layers(Subject(bundled()), order_matters(), rule="max")
    with pytest.raises(Stopped):
        probe_layers(Subject(bundled()), order_matters(), cache=cache, should_stop=lambda: "discard")


def test_texts_without_pieces_are_left_out_and_told(cache: VectorCache) -> None:
    whole = order_matters()
    texts = ("\u200b",) + whole.train.texts[1:]
    data = LabelledData(
        whole.labels, "single_label", Examples(texts, whole.train.targets, whole.train.row_ids), whole.validation,
        whole.test,
    )  # fmt: skip
    told = probe_layers(Subject(bundled()), data, cache=cache)
    assert told.rows["train"] == 63 and "1 text was left out" in told.notes[0]


def test_nothing_that_can_be_read_is_told(tmp_path: Path) -> None:
    blank = Examples(("\u200b",) * 12, np.arange(12) % 2, np.arange(12))
    with pytest.raises(UserProblem, match="no piece"):
        probe_layers(Subject(bundled()), LabelledData(("a", "b"), "single_label", blank, blank, blank))
