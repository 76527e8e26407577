"""A column of a table (CSV, TSV, Excel, Parquet, JSON): every row is a document. The readers are those of labelled
data.
"""

from __future__ import annotations

from pathlib import Path

from core.data.columns import guess_text
from core.data.corpus.extraction.contract import Format, Given, Text
from core.data.corpus.extraction.limits import TABLE
from core.data.corpus.options import CorpusOptions
from core.data.reading.facts import TableFacts
from core.data.reading.options import ReadOptions
from core.data.reading.parse import parse
from core.data.reading.wording import count, listed, quoted
from core.errors import UserProblem


def read(given: Given, options: CorpusOptions) -> Text:
    """The rows of the table; the column is the one asked for, else the one that looks like text."""
    out = given.folder / "table.parquet"
    facts = parse(given.path, out, ReadOptions(encoding=options.encoding), name=given.name, limits=TABLE)
    column = _column(facts, out, options.column)
    notes = facts.notes
    if facts.rejected:
        first = facts.rejected[0]
        notes = (
            *notes,
            f"{count(len(facts.rejected), 'row')} could not be read, first {facts.numbering} {first.line:,}: "
            f"{first.reason}.",
        )
    told = {"rows": facts.rows, "rows_rejected": len(facts.rejected), "columns": list(facts.columns)}
    return Text(out, wrapped=True, column=column, notes=notes, facts={**told, "encoding": facts.encoding})


def _column(facts: TableFacts, table: Path, wanted: str | None) -> str:
    names = listed([quoted(name) for name in facts.columns])
    if wanted is not None:
        if wanted in facts.columns:
            return wanted
        raise UserProblem(f"There is no column {quoted(wanted)}.", f"Its columns are {names}.", "Choose one of them.")
    if len(facts.columns) == 1:
        return facts.columns[0]
    guessed = guess_text(facts, table)
    if guessed is None:
        raise UserProblem(f"Which of the columns {names} holds the text cannot be told.", "", "Name the text column.")
    return guessed


FORMAT = Format("table", "column of a table", read)
