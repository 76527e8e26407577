"""Time and text as both databases keep them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Float, insert, literal, select

from registry.columns import Later, Now, Tail, UtcTime
from registry.session import Registry
from registry.tables import UserRow


def ask(registry: Registry, *expressions):
    with registry.begin() as session:
        return session.execute(select(*expressions)).one()


def test_the_clock_is_utc_aware_and_right(registry: Registry) -> None:
    (now,) = ask(registry, Now())
    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("seconds", [0.0, 0.25, 60.0, 86_400.5, -5.0])
def test_later_adds_seconds(registry: Registry, seconds: float) -> None:
    now, then, by_expression = ask(registry, Now(), Later(seconds), Later(literal(seconds, Float())))
    assert abs((then - now).total_seconds() - seconds) < 0.1
    assert abs((by_expression - then).total_seconds()) < 0.1


def test_the_database_compares_times_as_times(registry: Registry) -> None:
    before, after, same = ask(registry, Later(-0.5) < Now(), Later(0.5) < Now(), Later(60) > Later(59.9))
    assert (bool(before), bool(after), bool(same)) == (True, False, True)


def test_any_time_zone_comes_back_as_utc(registry: Registry) -> None:
    time = datetime(2026, 11, 24, 12, 30, 15, 123000, tzinfo=timezone(timedelta(hours=2)))
    with registry.begin() as session:
        session.execute(insert(UserRow).values(name="ann", created_at=time))
        found = session.scalars(select(UserRow.created_at)).one()
    assert found == time and found.tzinfo is UTC and found.hour == 10


def test_a_time_without_zone_is_refused(registry: Registry) -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcTime().process_bind_param(datetime(2026, 1, 1), registry._writing.dialect)


def test_the_end_of_a_text(registry: Registry) -> None:
    assert tuple(ask(registry, Tail(literal("abcdef"), 2), Tail(literal("äb"), 5))) == ("ef", "äb")
