"""What a finding is, what a repair is, and what a check declares.

A check is one file in this folder that ends with `CHECK = Check(...)`, or a row in a small table of such checks.
`find` looks at a draft and reports; a repair takes a draft and gives a better one. Both are deterministic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from core.data.draft import Draft

Severity = Literal["info", "warning", "error"]
SAMPLES = 6


@dataclass(frozen=True)
class Repair:
    """One click: `key` is stored with the dataset; `suggested` marks the one that most people want."""

    key: str
    title: str
    applied: bool = False
    suggested: bool = False

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Repair:
        return cls(**values)


@dataclass(frozen=True)
class Finding:
    """One thing found: how many rows (or classes), a few of them, what it means, and what can be done.

    `samples` are dicts ready for a table, with file and line where they are rows. `blocker` is a sentence that says why
    the data cannot be saved as it stands, or "". A finding whose repair was applied is "info" and blocks nothing.
    """

    key: str
    title: str
    severity: Severity
    count: int
    explanation: str
    samples: tuple[Mapping[str, Any], ...] = ()
    repairs: tuple[Repair, ...] = ()
    blocker: str = ""

    @property
    def repair(self) -> Repair | None:
        """The repair that was applied, else the suggested one, else the first."""
        ranked = sorted(self.repairs, key=lambda repair: (not repair.applied, not repair.suggested))
        return ranked[0] if ranked else None

    def offering(self, mends: tuple[Mend, ...]) -> Finding:
        """The same finding with the repairs that its check knows."""
        return replace(self, repairs=tuple(mend.offered() for mend in mends))

    def repaired(self, key: str) -> Finding:
        """The same finding after its repair `key` was applied."""
        repairs = tuple(replace(repair, applied=repair.key == key) for repair in self.repairs)
        return replace(self, repairs=repairs, severity="info", blocker="")

    def to_json(self) -> dict[str, Any]:
        repair = self.repair
        return {**asdict(self), "repair": asdict(repair) if repair else None}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Finding:
        known = {name: value for name, value in values.items() if name != "repair"}
        repairs = tuple(Repair.from_json(repair) for repair in values.get("repairs", ()))
        return cls(**{**known, "samples": tuple(values.get("samples", ())), "repairs": repairs})


@dataclass(frozen=True)
class Mend:
    """A declared repair: id, what the button says, and what it does."""

    key: str
    title: str
    apply: Callable[[Draft], Draft]
    suggested: bool = False

    def offered(self) -> Repair:
        return Repair(self.key, self.title, suggested=self.suggested)


@dataclass(frozen=True)
class Check:
    """One check: its key, how it looks, the repairs it knows, and what is done about it without asking."""

    key: str
    find: Callable[[Draft], Finding | None]
    mends: tuple[Mend, ...] = ()
    always: Callable[[Draft], Draft] | None = None
