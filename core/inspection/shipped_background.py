"""The background that comes with the product: the sentences of its samples and of its homonym examples."""

from __future__ import annotations

import csv
from functools import cache

from core.data.samples import CORPUS, SAMPLES
from core.inspection.homonym_examples import EXAMPLES


@cache
def sentences() -> tuple[str, ...]:
    """Distinct sentences, all written for this project."""
    found: list[str] = []
    for sample in SAMPLES:
        with sample.path.open(encoding="utf-8", newline="") as stream:
            found += [row["text"] for row in csv.DictReader(stream)]
    found += [line for line in CORPUS.path.read_text(encoding="utf-8").splitlines() if line.strip()]
    found += [text for senses in EXAMPLES.values() for texts in senses.values() for text in texts]
    return tuple(dict.fromkeys(found))
