"""The parts of the upload page that put facts into words and choices into values."""

from __future__ import annotations

import pytest

from core.data.column_mapping import ColumnMapping
from core.data.findings.contract import Finding, Repair
from core.data.reading.facts import TableFacts
from core.data.report import Preflight
from dashboard.components import findings, mapping_form, reading_form, save_form, split_form

FACTS = TableFacts(
    format="csv",
    encoding="cp1252",
    bom=True,
    delimiter=";",
    quotechar="'",
    header=False,
    columns=("text", "label"),
    rows_in=1000,
    rows=1000,
    rejected=(),
    notes=(),
    preview=(("Salt", "bad"),),
    size=12_345,
)


def report(*found: Finding) -> Preflight:
    return Preflight(10, 9, 1, found, ("a", "b"), "single_label", {}, {"train": 9}, {}, "hash", True, ())


def finding(key: str, *repairs: Repair, severity: str = "warning") -> Finding:
    return Finding(key, f"About {key}", severity, 1234, "Why.", repairs=repairs)  # type: ignore[arg-type]


def test_what_was_detected_in_words() -> None:
    assert reading_form.words(FACTS) == [
        *("1,000 rows", "2 columns", "12.3 kB", "CSV", "CP1252 with byte-order mark"),
        *("separator: semicolon ;", "quotes: single quote '", "no names, only rows"),
    ]


def test_a_spreadsheet_has_no_separator_to_speak_of() -> None:
    from dataclasses import replace

    said = reading_form.words(replace(FACTS, format="xlsx", encoding=None, delimiter=None, quotechar=None))
    assert said == ["1,000 rows", "2 columns", "12.3 kB", "Excel"]


@pytest.mark.parametrize(
    ("mapping", "row", "said"),
    [
        (ColumnMapping("text", "label"), {"text": "I hate\npizza", "label": "negative"}, "I hate pizza  →  negative"),
        (ColumnMapping("text", "label"), {"text": "", "label": ""}, "(no text)  →  (no label)"),
        (ColumnMapping("a", "y", text_pair="b"), {"a": "Why?", "b": "So.", "y": "1"}, "Why? + So.  →  1"),
        (ColumnMapping("a", ("x", "y"), multi_label=True), {"a": "Hm", "x": "1", "y": "0"}, "Hm  →  x"),
    ],
)
def test_a_row_in_words(mapping: ColumnMapping, row: dict[str, str], said: str) -> None:
    assert mapping_form.sentence(row, mapping) == said


def test_a_finding_names_its_count_and_its_repair() -> None:
    assert "**About copies** · 1,234" in findings.title(finding("copies"))
    assert "Keep first" in findings.title(finding("copies", Repair("first", "Keep first", applied=True)))


def test_suggested_repairs_are_the_ones_not_made_yet() -> None:
    wanted = Repair("first", "Keep first", suggested=True)
    other = Repair("last", "Keep last")
    made = Repair("merge", "Merge", applied=True, suggested=True)
    assert findings.suggested(report(finding("a", other, wanted), finding("b", made), finding("c", other))) == ["first"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("reviews.csv", "reviews"),
        ("Reviews 2026.v2.CSV.gz", "Reviews 2026.v2"),
        ("../../etc/passwd", ".. .. etc passwd"),
        ("a@b/c.xlsx", "a b c"),
        (".csv", "dataset"),
        ("äöü.parquet", "äöü"),
    ],
)
def test_a_name_is_suggested_from_the_file(file: str, name: str) -> None:
    assert save_form.suggested(file) == name


def test_the_split_in_words() -> None:
    assert split_form.title(0.1, 0.2, test_file=False) == "Splits: 10 % to choose by (validation), 20 % to test"
    assert split_form.title(0.1, 0.0, test_file=True).endswith("the second file to test")
