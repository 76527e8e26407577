from __future__ import annotations

import numpy as np
import pytest

from core.bias.masked.asked import Question, answers, plan
from core.errors import Stopped
from core.progress import Progress
from tests.core.bias.conftest import Tiny
from tests.core.bias.masked.plainly import Plainly


def test_a_plan_runs_each_sentence_and_each_position_once() -> None:
    one, two = (2, 5, 4, 3), (2, 4, 6, 3)
    made = plan([Question(one, 2, 7), Question(two, 1, 8), Question(one, 2, 9), Question(one, 1, 5)])
    assert made.sentences == [one, two]
    assert made.places.tolist() == [[0, 2], [1, 1], [0, 1]]
    assert made.place.tolist() == [0, 1, 0, 2] and made.targets.tolist() == [7, 8, 9, 5]


@pytest.mark.parametrize("kind", ["bert", "roberta", "distilbert"])
def test_answers_are_those_of_one_sentence_at_a_time(kind: str, tiny: Tiny) -> None:
    audited = tiny(kind)
    plainly, mask = Plainly(audited.folder, audited.tokenizer, kind), audited.tokenizer.mask_token_id
    rng = np.random.default_rng(0)
    asked = []
    for length in (3, 9, 4, 9, 20, 3):
        ids = rng.integers(6, 30, length).tolist()
        ids[length // 2] = mask
        asked += [Question(tuple(ids), length // 2, int(target)) for target in rng.integers(6, 30, 3)]
        asked.append(Question(tuple(ids), 0, ids[0]))
    found = answers(audited.masked, asked, phase="asking")
    wanted = [plainly.log(one.ids, one.position, one.target) for one in asked]
    assert found == pytest.approx(wanted, abs=1e-4)


def test_probabilities_of_a_position_add_up_to_one(tiny: Tiny) -> None:
    audited = tiny()
    ids = (2, 7, audited.tokenizer.mask_token_id, 9, 3)
    size = audited.masked.model.config.vocab_size
    logs = answers(audited.masked, [Question(ids, 2, target) for target in range(size)], phase="asking")
    assert np.exp(logs).sum() == pytest.approx(1, abs=1e-5)


def test_it_stops_when_asked_and_tells_how_long_it_takes(tiny: Tiny) -> None:
    asked = [Question((2, 4, 7, 3), 1, 8)]
    with pytest.raises(Stopped):
        answers(tiny().masked, asked, phase="asking", should_stop=lambda: "discard")
    told: list[Progress] = []
    answers(tiny().masked, asked, phase="asking", report=told.append)
    assert told[-1].step == told[-1].steps == 4 and told[-1].seconds_left == 0
