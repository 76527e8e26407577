from __future__ import annotations

import pandas as pd
import pytest

from core.bias.charts import charts_of
from core.bias.inputs import Inputs
from tests.core.bias.conftest import Tiny
from tests.core.bias.measuring import measured, words

ROWS = {
    "sent_more": ["the waiter was good", "the soup was bad"], "sent_less": ["the pizza was good", "a soup was bad"],
    "stereo_antistereo": ["stereo", "antistereo"], "bias_type": ["work", "food"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "titles"),
    [("crows_pairs", ["By kind of bias", "By direction", "Rules side by side"]),
     ("aul", ["By kind of bias", "By direction"])],
)  # fmt: skip
def test_shares_are_drawn_with_the_neutral_value(name: str, titles: list[str], tiny: Tiny) -> None:
    inputs = Inputs("pairs", None, pd.DataFrame(ROWS))
    found = measured(name, tiny(), inputs)
    drawn = charts_of(name, found, inputs.to_json())
    assert [one.title for one in drawn] == titles
    for one in drawn:
        assert one.chart.to_dict(validate=True) and "neutral value is 50" in one.alt
    assert "work (1)" in drawn[0].alt and "food (1)" in drawn[0].alt


def test_attribute_words_are_drawn(tiny: Tiny) -> None:
    inputs = words({"X": ["soup"], "Y": ["pizza"]}, {"A": ["good", "bad"]})
    (drawn,) = charts_of("log_probability", measured("log_probability", tiny(), inputs), inputs.to_json())
    assert drawn.chart.to_dict(validate=True) and "good" in drawn.alt
