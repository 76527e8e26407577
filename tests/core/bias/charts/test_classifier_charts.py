"""Charts of classifiers are whole, say in words what they show, and leave unknown cells unknown."""

from __future__ import annotations

import pandas as pd

from core.bias import lexicon
from core.bias.charts import charts_of
from core.bias.inputs import Inputs
from tests.core.bias.classifying import classifying, probability
from tests.core.bias.measuring import measured


def said(text: str) -> tuple[float, float]:
    return probability(0.8 if "he" in text.lower().split() else 0.3)


def test_signed_shifts_by_group() -> None:
    inputs = Inputs("rows", lexicon.test("Gender words"), pd.DataFrame({"text": ["He sings.", "She sings."]}))
    (drawn,) = charts_of("counterfactual", measured("counterfactual", classifying(said), inputs), inputs.to_json())
    assert "Men +0.500" in drawn.alt and "Women -0.500" in drawn.alt and drawn.chart.to_dict(validate=True)


def test_heat_map_and_rates_with_small_cells() -> None:
    rows = [("he sings", "yes", "g"), ("it rains", "no", "g"), ("he runs", "yes", "h")] * 25
    inputs = Inputs("rows", None, pd.DataFrame(rows, columns=["text", "label", "group"]))
    found = measured("subgroups", classifying(said), inputs, resamples=100, permutations=100)
    heat, rates = charts_of("subgroups", found, inputs.to_json())
    assert "h subgroup AUC n too small" in heat.alt and "g subgroup AUC 1.00" in heat.alt
    assert "g TPR 1.00" in rates.alt and "h FPR" not in rates.alt
    assert heat.chart.to_dict(validate=True) and rates.chart.to_dict(validate=True)
