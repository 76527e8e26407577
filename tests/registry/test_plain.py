"""Only what JSON and both databases can hold is stored."""

from __future__ import annotations

import json
import math
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.plain import clean, plain, strings


def test_values_become_plain() -> None:
    inner = MappingProxyType({"c": np.float32(0.5), "d": np.arange(3)})
    value = {"a": (1, 2.5, None, True), "b": inner, 3: np.int64(4)}
    assert plain(value) == {"a": [1, 2.5, None, True], "b": {"c": 0.5, "d": [0, 1, 2]}, "3": 4}


def test_what_is_no_number_becomes_null() -> None:
    assert plain([math.nan, math.inf, -math.inf, np.float64("nan")]) == [None] * 4
    assert plain(np.array([1.0, np.nan])) == [1.0, None]


def test_text_that_no_database_holds_is_replaced() -> None:
    assert clean("a\0b\ud800c") == "a\ufffdb\ufffdc"
    assert plain({"k\0": "v\0"}) == {"k\ufffd": "v\ufffd"}


def test_anything_else_is_refused() -> None:
    with pytest.raises(TypeError, match="object cannot be stored"):
        plain({"a": object()})


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUES)
def test_the_result_is_strict_json_and_stays_the_same(value: object) -> None:
    once = plain(value)
    json.dumps(once, allow_nan=False).encode()
    assert plain(once) == once


def test_all_strings_are_found_at_any_depth() -> None:
    assert list(strings({"a": ["x", {"b": ("y", 1, None)}], "c": "z"})) == ["x", "y", "z"]
