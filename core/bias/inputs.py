"""What a measure is given beside the model: word sets, a table, or both; as files, and with an identity.

Two results may be compared when the model alone differs: same measure, same inputs, same settings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from core.bias.word_sets import WordTest

FILE, TABLE = "inputs.json", "table.parquet"


@dataclass(frozen=True)
class Inputs:
    """`words` where the measure takes word sets, `table` where it takes rows or sentence pairs.

    `name` is what people call it ("WEAT 6", "reviews/3, test rows"); `source` is where it comes from.
    """

    name: str
    words: WordTest | None = None
    table: pd.DataFrame | None = None
    source: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 over words and table; names and sources do not count."""
        total = hashlib.sha256()
        if self.words is not None:
            said = self.words.to_json()
            sides = [list(said[side].items()) for side in ("targets", "attributes")]
            total.update(json.dumps(sides, ensure_ascii=False).encode())
        if self.table is not None:
            columns = [str(name) for name in self.table.columns]
            total.update(json.dumps(columns, ensure_ascii=False).encode())
            total.update(self.table.to_json(orient="values", force_ascii=False).encode("utf-8", "surrogatepass"))
        return total.hexdigest()

    def to_json(self) -> dict[str, Any]:
        """What the registry keeps: everything but the table, of which it keeps the number of rows."""
        return {
            "name": self.name,
            "words": None if self.words is None else self.words.to_json(),
            "rows": None if self.table is None else len(self.table),
            "source": self.source,
            "digest": self.digest,
        }


def write(inputs: Inputs, folder: Path) -> None:
    """Write inputs.json, and table.parquet where there is a table."""
    if inputs.table is not None:
        inputs.table.to_parquet(folder / TABLE, index=False)
    (folder / FILE).write_text(json.dumps(inputs.to_json(), ensure_ascii=False), encoding="utf-8")


def read(folder: Path) -> Inputs:
    """What `write` wrote."""
    said: Mapping[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    table = pd.read_parquet(folder / TABLE) if (folder / TABLE).is_file() else None
    words = WordTest.from_json(said["words"]) if said["words"] else None
    return Inputs(said["name"], words, table, said["source"])
