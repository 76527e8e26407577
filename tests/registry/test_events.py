"""The audit trail: newest first, filtered, and gone together with a change that failed."""

from __future__ import annotations

import pytest

from registry import events
from registry.session import Registry


def test_lines_come_newest_first_and_filtered(registry: Registry) -> None:
    with registry.begin() as session:
        events.record(session, "ann", "added", "model", "1", {"spec": "a/1"})
        events.record(session, "bob", "added", "dataset", "2")
        events.record(session, "bob", "deleted", "model", "1")
    with registry.read() as session:
        assert [line.what for line in events.listing(session)] == ["deleted", "added", "added"]
        assert [line.who for line in events.listing(session, noun="model")] == ["bob", "ann"]
        assert [line.noun for line in events.listing(session, target="2")] == ["dataset"]
        assert [line.what for line in events.listing(session, limit=1)] == ["deleted"]
        first = events.listing(session)[-1]
    assert first.details == {"spec": "a/1"} and first.at.tzinfo is not None


def test_a_change_that_failed_leaves_no_line(registry: Registry) -> None:
    with pytest.raises(ZeroDivisionError), registry.begin() as session:
        events.record(session, "ann", "added", "model", "1")
        raise ZeroDivisionError
    with registry.read() as session:
        assert events.listing(session) == ()
