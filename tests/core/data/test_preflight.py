"""The pre-flight as a whole: nothing is lost, nothing is hidden, and the same input gives the same files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data.canonical import canonical
from core.data.column_mapping import ColumnMapping
from core.data.dataset import describe, read, read_rows
from core.data.findings import CHECKS, REPAIRS
from core.data.reading.facts import RejectedRow
from core.data.report import Preflight
from core.errors import UserProblem

TEXTS = st.sampled_from(
    [
        "I hate pizza",
        " i HATE  pizza",
        "ok",
        "",
        "  ",
        "\u200b",
        "!",
        "caf\u00c3\u00a9 &amp; bar",
        "x\x00y",
        "I hate\x1fpizza",
        "=1+1",
        "ｗｉｄｅ",
    ]
)
LABELS = st.sampled_from(["pos", "Pos", "pos ", "neg", "", "NA", "1", "1.0"])
ROW = st.tuples(TEXTS | st.text(max_size=8), LABELS, st.sampled_from(["", "train", "dev", "TEST", "0", "odd"]))
CHOSEN = st.sets(st.sampled_from(sorted(REPAIRS)))


def exclusive(repairs: set[str]) -> tuple[str, ...]:
    """At most one repair of each check."""
    return tuple(next((m.key for m in check.mends if m.key in repairs), "") for check in CHECKS)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(ROW, max_size=40), second=st.lists(ROW, max_size=15), repairs=CHOSEN, split=st.booleans())
def test_every_row_is_kept_or_rejected_with_line_and_reason(checked, rows, second, repairs, split):
    columns = {name: [row[at] for row in rows] for at, name in enumerate(("text", "label", "split"))}
    test = {name: [row[at] for row in second] for at, name in enumerate(("text", "label"))} if second else None
    mapping = ColumnMapping("text", "label", split="split" if split else None)
    unreadable = (RejectedRow(99, "3 cells where 2 were wanted", "a,b,c"),)
    found = checked(columns, mapping, test=test, rejected=unreadable, repairs=tuple(filter(None, exclusive(repairs))))
    report = found.report
    assert report.rows_in == len(rows) + len(second) + 1 == report.kept + report.rejected
    assert len(found.rows) == report.kept == sum(report.splits.values())
    lines = [(row["file"], int(row["line"])) for row in found.rejected]
    assert len(lines) == report.rejected and all(row["reason"] for row in found.rejected)
    kept = list(zip(found.rows["source"], found.rows["line"], strict=True))
    everything = [("train", at + 2) for at in range(len(rows))] + [("test", at + 2) for at in range(len(second))]
    assert sorted(kept + lines) == sorted([*everything, ("train", 99)])
    assert report.can_save == (not report.blockers)
    assert Preflight.from_json(json.loads(json.dumps(report.to_json()))) == report
    for label, counts in report.class_counts.items():
        for name, number in counts.items():
            assert number == int(((found.rows["label"] == label) & (found.rows["split"] == name)).sum())


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(ROW, min_size=1, max_size=60), seed=st.integers(0, 5), given_splits=st.booleans())
def test_no_text_stands_in_two_splits(checked, rows, seed, given_splits):
    columns = {name: [row[at] for row in rows] for at, name in enumerate(("text", "label", "split"))}
    mapping = ColumnMapping("text", "label", split="split" if given_splits else None)
    found = checked(columns, mapping, seed=seed, repairs=("split_unknown_rows",)).rows
    places = found.assign(key=found["text"].map(canonical)).groupby("key")["split"].nunique()
    assert (places == 1).all()


def test_a_clean_table_has_nothing_to_find(checked, two_classes):
    found = checked(two_classes)
    assert found.report.findings == () and found.report.can_save and found.rejected == []
    assert found.report.splits == {"train": 32, "validation": 4, "test": 4}
    assert found.report.class_counts["good"] == {"train": 16, "validation": 2, "test": 2}


def test_the_same_input_gives_the_same_files(checked, two_classes):
    first, second = checked(two_classes, seed=7), checked(two_classes, seed=7)
    for name in ("rows.parquet", "rejected.csv", "report.json"):
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()
    assert checked(two_classes, seed=8).report.content_hash != first.report.content_hash


def test_rejected_rows_are_safe_to_open_in_a_spreadsheet(checked, two_classes):
    formulas = ["=1+1", "+1", "-1", "@a", "\tb", "\rc"]
    columns = {"text": two_classes["text"] + [""] * 6, "label": two_classes["label"] + formulas}
    found = checked(columns, ColumnMapping("text", "label"))
    assert [row["label"] for row in found.rejected] == ["'" + cell for cell in formulas]
    assert [row["line"] for row in found.rejected] == [str(line) for line in range(42, 48)]


def test_rows_that_never_became_records_are_listed_with_their_text(checked, two_classes):
    found = checked(two_classes, rejected=[RejectedRow(50, "2 cells were wanted, 3 found", "=a,b,c")])
    assert found.rejected == [
        {
            "file": "train",
            "line": "50",
            "reason": "2 cells were wanted, 3 found",
            "text": "",
            "label": "",
            "raw": "'=a,b,c",
        }
    ]
    assert found.report.finding("unreadable_rows").count == 1


def test_words_like_na_are_labels_and_kept_as_spelled(checked):
    labels = ["NA", "None", "null", "01", "nan", "-1", "1e5"]
    columns = {
        "text": [f"text {label} {at}" for label in labels for at in range(5)],
        "label": [x for x in labels for _ in range(5)],
    }
    found = checked(columns)
    assert found.report.rejected == 0 and found.report.labels == tuple(sorted(labels))
    assert read(found.folder).labels == tuple(sorted(labels))


def test_a_mapping_that_names_no_column_is_told(checked, two_classes):
    with pytest.raises(UserProblem, match="no column 'sentence'.*'text', 'label'"):
        checked(two_classes, ColumnMapping("sentence", "label"))
    with pytest.raises(UserProblem, match="'text' is chosen as text and as label"):
        checked(two_classes, ColumnMapping("text", "text"))


def test_unknown_and_contradicting_repairs_are_told(checked, two_classes):
    with pytest.raises(UserProblem, match="no repair 'wash'"):
        checked(two_classes, repairs=("wash",))
    with pytest.raises(UserProblem, match="exclude each other"):
        checked(two_classes, repairs=("drop_conflicts", "keep_majority_label"))


@pytest.mark.parametrize("shares", [(-0.1, 0.1), (0.5, 0.4), (float("nan"), 0.1)])
def test_impossible_shares_are_told(checked, two_classes, shares):
    with pytest.raises(UserProblem, match="at most 0.8"):
        checked(two_classes, validation_share=shares[0], test_share=shares[1])


def test_an_empty_table_is_blocked_not_broken(checked):
    report = checked({"text": [], "label": []}).report
    assert report.rows_in == report.kept == 0 and not report.can_save
    assert any("No row is left for training" in blocker for blocker in report.blockers)


def test_the_documentation_names_every_finding_and_repair():
    page = (Path(__file__).resolve().parents[3] / "docs" / "preflight.md").read_text(encoding="utf-8")
    named = [*(check.key for check in CHECKS), *REPAIRS]
    assert [name for name in named if f"`{name}`" not in page] == []


def test_what_is_stored_describes_itself(checked, two_classes):
    found = checked(two_classes)
    assert describe(found.folder)["content_hash"] == found.report.content_hash
    assert list(read_rows(found.folder).columns) == ["row_id", "line", "source", "split", "text", "label"]
