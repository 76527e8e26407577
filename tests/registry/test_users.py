"""People are added once."""

from __future__ import annotations

import pytest

from registry import users
from registry.errors import BadName
from registry.session import Registry


def test_a_person_is_added_once(registry: Registry) -> None:
    with registry.begin() as session:
        assert users.ensure(session, " Zoë ") == "Zoë"
        assert users.ensure(session, "Zoë", "zoe@example.org") == "Zoë"
        users.ensure(session, "ann")
    with registry.read() as session:
        assert set(users.listing(session)) == {"ann", "Zoë"}


def test_a_bad_name_is_refused(registry: Registry) -> None:
    with pytest.raises(BadName, match="The user name"), registry.begin() as session:
        users.ensure(session, "a\nb")
