"""Classes with too few distinct texts to have one in every split that has to be made."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from core.data.draft import Draft, names_of
from core.data.findings import showing
from core.data.findings.contract import SAMPLES, Check, Finding, Mend
from core.data.labels import LABEL_JOINT
from core.data.splits import fewest
from core.data.splitting import pool, shares


def _small(draft: Draft) -> dict[str, int]:
    """Label -> distinct texts, for every label of the rows to split that has too few."""
    wanted = shares(draft)
    if not wanted:
        return {}
    texts = pool(draft)
    counts: Counter[str] = Counter()
    for cell, free in zip(texts["label"], texts["free"], strict=True):
        counts.update({name: int(free) for name in names_of(cell, draft.multi_label)})
    return {name: count for name, count in sorted(counts.items()) if count < fewest(wanted)}


def _find(draft: Draft) -> Finding | None:
    small = _small(draft)
    if not small:
        return None
    wanted = shares(draft)
    names = ", ".join(repr(name) for name in list(small)[:SAMPLES]) + (" and more" if len(small) > SAMPLES else "")
    words = (
        f"{showing.counted(len(small), 'class', 'classes')} ({names}) {'has' if len(small) == 1 else 'have'} fewer than "
        f"{fewest(wanted)} distinct texts, but training and {' and '.join(wanted)} each need one."
    )
    blocker = words + " Add rows, drop these classes, or keep them in training only."
    shown = tuple({"label": name, "distinct_texts": count} for name, count in list(small.items())[:SAMPLES])
    severe = "warning" if draft.multi_label else "error"
    return Finding(
        "small_classes",
        "Classes too small to split",
        severe,
        len(small),
        words,
        shown,  # type: ignore[arg-type]
        blocker="" if draft.multi_label else blocker,
    )


def _drop(draft: Draft) -> Draft:
    """Leave the classes out; in multi-label rows only the label goes, and the row with its last label."""
    small = frozenset(_small(draft))
    if not draft.multi_label:
        return draft.drop(draft.has_label(small), "class too small to split")
    had = draft.frame["label"].ne("")
    labels = [LABEL_JOINT.join(n for n in names_of(cell, True) if n not in small) for cell in draft.frame["label"]]
    changed = draft.with_columns(label=labels)
    return changed.drop((had & changed.frame["label"].eq("")).to_numpy(dtype=bool), "class too small to split")


def _train_only(draft: Draft) -> Draft:
    return replace(draft, train_only=frozenset(_small(draft)))


CHECKS = (
    Check(
        "small_classes",
        _find,
        (
            Mend("drop_small_classes", "Leave these classes out", _drop),
            Mend("small_classes_to_train", "Keep them in training only", _train_only, suggested=True),
        ),
    ),
)
