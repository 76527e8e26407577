"""Golden rows: 20 texts with the probabilities that the model gave when it was saved, replayed ever after.

Always float32, whatever precision is served: another machine then differs by about 1e-6, a wrong model by far more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import UserProblem
from core.inference.classifier import Classifier

FILE = "golden.jsonl"
ROWS, TOLERANCE, PRECISION = 20, 1e-4, "float32"
LONGEST_KEPT = 20_000  # characters of a golden text
HARD_TEXTS = (
    "I hate pizza.",
    "The soup was cold, but the staff could not have been kinder.",
    "?",
    "Das Essen war köstlich, würde jederzeit wiederkommen!",
    "Ce café est à recommander, malgré l'attente.",
    "味道很好，下次还会再来。",
    "とても美味しかったです。",
    "Пицца была холодной.",
    "الطعام كان رائعا",
    "😀👍🏽 10/10 👨‍👩‍👧",
    "ALL CAPITALS AND 1,234.56 NUMBERS!!!",
    "tabs\tand\nnew lines\r\nin one text",
    "https://example.org/a?b=c&d=%20e <b>bold</b> &amp; more",
    "e\u0301 is not é to a computer",
    "zero\u200bwidth and \u202ereversed",
    "[CLS] [SEP] [MASK] are only words here",
    "a" * 300,
    "not " * 400 + "good",
    "who what when where why",
    "x",
)


@dataclass(frozen=True)
class GoldenReport:
    """What a replay found: rows replayed, the largest difference of a probability, and whether it is tolerated."""

    rows: int
    max_difference: float
    tolerance: float = TOLERANCE
    precision: str = PRECISION

    @property
    def passed(self) -> bool:
        return self.max_difference <= self.tolerance


def choose(texts: Sequence[str], pairs: Sequence[str] | None = None) -> tuple[list[str], list[str] | None]:
    """20 texts that are hard to get right: longest, shortest, non-ASCII, the rest spread; filled up with ours."""
    usable = [row for row, text in enumerate(texts) if text.strip()]
    by_length = sorted(usable, key=lambda row: (len(texts[row]), row))
    foreign = [row for row in usable if not texts[row].isascii()]
    spread = [usable[place] for place in np.linspace(0, len(usable) - 1, ROWS).astype(int)] if usable else []
    rows = list(dict.fromkeys([*by_length[-3:], *by_length[:3], *foreign[:4], *spread]))[:ROWS]
    missing = ROWS - len(rows)
    chosen = [texts[row][:LONGEST_KEPT] for row in rows] + list(HARD_TEXTS[:missing])
    if pairs is None:
        return chosen, None
    return chosen, [pairs[row][:LONGEST_KEPT] for row in rows] + list(HARD_TEXTS[::-1][:missing])


def write(classifier: Classifier, folder: Path, texts: Sequence[str], pairs: Sequence[str] | None = None) -> None:
    """Write golden.jsonl: one text with its float32 probabilities a line."""
    chosen, seconds = choose(texts, pairs)
    expected = classifier.predict(chosen, seconds, precision="float32").probabilities
    lines = []
    for row, text in enumerate(chosen):
        pair = {} if seconds is None else {"text_pair": seconds[row]}
        values = [float(value) for value in expected[row]]
        lines.append(json.dumps({"text": text, **pair, "probabilities": values, "precision": PRECISION}))
    (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(folder: Path) -> list[dict[str, Any]]:
    """The rows of golden.jsonl, an empty list where there is none; UserProblem when it is damaged."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        for row in rows:
            row["text"], row["probabilities"] = str(row["text"]), [float(value) for value in row["probabilities"]]
    except (ValueError, KeyError, TypeError) as problem:
        raise UserProblem(
            f"The model's {FILE} is damaged ({problem}).", "One JSON object a line is wanted."
        ) from problem
    return rows


def replay(classifier: Classifier, folder: Path) -> GoldenReport:
    """Predict the golden rows again in float32 and compare; zero rows compare as passed."""
    rows = read(folder)
    if not rows:
        return GoldenReport(0, 0.0)
    pairs = [row.get("text_pair", "") for row in rows] if any("text_pair" in row for row in rows) else None
    found = classifier.predict([row["text"] for row in rows], pairs, precision="float32").probabilities
    wanted = [row["probabilities"] for row in rows]
    if any(len(row) != found.shape[1] for row in wanted):
        raise UserProblem(f"The model's {FILE} is for another number of labels than {found.shape[1]}.")
    difference = np.abs(found.astype(np.float64) - np.array(wanted))
    return GoldenReport(len(rows), float("inf") if np.isnan(difference).any() else float(difference.max()))


def check(classifier: Classifier, folder: Path) -> GoldenReport:
    """As `replay`; UserProblem when a probability differs by more than the tolerance."""
    report = replay(classifier, folder)
    if report.passed:
        return report
    raise UserProblem(
        f"The model gives other probabilities than when it was saved: by up to {report.max_difference:.2g} on its "
        f"{report.rows} golden rows in {report.precision}.",
        f"At most {report.tolerance:.0e} is wanted.",
        "The files were changed or damaged; use another version or train again.",
    )
