"""Labels that differ only by case or blanks, or as 1 and 1.0 do: almost always one class written in two ways."""

from __future__ import annotations

import re
from collections import defaultdict

from core.data import canonical
from core.data.draft import Draft, names_of
from core.data.findings.contract import SAMPLES, Check, Finding, Mend
from core.data.labels import LABEL_JOINT

_WHOLE = re.compile(r"([+-]?\d+)\.0+")


def _families(draft: Draft) -> dict[str, list[tuple[str, int]]]:
    """Spellings and their row counts, most frequent first, for every label that is spelled in several ways."""
    families: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, count in draft.label_rows()["label"].value_counts().items():
        families[_plain(str(name))].append((str(name), int(count)))
    ranked = {plain: sorted(found, key=lambda item: (-item[1], item[0])) for plain, found in families.items()}
    return {plain: found for plain, found in sorted(ranked.items()) if len(found) > 1}


def _plain(name: str) -> str:
    plain = canonical.canonical(name)
    whole = _WHOLE.fullmatch(plain)
    return whole.group(1) if whole else plain


def _find(draft: Draft) -> Finding | None:
    families = _families(draft)
    if not families:
        return None
    others = sum(count for found in families.values() for _, count in found[1:])
    shown = tuple(
        {
            "keep": found[0][0],
            "rows": found[0][1],
            "merge": ", ".join(f"{name!r} ({count:,})" for name, count in found[1:]),
        }
        for found in list(families.values())[:SAMPLES]
    )
    words = "Labels that differ only by upper and lower case, by blanks, or as 1 and 1.0 do, would become classes of their own."
    return Finding("label_spelling", "One label in several spellings", "error", others, words, shown)


def _merge(draft: Draft) -> Draft:
    better = {name: found[0][0] for found in _families(draft).values() for name, _ in found[1:]}
    cells = {cell: _merged(cell, better, draft.multi_label) for cell in draft.frame["label"].unique()}
    return draft.with_columns(label=[cells[cell] for cell in draft.frame["label"]])


def _merged(cell: str, better: dict[str, str], multi_label: bool) -> str:
    return LABEL_JOINT.join(dict.fromkeys(better.get(name, name) for name in names_of(cell, multi_label)))


CHECKS = (
    Check(
        "label_spelling",
        _find,
        (Mend("merge_label_spellings", "Merge each into its most frequent spelling", _merge, suggested=True),),
    ),
)
