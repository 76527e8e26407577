"""Every objective that is found in the folder declares itself and keeps the rules that all keep."""

from __future__ import annotations

import numpy as np
import pytest

from core.pretraining.objective import Objective
from core.pretraining.objectives import OBJECTIVES


def test_the_objectives_are_found() -> None:
    assert list(OBJECTIVES)[:3] == ["mlm", "mlm_nsp", "mlm_sop"]


@pytest.mark.parametrize("objective", OBJECTIVES.values(), ids=OBJECTIVES)
def test_an_objective_says_what_it_is(objective: Objective) -> None:
    assert objective.title and objective.summary.endswith(".") and objective.source
    assert len(objective.pair_labels) in (0, 2) and 0 <= objective.short_share < 1


@pytest.mark.parametrize("objective", OBJECTIVES.values(), ids=OBJECTIVES)
def test_sequences_fit_repeat_from_a_seed_and_keep_their_labels(objective: Objective) -> None:
    drawn = np.random.default_rng(5)
    documents = [[list(drawn.integers(9, 99, drawn.integers(1, 40))) for _ in range(9)] for _ in range(30)]
    documents.insert(3, [])
    one, two = (list(objective.build(documents, np.random.default_rng(1), 48, 0.1)) for _ in range(2))
    assert one == two and len(one) > 30
    special = 3 if objective.pair_labels else 2
    assert all(0 < len(pair.a) + len(pair.b) <= 48 - special for pair in one)
    assert {pair.label for pair in one} == (set(range(2)) if objective.pair_labels else {None})
    assert 3 not in {pair.document for pair in one}
    assert list(objective.build([], np.random.default_rng(1), 48, 0.1)) == []
