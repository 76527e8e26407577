"""The pre-flight: what a data set would be, before anything is saved.

`check` reads the parsed table(s), looks for everything in `findings`, applies the repairs asked for, splits, and writes
rows.parquet, rejected.csv and report.json. It is deterministic: same table, mapping and options, same files.
It loads no torch, and runs in a child process with limits (core/data/preflight_child.py).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from core.data import lengths, rejected_rows, rows
from core.data.column_mapping import ColumnMapping
from core.data.content_hash import content_hash
from core.data.draft import CheckOptions, Draft
from core.data.findings import CHECKS, READ, REPAIRS, ROWS, SPLIT, TEXTS, TOKENS
from core.data.findings.contract import Check, Finding
from core.data.intake import Source, first_draft
from core.data.reading.facts import TableFacts
from core.data.report import Preflight
from core.data.splitting import split_rows
from core.errors import UserProblem
from core.progress import Progress, Report, silent

ROWS_FILE, REJECTED_FILE, REPORT_FILE = "rows.parquet", "rejected.csv", "report.json"
LABELS_SHOWN = 1_000  # of data that cannot be saved; what can be saved names all its labels
Test = tuple[Path, TableFacts, ColumnMapping]


def check(
    table: Path,
    facts: TableFacts,
    mapping: ColumnMapping,
    *,
    out: Path,
    options: CheckOptions | None = None,
    test: Test | None = None,
    tokenizer: Path | None = None,
    report: Report = silent,
) -> Preflight:
    """Check, repair, split and write; raises UserProblem for a mapping or repair that does not exist."""
    options = options or CheckOptions()
    _require_repairs(options.repairs)
    sources = _sources(table, facts, mapping, test)
    report(Progress(f"Reading {sum(source.facts.rows for source in sources):,} rows"))
    draft, found = _looked_at(first_draft(sources, options), tokenizer, report)
    report(Progress(f"Writing {len(draft.frame):,} rows"))
    stored = rows.stored(draft)
    out.mkdir(parents=True, exist_ok=True)
    rows.write(stored, out / ROWS_FILE, multi_label=draft.multi_label)
    rejected_rows.write(draft.rejected, sources, out / REJECTED_FILE)
    told = _report(draft, stored, found, sources)
    (out / REPORT_FILE).write_text(
        json.dumps(told.to_json(), ensure_ascii=False, indent=1), encoding="utf-8", errors="backslashreplace"
    )
    return told


def _sources(table: Path, facts: TableFacts, mapping: ColumnMapping, test: Test | None) -> list[Source]:
    first = Source("train", table, facts, mapping)
    if test is None:
        return [first]
    second = test[2]
    if second.several != mapping.several or (second.text_pair is None) != (mapping.text_pair is None):
        raise UserProblem(
            "The two files are not mapped alike: only one of them has several labels a row, or a second text.",
            action="Choose the same parts for both files.",
        )
    return [first, Source("test", test[0], test[1], second)]


def _require_repairs(repairs: Iterable[str]) -> None:
    unknown = [repair for repair in repairs if repair not in REPAIRS]
    if unknown:
        raise UserProblem(f"There is no repair {unknown[0]!r}.", f"Repairs are: {', '.join(sorted(REPAIRS))}.")
    for one in CHECKS:
        chosen = [mend.key for mend in one.mends if mend.key in repairs]
        if len(chosen) > 1:
            raise UserProblem(f"The repairs {' and '.join(chosen)} exclude each other.", action="Choose one of them.")


def _looked_at(draft: Draft, tokenizer: Path | None, report: Report) -> tuple[Draft, list[Finding]]:
    draft, found = _go(draft, (*READ, *TEXTS), report)
    draft = lengths.measure(draft, tokenizer, report)
    draft, more = _go(draft, (*TOKENS, *ROWS), report)
    draft, last = _go(split_rows(draft), SPLIT, report)
    return draft, found + more + last


def _go(draft: Draft, checks: Iterable[Check], report: Report) -> tuple[Draft, list[Finding]]:
    """Each check in turn: find, offer repairs, and apply the one asked for before the next looks."""
    findings = []
    for one in checks:
        report(Progress("Checks done", step=CHECKS.index(one), steps=len(CHECKS)))
        finding = one.find(draft)
        if finding is None:
            continue
        finding = finding.offering(one.mends)
        if one.always:
            draft = one.always(draft)
        for mend in one.mends:
            if mend.key in draft.options.repairs:
                draft, finding = mend.apply(draft), finding.repaired(mend.key)
        findings.append(finding)
    return draft, findings


def _report(draft: Draft, stored: pd.DataFrame, found: list[Finding], sources: list[Source]) -> Preflight:
    blockers = tuple(finding.blocker for finding in found if finding.blocker)
    labels = draft.label_names if not blockers else draft.label_names[:LABELS_SHOWN]
    return Preflight(
        rows_in=sum(source.facts.rows_in for source in sources),
        kept=len(stored),
        rejected=len(draft.rejected),
        findings=tuple(found),
        labels=labels,
        problem_type="multi_label" if draft.multi_label else "single_label",
        class_counts=rows.class_counts(draft, labels),
        splits=rows.split_sizes(stored),
        lengths=lengths.histogram(draft),
        content_hash=content_hash(stored),
        can_save=not blockers,
        blockers=blockers,
        repairs=tuple(repair.key for finding in found for repair in finding.repairs if repair.applied),
        reasons=dict(Counter(row.reason for row in draft.rejected).most_common()),
        files={source.file: _file_counts(source, draft) for source in sources},
        options=draft.options.to_json(),
    )


def _file_counts(source: Source, draft: Draft) -> dict[str, int]:
    kept = int((draft.frame["source"] == source.file).sum())
    gone = sum(row.file == source.file for row in draft.rejected)
    return {"rows_in": source.facts.rows_in, "kept": kept, "rejected": gone}
