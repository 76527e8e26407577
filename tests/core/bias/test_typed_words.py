"""Words as people type them, in any script."""

from __future__ import annotations

import unicodedata

import pytest

from core.bias.typed_words import joined, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("she, her ,  Grace", ("she", "her", "Grace")),
        ("she\nher\r\n\n Grace ", ("she", "her", "Grace")),
        ("she her Grace", ("she", "her", "Grace")),
        ("New York, Los Angeles", ("New York", "Los Angeles")),
        ("a;b\tc|d", ("a", "b", "c", "d")),
        ('"1,000", "a b"', ("1,000", "a b")),
        ("„so, so“, «un, deux»", ("so, so", "un, deux")),
        ("сестра, Мать", ("сестра", "Мать")),
        ("她，女人、母亲；姐姐", ("她", "女人", "母亲", "姐姐")),
        ("هي، امرأة؛ أم", ("هي", "امرأة", "أم")),
        ("\ufeffshe,\u200bher\u200b", ("she", "her")),
        ("don't, mother-in-law, 3%", ("don't", "mother-in-law", "3%")),
        ("", ()),
        (" , ,\n", ()),
    ],
)
def test_words(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


def test_doubled_words_stay_and_letters_are_composed() -> None:
    assert words("a, a") == ("a", "a")
    assert words(unicodedata.normalize("NFD", "Büro, café")) == ("Büro", "café")


@pytest.mark.parametrize("given", [("a", "b"), ("New York",), ("1,000", "x"), ("her",), ("a b", "c d")])
def test_what_is_written_is_read_back(given: tuple[str, ...]) -> None:
    assert words(joined(given)) == given
