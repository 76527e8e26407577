"""Classes with too few distinct texts to have one in every split that has to be made."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from core.data.draft import Draft, names_of
from core.data.findings import showing
from core.data.findings.contract import SAMPLES, Check, Finding, Mend
from core.data.splits import fewest
from core.data.splitting import pool, shares


def _small(draft: Draft) -> dict[str, int]:
    """Label -> distinct texts, for every label of the rows to split that has too few; the smallest first."""
    wanted = shares(draft)
    if not wanted:
        return {}
    counts: Counter[str] = Counter()
    for cell, free, texts in pool(draft).value_counts().reset_index().itertuples(index=False, name=None):
        for name in names_of(cell, draft.multi_label):
            counts[name] += int(texts) if free else 0
    ranked = sorted(counts.items(), key=lambda item: (item[1], item[0]))
    return {name: texts for name, texts in ranked if texts < fewest(wanted)}


def _find(draft: Draft) -> Finding | None:
    small = _small(draft)
    if not small:
        return None
    words = _words(draft, small)
    blocker = f"{words} Add rows, leave these classes out, or keep them in training only."
    samples = tuple({"label": name, "distinct_texts": texts} for name, texts in list(small.items())[:SAMPLES])
    title = "Classes too small to split"
    if draft.multi_label:
        return Finding("small_classes", title, "warning", len(small), words, samples)
    return Finding("small_classes", title, "error", len(small), words, samples, blocker=blocker)


def _words(draft: Draft, small: dict[str, int]) -> str:
    wanted = shares(draft)
    names = ", ".join(map(repr, list(small)[:SAMPLES])) + (" and more" if len(small) > SAMPLES else "")
    have = "has" if len(small) == 1 else "have"
    return (
        f"{showing.counted(len(small), 'class', 'classes')} ({names}) {have} fewer than {fewest(wanted)} distinct "
        f"texts, but training and {' and '.join(wanted)} need one each."
    )


def _drop(draft: Draft) -> Draft:
    return draft.without_labels(frozenset(_small(draft)), "class too small to split")


def _train_only(draft: Draft) -> Draft:
    return replace(draft, train_only=frozenset(_small(draft)))


DROP = Mend("drop_small_classes", "Leave these classes out", _drop)
TRAIN_ONLY = Mend("small_classes_to_train", "Keep them in training only", _train_only, suggested=True)
CHECKS = (Check("small_classes", _find, (DROP, TRAIN_ONLY)),)
