"""What people write in a split column: our three names, their synonyms, and Ludwig's 0, 1 and 2."""

from __future__ import annotations

SPLIT_NAMES = {
    **dict.fromkeys(("train", "training", "trn", "learn", "0", "0.0"), "train"),
    **dict.fromkeys(
        ("validation", "valid", "val", "dev", "development", "eval", "evaluation", "1", "1.0"), "validation"
    ),
    **dict.fromkeys(("test", "testing", "tst", "holdout", "hold-out", "2", "2.0"), "test"),
}
UNKNOWN = "?"


def split_name(cell: str) -> str:
    """One of train, validation, test; "" for a blank cell; "?" for anything else."""
    written = cell.strip().casefold()
    return SPLIT_NAMES.get(written, UNKNOWN) if written else ""
