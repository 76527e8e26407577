"""What a head reads, and that folding a projection into it gives the logits of projected vectors, to 1e-5."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.bias.debiasing.projection import without
from core.bias.debiasing.readout import readout
from core.encoding.encoder import Encoder
from core.errors import UserProblem
from core.inference.scorers.probe import ProbeScorer
from core.inference.scorers.sequence import SequenceScorer
from tests.core.encoding.tiny_models import tiny_body, tiny_classifier

TEXTS = ["the pizza was good", "cold soup", "very bad waiter and bad soup", "not good"]


@pytest.fixture(params=["probe", "bert", "distilbert", "roberta"])
def scorer(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    chance = np.random.default_rng(0)
    if request.param == "probe":
        body = tiny_body(tmp_path / "body")
        weights, bias, mean = chance.normal(size=(3, 32)), chance.normal(size=3), chance.normal(size=32)
        return ProbeScorer(Encoder(body, max_length=64), weights, bias, mean, chance.uniform(0.5, 2, size=32))
    tiny_classifier(tmp_path / "model", ("a", "b", "c"), request.param)
    return SequenceScorer.load(tmp_path / "model")


def test_the_layer_reads_what_it_says(scorer: Any) -> None:
    read = readout(scorer)
    logits = read.vectors(TEXTS) @ read.weight.T + read.bias
    assert logits == pytest.approx(scorer.logits(TEXTS).values, abs=1e-5)


def test_a_folded_projection_is_exact_and_loads_again(scorer: Any, tmp_path: Path) -> None:
    read = readout(scorer)
    p = without(np.random.default_rng(1).normal(size=(read.weight.shape[1], 3)))
    wanted = read.vectors(TEXTS) @ p @ read.weight.T + read.bias
    before = scorer.logits(TEXTS).values
    folded = read.with_head(read.weight @ p, read.bias)
    assert folded.logits(TEXTS).values == pytest.approx(wanted, abs=1e-5)
    assert np.abs(wanted - before).max() > 1e-3 and scorer.logits(TEXTS).values == pytest.approx(before)
    (tmp_path / "out").mkdir()
    folded.save(tmp_path / "out", ("a", "b", "c"), "single_label")
    assert type(folded).load(tmp_path / "out").logits(TEXTS).values == pytest.approx(wanted, abs=1e-5)


def test_a_word_count_has_no_vector() -> None:
    from core.inference.scorers.tfidf import TfidfScorer

    with pytest.raises(UserProblem, match="counts words"):
        readout(TfidfScorer([], np.zeros((2, 1)), np.zeros(2)))
