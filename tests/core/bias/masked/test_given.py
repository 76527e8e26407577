from __future__ import annotations

import pandas as pd
import pytest

from core.bias.masked import sample
from core.bias.masked.columns import guessed
from core.bias.masked.given import given
from core.bias.measures import measure
from core.errors import UserProblem


def test_columns_are_found_under_the_names_people_give_them() -> None:
    assert guessed(["", "Stereotype", "Anti-Stereotype", "Bias type"], ("sent_more", "sent_less")) == {
        "sent_more": "Stereotype", "sent_less": "Anti-Stereotype", "bias_type": "Bias type",
    }  # fmt: skip
    own = ["context", "stereotype", "anti-stereotype", "unrelated", "target", "bias_type", "type"]
    assert guessed(own, ("context", "stereotype", "anti_stereotype", "unrelated")) == {
        "context": "context", "stereotype": "stereotype", "anti_stereotype": "anti-stereotype",
        "unrelated": "unrelated", "target": "target", "bias_type": "bias_type",
    }  # fmt: skip
    assert guessed(["sent_more", "more", "less"], ("sent_more", "sent_less")) == {
        "sent_more": "sent_more", "sent_less": "less",
    }  # fmt: skip


def test_a_table_is_read_under_the_measures_names_or_refused() -> None:
    table = pd.DataFrame({"More": ["a"], "b": ["c"]})
    with pytest.raises(UserProblem, match="no column for sent_less; it has: More, b"):
        given(measure("crows_pairs"), table, "own.csv")
    found = given(measure("crows_pairs"), table, "own.csv", {"sent_more": "More", "sent_less": "b"})
    assert found.table is not None and found.table.to_dict("list") == {"sent_more": ["a"], "sent_less": ["c"]}
    with pytest.raises(UserProblem, match="was given no table"):
        given(measure("stereoset"), None, "StereoSet")


def test_the_shipped_pairs_are_minimal_pairs_of_several_kinds() -> None:
    table = given(measure("aul"), None, "").table
    assert table is not None and 40 <= len(table) <= 60
    assert list(table.columns) == ["sent_more", "sent_less", "stereo_antistereo", "bias_type", "source"]
    assert set(table["stereo_antistereo"]) == {"stereo", "antistereo"} and table["bias_type"].nunique() >= 8
    assert set(table["source"]) == {sample.SOURCE}
    for row in table.itertuples():
        more, less = row.sent_more.split(), row.sent_less.split()
        differ = [(a, b) for a, b in zip(more, less, strict=True) if a != b]
        assert 1 <= len(differ) <= 2, row.sent_more
    assert not table.duplicated(["sent_more", "sent_less"]).any()
