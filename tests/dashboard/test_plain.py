"""User text that shows exactly its characters where Markdown is read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.plain import JOINER, escape, visible

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


@pytest.mark.parametrize(
    ("label", "shown_as"),
    [("good", "good"), ("very good", "very good"), ("good ", "good␣"), ("  good", "␣␣good"), ("  ", "␣␣"), ("", "")],
)
def test_blanks_at_the_ends_of_a_label_are_seen(label: str, shown_as: str) -> None:
    assert visible(label) == shown_as
