"""Numbers as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.components import quantities

NOW = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "unknown"),
        (0, "0 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (125, "2 min 5 s"),
        (3661, "1 h 1 min"),
        (90000, "1 d 1 h"),
    ],
)
def test_duration(seconds: float | None, words: str) -> None:
    assert quantities.duration(seconds) == words


@pytest.mark.parametrize(
    ("before", "words"),
    [(3, "just now"), (45, "45 s ago"), (300, "5 min ago"), (7200, "2 h ago"), (3 * 86400, "3 d ago")],
)
def test_ago(before: float, words: str) -> None:
    assert quantities.ago(NOW - timedelta(seconds=before), NOW) == words


def test_ago_is_a_date_after_a_week_and_never_without_a_time() -> None:
    assert quantities.ago(NOW - timedelta(days=30), NOW) == "06 Oct 2026"
    assert quantities.ago(None) == "never"


@pytest.mark.parametrize(
    ("part", "words"), [(0, "0.0 %"), (0.0004, "< 0.1 %"), (0.5, "50.0 %"), (0.9996, "> 99.9 %"), (1, "100.0 %")]
)
def test_share_never_rounds_to_all_or_nothing(part: float, words: str) -> None:
    assert quantities.share(part) == words


@pytest.mark.parametrize(
    ("place", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (113, "113th")]
)
def test_ordinal(place: int, words: str) -> None:
    assert quantities.ordinal(place) == words


def test_size_and_count() -> None:
    assert [quantities.size(n) for n in (12, 4_200, 86_700_000, 2_000_000_000)] == [
        "12 bytes",
        "4.2 kB",
        "86.7 MB",
        "2.0 GB",
    ]
    assert quantities.count(1, "row") == "1 row"
    assert quantities.count(5452, "row") == "5,452 rows"
    assert quantities.count(2, "class", "classes") == "2 classes"


def test_interval_says_what_is_missing() -> None:
    assert quantities.interval({"value": 0.93456, "low": 0.91, "high": 0.95}) == "0.935 (0.910 to 0.950)"
    assert quantities.interval({"value": 0.5, "low": None, "high": None}) == "0.500"
    assert quantities.interval({"value": None}) == quantities.interval(None) == "–"
