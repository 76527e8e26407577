"""MAC by hand, any number of groups, what it is blind to, and WEFE."""

from __future__ import annotations

import pytest

from tests.core.bias.golden.wefe_found import inputs, wefe
from tests.core.bias.measuring import measured, words

ROWS = {
    "t": [2.0, 0.0],
    "u": [0.0, 3.0],
    "v": [-1.0, 0.0],
    "east": [1.0, 0.0],
    "north": [0.0, 1.0],
    "west": [-4.0, 0.0],
}


def figures(found) -> dict[str, float | None]:
    return {one.name: one.value for one in found.figures}


def test_the_value_by_hand(table) -> None:
    """t: (0 + 1) / 2 to A, 2 to B; the mean over both sets is 1.25."""
    given = words({"T": ["t"]}, {"A": ["east", "north"], "B": ["west"]})
    found = measured("mac", table(ROWS), given)
    assert found.headline.value == pytest.approx(1.25)
    assert found.tables["words"].iloc[0][["distance to A", "distance to B"]].tolist() == pytest.approx([0.5, 2.0])
    assert (found.headline.least, found.headline.most, found.headline.low) == (0.0, 2.0, None)


def test_it_takes_any_number_of_groups_and_shows_what_it_is_blind_to(table) -> None:
    """t lies at A and v opposite: the mean is 1, as without any bias, and the groups are 2 apart."""
    found = measured("mac", table(ROWS), words({"T": ["t"], "U": ["u"], "V": ["v"]}, {"A": ["east"]}))
    assert found.headline.value == pytest.approx(1.0)
    assert figures(found)["apart"] == pytest.approx(2.0)
    assert [figures(found)[f"group_{n}"] for n in range(3)] == pytest.approx([0.0, 1.0, 2.0])
    assert found.tables["groups"]["group"].tolist() == ["T", "U", "V"]


def test_every_word_counts_once_whatever_its_group(table) -> None:
    found = measured("mac", table(ROWS), words({"T": ["t", "u"], "V": ["v"]}, {"A": ["east"]}))
    assert found.headline.value == pytest.approx((0 + 1 + 2) / 3)
    assert found.headline.low is not None


def test_wefe_agrees(table) -> None:
    found = measured("mac", table(wefe()["vectors"]), inputs(2))
    assert found.headline.value == pytest.approx(wefe()["found"]["mac"]["result"], abs=1e-6)
