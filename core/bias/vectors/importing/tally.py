"""What became of the rows of a table: how many were read, how many were left out and why, the first ones by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from core.errors import UserProblem

NAMED = 20  # rows left out that are told one by one
DUPLICATES, NOT_FINITE = "duplicates", "not_finite"


@dataclass
class Tally:
    """Counts while reading; `examples` names the first rows that were left out, `notes` is for what a reader sees."""

    read: int = 0
    zero: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def leave_out(self, kind: str, where: str, why: str) -> None:
        """Count a row that is not taken; `kind` is unreadable, duplicates or not_finite."""
        self.left_out[kind] += 1
        if len(self.examples) < NAMED:
            self.examples.append(f"{where}: {why}")

    def facts(self) -> dict[str, int | str]:
        """Counts above zero, the first examples, and notes, in words that a model's page shows."""
        found: dict[str, int | str] = {f"rows_left_out_{kind}": count for kind, count in sorted(self.left_out.items())}
        if self.zero:
            found["rows_all_zero"] = self.zero
        if self.examples:
            found["first_left_out"] = "; ".join(self.examples[:5])
        if self.notes:
            found["import_notes"] = " ".join(self.notes)
        return found

    def check(self) -> None:
        """UserProblem where nothing was read, or more was unreadable than was read."""
        bad = self.left_out["unreadable"] + self.left_out[NOT_FINITE]
        if self.read and bad <= self.read:
            return
        first = f" The first: {self.examples[0]}." if self.examples else ""
        raise UserProblem(
            f"The file is no table of word vectors: {bad:,} rows could not be read, {self.read:,} could.{first}",
            "One word and its numbers a row is wanted.", "Check the file, or save it again as word2vec text.",
        )  # fmt: skip
