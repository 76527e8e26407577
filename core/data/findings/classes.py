"""Whether there are classes to learn: at least two, few against the number of rows, and none that swamps the rest."""

from __future__ import annotations

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import SAMPLES, Check, Finding, Severity

RARE, SKEWED = 0.1, 0.8


def _too_few(draft: Draft) -> Finding | None:
    names = draft.label_names
    if len(names) >= (1 if draft.multi_label else 2):
        return None
    what = f"only the label {names[0]!r}" if names else "no row with a label"
    blocker = f"There is {what}: a classifier needs at least two classes. Check which column holds the labels."
    return Finding("too_few_classes", "Too few classes", "error", len(names), blocker, blocker=blocker)


def _id_like(draft: Draft) -> Finding | None:
    if not draft.id_like:
        return None
    names, rows = draft.label_names, len(draft.frame)
    blocker = (
        f"The label column has {len(names):,} different values in {rows:,} rows, so it looks like an id or a free "
        "text. A class needs many rows: choose another column as label."
    )
    samples = tuple({"label": name} for name in names[:SAMPLES])
    title = "The label looks like an id"
    return Finding("label_looks_like_id", title, "error", len(names), blocker, samples, blocker=blocker)


def _imbalance(draft: Draft) -> Finding | None:
    counts, rows = draft.label_counts(), len(draft.frame)
    if len(counts) < 2:
        return None
    name, largest = next(iter(counts.items()))
    rare = [label for label, count in counts.items() if count <= RARE * largest]
    if not rare and largest <= SKEWED * rows:
        return None
    words = (
        f"The largest class, {name!r}, holds {showing.percent(largest, rows)} of the rows; {len(rare):,} of "
        f"{len(counts):,} classes have at most a tenth of its rows. Accuracy can look good while the small classes are "
        "never found: look at macro-F1, which counts every class alike."
    )
    severity: Severity = "info" if draft.multi_label else "warning"
    samples = tuple({"label": label, "rows": counts[label]} for label in list(counts)[: -SAMPLES - 1 : -1])
    return Finding("class_imbalance", "Uneven classes", severity, max(1, len(rare)), words, samples)


CHECKS = (
    Check("too_few_classes", _too_few),
    Check("label_looks_like_id", _id_like),
    Check("class_imbalance", _imbalance),
)
