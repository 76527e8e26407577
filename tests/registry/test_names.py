"""Names of people's things: what is allowed, what is refused, and how versions are named."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadName
from registry.names import Spec, checked_alias, checked_name, is_id, new_id, parsed


@pytest.mark.parametrize(
    "name",
    ["trec", "all-MiniLM-L6-v2", "Café 2", "отзывы", "評価", "données (v1)", "a" * 100, "100 % honest?", "x:y", "नमूना"],
)
def test_names_in_any_script_are_kept(name: str) -> None:
    assert checked_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("a" * 101, "has 101 characters"),
        ("a/b", "a slash"),
        ("..\\x", "a backslash"),
        ("me@home", "an at sign"),
        ("a\nb", r"invisible character \(U\+000A\)"),
        ("a\0", r"U\+0000"),
        ("evil\u202etxt", r"U\+202E"),
        ("zero\u200bwidth", r"U\+200B"),
        ("\ud800", r"U\+D800"),
        ("..", "no letter or digit"),
        ("0" * 32, "looks like an id"),
    ],
)
def test_a_bad_name_is_refused_with_its_reason_and_the_rule(name: str, reason: str) -> None:
    with pytest.raises(BadName, match=rf'^The name ".*{reason}.* Use 1 to 100 letters'):
        checked_name(name)


def test_a_message_never_repeats_invisible_characters() -> None:
    with pytest.raises(BadName) as caught:
        checked_name("a\u202eb\n")
    assert str(caught.value).isprintable()


@given(st.text(max_size=120))
def test_an_accepted_name_is_printable_stable_and_no_path(name: str) -> None:
    try:
        accepted = checked_name(name)
    except BadName:
        return
    assert 1 <= len(accepted) <= 100 and checked_name(accepted) == accepted
    assert not set(accepted) & set("/\\@\0\n\r") and accepted == accepted.strip()
    assert parsed(accepted) == Spec(name=accepted)


def test_two_spellings_of_one_accent_are_one_name() -> None:
    assert checked_name("Cafe\u0301") == checked_name("Café")


@pytest.mark.parametrize("alias", ["champion", "a", "prod-2", "under_score", "a" * 50])
def test_aliases(alias: str) -> None:
    assert checked_alias(f" {alias} ") == alias


@pytest.mark.parametrize("alias", ["", "Champion", "2nd", "a b", "a" * 51, "a/b", "é", "-a", "a@"])
def test_bad_aliases(alias: str) -> None:
    with pytest.raises(BadName, match="lower-case"):
        checked_alias(alias)


def test_latest_cannot_be_set_by_hand() -> None:
    with pytest.raises(BadName, match="moves by itself"):
        checked_alias("latest")


def test_the_three_ways_to_name_a_version() -> None:
    id = new_id()
    assert parsed("reviews") == Spec(name="reviews")
    assert parsed(" reviews/3 ") == Spec(name="reviews", version=3)
    assert parsed("reviews@champion") == Spec(name="reviews", alias="champion")
    assert parsed(id) == Spec(id=id) and is_id(id)


BAD_SPECS = ["a/", "a/0", "a/-1", "a/x", "a/1/2", "a@", "a@B", "a@b@c", "/1", "@x", "a/1@x", "a/" + "9" * 12, "", "é/²"]


@pytest.mark.parametrize("spec", BAD_SPECS)
def test_a_spec_that_names_nothing_is_refused(spec: str) -> None:
    with pytest.raises(BadName):
        parsed(spec)
