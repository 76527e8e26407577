from __future__ import annotations

import pandas as pd
import pytest

from core.bias.inputs import Inputs
from core.bias.masked import cost, sample
from core.bias.measures import measure
from core.errors import UserProblem
from tests.core.bias.conftest import Tiny
from tests.core.bias.measuring import words


def test_what_is_foretold_is_what_is_asked(tiny: Tiny) -> None:
    table = pd.DataFrame(
        {"sent_more": ["the soup was good", "a pizza"], "sent_less": ["the waiter was good", "a soup"]}
    )
    audited, inputs = tiny(), Inputs("pairs", None, table)
    for name, settings, queries in (("crows_pairs", {"rivals": False}, 8), ("crows_pairs", {}, 10), ("aul", {}, 12)):
        found = cost.foretell(audited, name, inputs, measure(name).config.from_json(settings))
        assert found.queries == queries and found.seconds > 0 and "batches" in found.basis


def test_blanks_and_templates_are_foretold_too(tiny: Tiny) -> None:
    row = {"context": "the BLANK", "stereotype": "soup", "anti_stereotype": "soups", "unrelated": "good"}
    blanks = Inputs("blanks", None, pd.DataFrame([row]))
    assert (
        cost.foretell(tiny(), "stereoset", blanks, measure("stereoset").config()).queries == 2
    )  # one mask, "soup" shown
    given = words({"X": ["soup"], "Y": ["pizza"]}, {"A": ["good", "bad"]})
    config = measure("log_probability").config.from_json({"templates": "[TARGET] is [ATTRIBUTE]"})
    assert cost.foretell(tiny(), "log_probability", given, config).queries == 3  # two attributes, one prior


@pytest.mark.parametrize("name", ["crows_pairs", "aul"])
def test_the_shipped_pairs_are_foretold(name: str, tiny: Tiny) -> None:
    assert cost.foretell(tiny(), name, sample.pairs(), measure(name).config()).queries > 1


def test_inputs_of_which_nothing_can_be_asked_are_refused(tiny: Tiny) -> None:
    nothing = Inputs("pairs", None, pd.DataFrame({"sent_more": ["soup"], "sent_less": ["pizza"]}))
    with pytest.raises(UserProblem, match="Nothing of pairs"):
        cost.foretell(tiny(), "crows_pairs", nothing, measure("crows_pairs").config())
