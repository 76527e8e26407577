"""User text that shows exactly its characters where Markdown is read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.plain import JOINER, escape

ACTIVE = re.compile(r"(?<!\\)[`*_\[\]<>#$~|!]")


def shown(markdown: str) -> str:
    """What a reader sees: backslashes undone, the invisible joiner gone."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown.replace(JOINER, ""))


@given(st.text(max_size=200))
def test_the_characters_stay_and_no_mark_stays_active(text: str) -> None:
    assert shown(escape(text)) == " ".join(text.split()).replace(JOINER, "")
    assert not ACTIVE.search(escape(text).replace("\\\\", ""))


@pytest.mark.parametrize(
    "text",
    ["https://evil.example/x.png", "www.evil.example", "a@evil.example", ":smile:", ":material/home:", ":red[x]"],
)
def test_nothing_becomes_a_link_or_an_icon(text: str) -> None:
    seen = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escape(text))
    assert not re.search(r"https?://|www\.|\w@\w|:[\w+-]+:|:material/|:red\[", seen)


def test_long_text_is_cut() -> None:
    assert escape("x" * 600) == "x" * 499 + "…"
