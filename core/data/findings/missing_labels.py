"""Labels that one split has and another lacks: never learnt, or never tested."""

from __future__ import annotations

from core.data.draft import Draft, names_of
from core.data.findings import showing
from core.data.findings.contract import SAMPLES, Check, Finding, Mend


def _names(draft: Draft, split: str) -> frozenset[str]:
    cells = draft.frame.loc[draft.frame["split"] == split, "label"].unique()
    return frozenset(name for cell in cells for name in names_of(cell, draft.multi_label))


def _not_learnt(draft: Draft) -> frozenset[str]:
    return frozenset(draft.label_names) - _names(draft, "train")


def _find_empty(draft: Draft) -> Finding | None:
    if (draft.frame["split"] == "train").any():
        return None
    blocker = "No row is left for training. Check the split column, the repairs, and the rejected rows."
    return Finding("no_training_rows", "No training rows", "error", 1, blocker, blocker=blocker)


def _find_in_train(draft: Draft) -> Finding | None:
    missing = _not_learnt(draft)
    if not missing or not (draft.frame["split"] == "train").any():
        return None
    mask = draft.has_label(missing)
    names = ", ".join(map(repr, sorted(missing)[:SAMPLES])) + (" and more" if len(missing) > SAMPLES else "")
    never = "never occurs" if len(missing) == 1 else "never occur"
    words = f"{showing.counted(len(missing), 'label')} ({names}) {never} in training, so no model can learn it."
    blocker = f"{words} Leave these rows out, add training rows, or correct the spelling."
    title, samples = "Labels missing in training", showing.rows(draft, mask)
    return Finding("labels_missing_in_train", title, "error", int(mask.sum()), words, samples, blocker=blocker)


def _drop(draft: Draft) -> Draft:
    return draft.without_labels(_not_learnt(draft), "label never occurs in training")


def _find_elsewhere(draft: Draft) -> Finding | None:
    learnt = _names(draft, "train")
    present = [split for split in ("validation", "test") if (draft.frame["split"] == split).any()]
    lacking = {split: sorted(learnt - _names(draft, split)) for split in present}
    samples = tuple({"label": name, "missing_in": split} for split, names in lacking.items() for name in names)
    if not samples:
        return None
    told = " and ".join(
        f"{showing.counted(len(names), 'label')} in {split}" for split, names in lacking.items() if names
    )
    words = f"Missing: {told}. Nothing can be said about how well a model finds a label on rows that do not hold it."
    count = len({sample["label"] for sample in samples})
    title = "Labels missing in validation or test"
    return Finding("labels_missing_in_test", title, "warning", count, words, samples[:SAMPLES])


DROP = Mend("drop_unlearnt_labels", "Leave these rows out", _drop, suggested=True)
CHECKS = (
    Check("no_training_rows", _find_empty),
    Check("labels_missing_in_train", _find_in_train, (DROP,)),
    Check("labels_missing_in_test", _find_elsewhere),
)
