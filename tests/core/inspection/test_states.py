from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import Stopped
from core.inspection.states import batch_of, hidden_states
from core.progress import Progress
from tests.core.inspection.tiny_subject import subject

TEXTS = ("cold", "the pizza was very good and the soup was cold", "", "a waiter")


@pytest.mark.parametrize("kind", ["bert", "distilbert", "roberta", "electra", "narrow"])
def test_each_reading_gets_its_own_states_without_padding(tmp_path: Path, kind: str) -> None:
    found = subject(tmp_path, kind)
    readings = [found.read(text) for text in TEXTS]
    together = dict(hidden_states(found, readings))
    assert sorted(together) == [0, 1, 2, 3]
    for place, reading in enumerate(readings):
        assert together[place].shape == (3, len(reading.pieces), 32) and together[place].dtype == np.float32
        ((_, alone),) = hidden_states(found, [reading])
        assert together[place] == pytest.approx(alone, abs=1e-5)


def test_a_pair_is_read_with_its_segments(tmp_path: Path) -> None:
    found = subject(tmp_path)
    one, two = found.read("cold", "soup"), found.read("cold soup")
    assert batch_of(found, [one])["token_type_ids"].tolist() == [[0, 0, 0, 1, 1]]
    states = dict(hidden_states(found, [one, two]))
    assert np.abs(states[0][0, 0] - states[1][0, 0]).max() < 1e-6  # [CLS] is embedded alike
    assert np.abs(states[0][2, 0] - states[1][2, 0]).max() > 1e-4  # and then sees another text


def test_it_reports_and_stops(tmp_path: Path) -> None:
    found, told = subject(tmp_path), list[Progress]()
    readings = [found.read(text) for text in TEXTS]
    assert len(list(hidden_states(found, readings, report=told.append, phase="words"))) == 4
    assert (told[-1].phase, told[-1].step, told[-1].steps) == ("words", 4, 4)
    with pytest.raises(Stopped, match="after 0 of 4"):
        list(hidden_states(found, readings, should_stop=lambda: "discard"))
