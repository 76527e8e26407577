"""The pre-flight report: what came in, what is kept, what was found, and whether it can be saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.data.examples import ProblemType
from core.data.findings.contract import Finding


@dataclass(frozen=True)
class Preflight:
    """`rows_in == kept + rejected`, always. `class_counts[label][split]` and `splits[split]` count kept rows.

    `reasons` counts rejected rows by reason, `files` rows in, kept and rejected by file, `repairs` lists the repairs
    that were applied, in their order. `lengths` is the histogram (see core.data.lengths).
    """

    rows_in: int
    kept: int
    rejected: int
    findings: tuple[Finding, ...]
    labels: tuple[str, ...]
    problem_type: ProblemType
    class_counts: Mapping[str, Mapping[str, int]]
    splits: Mapping[str, int]
    lengths: Mapping[str, Any]
    content_hash: str
    can_save: bool
    blockers: tuple[str, ...]
    repairs: tuple[str, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        found = [finding.to_json() for finding in self.findings]
        return {**self.__dict__, "findings": found, "labels": list(self.labels), "blockers": list(self.blockers)} | {
            "repairs": list(self.repairs)
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Preflight:
        """The report that `to_json` wrote."""
        lists = {name: tuple(values.get(name, ())) for name in ("labels", "blockers", "repairs")}
        return cls(**{**values, **lists, "findings": tuple(Finding.from_json(found) for found in values["findings"])})

    def finding(self, key: str) -> Finding | None:
        """The finding of that key, None where there was nothing to find."""
        return next((found for found in self.findings if found.key == key), None)
