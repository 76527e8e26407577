"""The pre-flight in its child process: the same answer, the same sentence, and how far it is."""

from __future__ import annotations

import pytest

from core.data.column_mapping import ColumnMapping
from core.data.draft import CheckOptions
from core.data.findings import CHECKS
from core.data.preflight_child import preflight_in_child
from core.errors import UserProblem
from core.progress import Progress


def told(reports: list[Progress]) -> None:
    """Rows read, every check counted, every text measured, rows written; no number that was not counted."""
    phases = list(dict.fromkeys(report.phase.split(" ")[0] for report in reports))
    assert phases == ["Reading", "Checks", "Counting", "Writing"]
    counted = [report.step for report in reports if report.phase == "Checks done"]
    assert counted == list(range(len(CHECKS)))
    measured = [report for report in reports if report.phase == "Counting tokens"]
    assert measured[-1].step == measured[-1].steps > 0
    assert "steps=0" in repr(reports[0]) and "rows" in reports[0].phase


def test_the_child_writes_the_same_files(checked, table, tmp_path, two_classes, tokenizer):
    here = checked(two_classes, tokenizer=tokenizer, repairs=("keep_first_duplicate",))
    reports = []
    path, facts = table(two_classes)
    mapping, options = ColumnMapping("text", "label"), CheckOptions(repairs=("keep_first_duplicate",))
    there = preflight_in_child(
        path,
        facts,
        mapping,
        out=tmp_path,
        options=options,
        tokenizer=tokenizer,
        on_progress=reports.append,
    )
    assert there == here.report
    told(reports)
    for name in ("rows.parquet", "rejected.csv", "report.json"):
        assert (tmp_path / name).read_bytes() == (here.folder / name).read_bytes()


def test_the_childs_sentence_arrives(table, tmp_path, two_classes):
    path, facts = table(two_classes)
    with pytest.raises(UserProblem, match="no column 'headline'"):
        preflight_in_child(path, facts, ColumnMapping("headline", "label"), out=tmp_path)
    assert list(tmp_path.iterdir()) == []
