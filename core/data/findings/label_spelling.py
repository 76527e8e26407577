"""Labels that differ only by case or blanks, or as 1 and 1.0 do: almost always one class written in two ways."""

from __future__ import annotations

import re
from collections import defaultdict

from core.data.canonical import canonical
from core.data.draft import Draft, names_of
from core.data.findings.contract import SAMPLES, Check, Finding, Mend
from core.data.labels import LABEL_JOINT

_WHOLE = re.compile(r"([+-]?\d+)\.0+")


def _families(draft: Draft) -> list[list[tuple[str, int]]]:
    """For every label that is spelled in several ways: spellings and their row counts, most frequent first."""
    families: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, rows in draft.label_counts().items():
        families[_plain(name)].append((name, rows))
    return [found for _, found in sorted(families.items()) if len(found) > 1]


def _plain(name: str) -> str:
    plain = canonical(name)
    whole = _WHOLE.fullmatch(plain)
    return whole.group(1) if whole else plain


def _find(draft: Draft) -> Finding | None:
    families = _families(draft)
    if not families:
        return None
    others = sum(rows for found in families for _, rows in found[1:])
    words = (
        "Labels that differ only by upper and lower case, by blanks, or as 1 and 1.0 do, would become classes of their "
        "own. Merging keeps the spelling that most rows have."
    )
    samples = tuple(_shown(found) for found in families[:SAMPLES])
    return Finding("label_spelling", "One label in several spellings", "error", others, words, samples)


def _shown(found: list[tuple[str, int]]) -> dict[str, object]:
    (best, rows), *others = found
    return {"keep": best, "rows": rows, "merge": ", ".join(f"{name!r} ({count:,})" for name, count in others)}


def _merge(draft: Draft) -> Draft:
    better = {name: found[0][0] for found in _families(draft) for name, _ in found[1:]}
    merged = {cell: _merged(cell, better, draft.multi_label) for cell in draft.frame["label"].unique()}
    return draft.with_columns(label=draft.frame["label"].map(merged))


def _merged(cell: str, better: dict[str, str], multi_label: bool) -> str:
    return LABEL_JOINT.join(dict.fromkeys(better.get(name, name) for name in names_of(cell, multi_label)))


MERGE = Mend("merge_label_spellings", "Merge each into its most frequent spelling", _merge, suggested=True)
CHECKS = (Check("label_spelling", _find, (MERGE,)),)
