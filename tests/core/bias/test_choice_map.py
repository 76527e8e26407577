"""The choice map: the same effect sizes as the measures one by one, and a sign that turns with the pooling."""

from __future__ import annotations

import numpy as np
import pytest

from core.bias import lexicon
from core.bias.audited import Audited
from core.bias.charts.choice_map import charts
from core.bias.choice_map import choice_map
from core.bias.inputs import Inputs
from tests.core.bias.measuring import measured

WEAT_7 = lexicon.test("WEAT 7")


def test_weat_7_turns_its_sign_between_the_mean_and_cls(bert: Audited) -> None:
    found = choice_map(bert.subject, WEAT_7, 0)
    place = {name: number for number, name in enumerate(found.poolings)}
    assert found.d.shape == (1, 3, 7)  # every word is one piece, so first and last piece say nothing new
    assert found.d[0, place["sentence, mean of all tokens"], -1] == pytest.approx(0.94, abs=0.005)
    assert found.d[0, place["sentence, [CLS]"], -1] == pytest.approx(-0.34, abs=0.005)
    assert np.isnan(found.d[0, place["sentence, [CLS]"], 0])  # before the first layer [CLS] is the same everywhere


@pytest.mark.parametrize("layer", [1, 6])
def test_cells_of_the_word_alone_are_weats_own(bert: Audited, layer: int) -> None:
    found = choice_map(bert.subject, WEAT_7, 0)
    own = measured("weat", bert, Inputs("WEAT 7", WEAT_7), layer=layer)
    assert found.d[0, 0, layer] == pytest.approx(own.headline.value, abs=1e-4)


def test_the_result_counts_the_signs_and_draws_every_cell(bert: Audited) -> None:
    found = measured("choice_map", bert, Inputs("WEAT 7", WEAT_7), templates=1)
    d = found.tables["cells"]["effect size d"]
    assert found.headline.value == pytest.approx((d > 0).mean()) and found.headline.n == len(d)
    assert f"{(d > 0).sum()} are above 0, {(d < 0).sum()} below 0" in found.warnings[-1]
    assert [drawn.title.split(": ")[1] for drawn in charts(found, {})] == [
        "the word alone", "“This is a thing.” and its like"
    ]  # fmt: skip
