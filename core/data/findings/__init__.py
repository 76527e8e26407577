"""Everything the pre-flight looks for, in the order in which it looks and repairs.

Texts are mended before they are compared, spellings of labels merged before labels are, conflicts settled before copies
are dropped (so that a majority counts them), and classes counted when all that may leave has left.
"""

from core.data.findings import (
    blanks,
    classes,
    conflicts,
    damaged_text,
    duplicates,
    label_spelling,
    leaks,
    missing_labels,
    near_empty,
    replacement_characters,
    small_classes,
    split_column,
    tokens,
)
from core.data.findings.contract import Check, Finding, Repair

READ: tuple[Check, ...] = blanks.CHECKS
TEXTS = (*damaged_text.CHECKS, *replacement_characters.CHECKS, *near_empty.CHECKS, *label_spelling.CHECKS)
TOKENS = tokens.CHECKS
ROWS = (*split_column.CHECKS, *conflicts.CHECKS, *duplicates.CHECKS, *leaks.CHECKS, *small_classes.CHECKS)
SPLIT = (*missing_labels.CHECKS, *classes.CHECKS)

CHECKS: tuple[Check, ...] = (*READ, *TEXTS, *TOKENS, *ROWS, *SPLIT)
REPAIRS: dict[str, str] = {mend.key: mend.title for check in CHECKS for mend in check.mends}

__all__ = ["CHECKS", "READ", "REPAIRS", "ROWS", "SPLIT", "TEXTS", "TOKENS", "Check", "Finding", "Repair"]
