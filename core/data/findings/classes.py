"""Whether there are classes to learn: at least two, few against the number of rows, and none that swamps the rest."""

from __future__ import annotations

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import SAMPLES, Check, Finding, Severity

ID_LIKE, FEWEST_ROWS = 0.5, 10
RARE, SKEWED = 0.1, 0.8


def _too_few(draft: Draft) -> Finding | None:
    names = draft.label_names
    if len(names) >= (1 if draft.multi_label else 2):
        return None
    what = f"only the label {names[0]!r}" if names else "no row with a label"
    blocker = f"There is {what}: a classifier needs at least two classes. Check which column holds the labels."
    return Finding("too_few_classes", "Too few classes", "error", len(names), blocker, blocker=blocker)


def _id_like(draft: Draft) -> Finding | None:
    names, rows = draft.label_names, len(draft.frame)
    if rows < FEWEST_ROWS or len(names) <= ID_LIKE * rows:
        return None
    blocker = (
        f"The label column has {len(names):,} different values in {rows:,} rows, so it looks like an id or a free text. "
        "A class needs many rows: choose another column as label."
    )
    shown = tuple({"label": name} for name in names[:SAMPLES])
    return Finding(
        "label_looks_like_id", "The label looks like an id", "error", len(names), blocker, shown, blocker=blocker
    )


def _imbalance(draft: Draft) -> Finding | None:
    counts = draft.label_rows()["label"].value_counts()
    if len(counts) < 2:
        return None
    largest, name, rows = int(counts.iloc[0]), str(counts.index[0]), len(draft.frame)
    rare = counts[counts <= RARE * largest]
    if not len(rare) and largest <= SKEWED * rows:
        return None
    severity: Severity = "info" if draft.multi_label else "warning"
    words = (
        f"The largest class, {name!r}, holds {showing.percent(largest, rows)} of the rows; {len(rare):,} of {len(counts):,} "
        "classes have at most a tenth of its rows. Answering the largest class always would already reach that accuracy: "
        "look at macro-F1, which counts every class alike."
    )
    shown = tuple({"label": str(label), "rows": int(count)} for label, count in counts.iloc[::-1].head(SAMPLES).items())
    return Finding("class_imbalance", "Uneven classes", severity, max(1, len(rare)), words, shown)


CHECKS = (
    Check("too_few_classes", _too_few),
    Check("label_looks_like_id", _id_like),
    Check("class_imbalance", _imbalance),
)
