"""The desk of an upload: nothing is read or checked twice, and never checked on another reading's table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.data.column_mapping import ColumnMapping
from core.data.draft import CheckOptions
from core.data.reading.facts import TableFacts
from core.data.reading.options import ReadOptions
from core.errors import UserProblem
from core.jobs import uploads
from core.jobs.uploads import Staged
from core.progress import Progress
from dashboard.components import desk

STAGED = Staged("a" * 32, Path("/nowhere"), Path("/nowhere/source.csv"), "meals.csv")
MAPPING = ColumnMapping("text", "label")
DETECT, NO_HEADER = ReadOptions(), ReadOptions(header=False)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was read and checked, in order."""
    seen: list[Any] = []

    def parse(staged: Staged, options: ReadOptions) -> str:
        seen.append(("read", options.header))
        if options.encoding == "bad":
            raise UserProblem("No such encoding.")
        return f"facts {options.header}"

    def check(staged: Staged, mapping: ColumnMapping, options: CheckOptions, **rest: Any) -> str:
        seen.append(("check", mapping.text, options.repairs))
        return "report"

    monkeypatch.setattr(uploads, "parse", parse)
    monkeypatch.setattr(desk, "guessed", lambda facts, table: (MAPPING, "text"))
    monkeypatch.setattr(uploads, "check", check)
    return seen


def file(options: ReadOptions = DETECT, mapping: ColumnMapping = MAPPING) -> desk.File:
    return desk.File(STAGED, options, mapping)


def test_the_same_question_is_answered_once(told: list[Any]) -> None:
    one = desk.Desk()
    for _ in range(3):
        one.read(STAGED, DETECT)
        one.check(file(), None, CheckOptions(), None)
    assert told == [("read", None), ("check", "text", ())]


def test_another_reading_is_read_anew_also_when_it_comes_back(told: list[Any]) -> None:
    one = desk.Desk()
    assert [one.read(STAGED, options) for options in (DETECT, NO_HEADER, DETECT)] == [
        *("facts None", "facts False", "facts None")
    ]
    assert told == [("read", None), ("read", False), ("read", None)]


def test_a_check_reads_first_where_the_table_on_disk_is_another(told: list[Any]) -> None:
    one = desk.Desk()
    one.check(file(DETECT), None, CheckOptions(), None)
    one.read(STAGED, NO_HEADER)
    one.check(file(DETECT), None, CheckOptions(), None)
    assert told == [("read", None), ("check", "text", ()), ("read", False), ("read", None), ("check", "text", ())]


def test_a_change_of_mapping_or_repairs_checks_anew(told: list[Any]) -> None:
    one = desk.Desk()
    one.check(file(), None, CheckOptions(), None)
    one.check(file(mapping=ColumnMapping("body", "label")), None, CheckOptions(), None)
    one.check(file(), None, CheckOptions(repairs=("x",)), None)
    assert [item for item in told if item[0] == "check"] == [
        ("check", "text", ()),
        ("check", "body", ()),
        ("check", "text", ("x",)),
    ]


def test_a_failed_reading_leaves_nothing_that_a_check_could_take(told: list[Any]) -> None:
    one = desk.Desk()
    one.read(STAGED, DETECT)
    with pytest.raises(UserProblem):
        one.read(STAGED, ReadOptions(encoding="bad"))
    one.check(file(DETECT), None, CheckOptions(), None)
    assert [item[0] for item in told] == ["read", "read", "read", "check"]


@pytest.mark.parametrize(("length", "looks_at_table"), [(20, True), (400, False)])
def test_very_long_rows_are_guessed_from_the_preview_alone(
    length: int, looks_at_table: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path | None] = []
    monkeypatch.setattr(desk.columns, "guess", lambda facts, table: seen.append(table))
    monkeypatch.setattr(desk.columns, "guess_text", lambda facts, table: "text")
    names = tuple(f"c{n}" for n in range(10))
    preview = (("x" * length,) * 10,) * 50
    facts = TableFacts("csv", "utf-8", False, ",", '"', True, names, 50, 50, (), (), preview, 1)
    assert desk.guessed(facts, Path("table.parquet")) == (None, "text")
    assert seen == [Path("table.parquet") if looks_at_table else None]


def test_a_check_tells_how_far_it_is_and_one_that_is_left_is_made_anew(
    told: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(*given: Any, on_progress: Any, **rest: Any) -> str:
        on_progress(Progress("Checks done", 1, 24))
        return "report"

    def leave(progress: Progress) -> None:
        raise KeyboardInterrupt  # as Streamlit does when the visitor changes something meanwhile

    monkeypatch.setattr(uploads, "check", check)
    one, heard = desk.Desk(), []
    with pytest.raises(KeyboardInterrupt):
        one.check(file(), None, CheckOptions(), None, leave)
    assert one.check(file(), None, CheckOptions(), None, heard.append) == "report"
    assert heard == [Progress("Checks done", 1, 24)]
