"""Four public data sets with their official test files, split as the product splits an upload."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.data.canonical import codes
from core.data.examples import Examples, LabelledData
from core.data.splits import deal

SEED, VALIDATION_SHARE = 42, 0.1


@dataclass(frozen=True)
class OfficialSet:
    """Files of a set under data/labelled, and the accuracies on its test file that the product promises."""

    name: str
    train: str
    test: str
    validation: str | None
    linear_probe: float
    full: float


SETS = (
    OfficialSet("TREC-6", "trec/csv/train.csv", "trec/csv/test.csv", None, 0.905, 0.96),
    OfficialSet("Banking77", "banking77/train.csv", "banking77/test.csv", None, 0.925, 0.925),
    OfficialSet("SST-2", "sst2/csv/train.csv", "sst2/csv/test.csv", "sst2/csv/dev.csv", 0.81, 0.875),
    OfficialSet("SMS", "sms_spam/csv/train.csv", "sms_spam/csv/test.csv", "sms_spam/csv/dev.csv", 0.985, 0.985),
)


def read(official: OfficialSet, folder: Path) -> LabelledData:
    """Read a set; where it has no validation file, a tenth of the training texts is dealt out as one."""
    rows = {
        part: _rows(folder / "labelled" / path) for part, path in (("train", official.train), ("test", official.test))
    }
    if official.validation:
        rows["validation"] = _rows(folder / "labelled" / official.validation)
    else:
        rows["train"], rows["validation"] = _dealt(rows["train"])
    labels = tuple(sorted({label for part in rows.values() for _, label in part}))
    splits = {part: _examples(found, labels) for part, found in rows.items()}
    return LabelledData(labels, "single_label", splits["train"], splits["validation"], splits["test"])


def _rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row[0], row[1]) for row in list(csv.reader(stream))[1:]]


def _dealt(rows: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Deal texts, not rows, so that copies of one text stay together."""
    texts = codes([text for text, _ in rows])
    _, first = np.unique(texts, return_index=True)
    labels = [(rows[row][1],) for row in first]
    splits = deal(labels, np.ones(len(first), dtype=bool), {"validation": VALIDATION_SHARE}, SEED)
    of_text = dict(zip(texts[first], splits, strict=True))
    parts = {"train": [], "validation": []}  # type: dict[str, list[tuple[str, str]]]
    for row, text in zip(rows, texts, strict=True):
        parts[of_text[text]].append(row)
    return parts["train"], parts["validation"]


def _examples(rows: list[tuple[str, str]], labels: tuple[str, ...]) -> Examples:
    places = {label: place for place, label in enumerate(labels)}
    targets = np.array([places[label] for _, label in rows], dtype=np.int64)
    return Examples(tuple(text for text, _ in rows), targets, np.arange(len(rows), dtype=np.int64))
