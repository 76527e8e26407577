from __future__ import annotations

import math

import pytest

from core.errors import Stopped, UserProblem
from core.pretraining.proof.forgetting import forgetting
from tests.core.pretraining.proof.fakes import always, tokenizer, uniform

KNOWN = tokenizer()
TEXTS = ["cat"] * 30


def test_a_rise_is_forgotten_by_hand() -> None:
    cat = KNOWN.convert_tokens_to_ids("cat")
    knows, forgot = (always(len(KNOWN), cat, probability) for probability in (0.8, 0.2))
    found = forgetting((knows, KNOWN), (forgot, KNOWN), TEXTS)
    assert found.paired.difference == pytest.approx(math.log(4), rel=1e-4) and found.paired.change == "worse"
    assert found.verdict.startswith("Forgotten. ")
    assert forgetting((forgot, KNOWN), (knows, KNOWN), TEXTS).verdict.startswith("Nothing forgotten. ")


def test_the_same_model_forgot_nothing() -> None:
    found = forgetting((uniform(len(KNOWN)), KNOWN), (uniform(len(KNOWN)), KNOWN), TEXTS)
    assert found.paired.difference == 0 and found.verdict.startswith("Before and after are the same")


def test_nothing_is_told_and_stop_stops() -> None:
    model = uniform(len(KNOWN))
    with pytest.raises(UserProblem, match="no sentences"):
        forgetting((model, KNOWN), (model, KNOWN), [])
    with pytest.raises(Stopped):
        forgetting((model, KNOWN), (model, KNOWN), TEXTS, should_stop=lambda: "discard")
