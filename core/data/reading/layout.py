"""How a delimited file is laid out: what ends its lines, its dialect, and what stands before the table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from core.data.reading import dialect as dialects
from core.data.reading import lines, wording
from core.data.reading.lines import Census
from core.data.reading.options import ReadOptions
from core.data.reading.records import Dialect
from core.data.reading.trial import Trial
from core.errors import UserProblem


@dataclass(frozen=True)
class Layout:
    """How the file is laid out: what ends lines, the dialect, and lines to pass over before the table."""

    end: str
    dialect: Dialect
    passed: int
    notes: tuple[str, ...]


def find_layout(path: Path, counted: Census, name: str, options: ReadOptions) -> Layout:
    """Try every possible line end with the best dialect for it; the steadier one wins, the likelier one on a tie."""
    best: tuple[float, str, Trial, str | None] | None = None
    for end in lines.possible_ends(counted):
        sample, cut = lines.sample(path, end, counted)
        if not any(line.strip() for line in sample):
            raise UserProblem(f"{wording.quoted(name)} is empty.", "A table with at least one row was wanted.")
        named = dialects.sep_line(sample)
        start = sample[(options.skip_lines or 0) + (named is not None) :]
        trial = dialects.detect(
            start,
            cut=cut,
            delimiter=options.delimiter or named or ("\t" if options.format == "tsv" else None),
            quotechar=options.quotechar,
            prefer="\t" if name.lower().endswith((".tsv", ".tab")) else None,
        )
        steady = (trial.share - trial.broken / max(trial.records, 1)) * (trial.width > 1)
        if best is None or steady > best[0] + 0.004:
            best = (steady, end, trial, named)
    assert best is not None
    _, end, trial, named = best
    shielded = end == "\n" and counted.bare > 0
    chosen = replace(trial.dialect, columns=options.columns, bare_cr=shielded, width=trial.width)
    notes = [f"The first line names the delimiter: {wording.sign(named)}."] if named else []
    if options.skip_lines:
        notes.append(f"{wording.count(options.skip_lines, 'line')} at the start left out, as asked.")
    if chosen.escaped:
        notes.append('Quotes inside cells are written \\".')
    if chosen.skip_blanks:
        notes.append("Blanks after the delimiter were left out.")
    return Layout(end, chosen, (options.skip_lines or 0) + (named is not None), tuple(notes))
