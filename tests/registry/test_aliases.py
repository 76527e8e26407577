"""Aliases: one target each, moved on purpose, with a history."""

from __future__ import annotations

import pytest

from registry import models
from registry.errors import BadName, NotFound, Refused
from registry.session import Registry


@pytest.fixture
def three(registry: Registry, making) -> Registry:
    """Three versions of "questions"."""
    for _ in range(3):
        making.model()
    return registry


def where(registry: Registry, alias: str) -> list[int]:
    with registry.read() as session:
        return [version.version for version in models.versions_of(session, "questions") if alias in version.aliases]


def test_an_alias_has_one_target_and_may_move(three: Registry) -> None:
    with three.begin() as session:
        assert models.set_alias(session, "questions", "champion", 1, "ann").aliases == ("champion",)
        assert models.set_alias(session, "questions", "champion", 3, "ann").aliases == ("champion", "latest")
        models.set_alias(session, "questions", "challenger", 3, "ann")
        assert models.get(session, "questions/1").aliases == ()
        assert models.get(session, "questions/3").aliases == ("challenger", "champion", "latest")
    assert where(three, "champion") == [3]


@pytest.mark.parametrize(
    ("expected", "moved"), [(None, True), (1, True), (2, False), (0, False)], ids=["unasked", "right", "wrong", "unset"]
)
def test_a_move_is_refused_when_somebody_else_moved_it_first(
    three: Registry, expected: int | None, moved: bool
) -> None:
    with three.begin() as session:
        models.set_alias(session, "questions", "champion", 1, "ann", expected=0)
    try:
        with three.begin() as session:
            models.set_alias(session, "questions", "champion", 2, "bob", expected=expected)
    except Refused as refusal:
        assert not moved
        assert '"champion" of questions is at version 1 now' in str(refusal) and "somebody moved it" in str(refusal)
    assert where(three, "champion") == ([2] if moved else [1])


def test_what_cannot_be_is_refused(three: Registry) -> None:
    with three.begin() as session:
        with pytest.raises(NotFound, match="no version 9"):
            models.set_alias(session, "questions", "champion", 9, "ann")
        with pytest.raises(BadName, match="moves by itself"):
            models.set_alias(session, "questions", "latest", 1, "ann")
        with pytest.raises(BadName, match="lower-case"):
            models.set_alias(session, "questions", "Champion", 1, "ann")
        with pytest.raises(NotFound, match="no model"):
            models.set_alias(session, "answers", "champion", 1, "ann")
        with pytest.raises(NotFound, match='has no alias "champion"'):
            models.drop_alias(session, "questions", "champion", "ann")
    assert where(three, "champion") == []


def test_the_history_tells_who_when_where_and_why_even_after_a_renaming(three: Registry) -> None:
    with three.begin() as session:
        models.set_alias(session, "questions", "champion", 1, "ann", "first")
        models.set_alias(session, "questions", "champion", 2, "bob", "macro-F1 +0.02")
        models.drop_alias(session, "questions", "champion", "eve", "recalled")
        models.rename(session, "questions", "q", "ann")
    with three.read() as session:
        history = models.alias_history(session, "q")
    assert [(line.who, line.details["from"], line.details["to"], line.details["why"]) for line in history] == [
        ("eve", 2, 0, "recalled"),
        ("bob", 1, 2, "macro-F1 +0.02"),
        ("ann", 0, 1, "first"),
    ]
    assert all(line.details["alias"] == "champion" for line in history)


def test_aliases_of_two_models_do_not_meet(three: Registry, making) -> None:
    making.model(name="other")
    with three.begin() as session:
        models.set_alias(session, "questions", "champion", 2, "ann")
        models.set_alias(session, "other", "champion", 1, "ann")
        assert models.get(session, "questions@champion").version == 2
        assert models.get(session, "other@champion").version == 1
