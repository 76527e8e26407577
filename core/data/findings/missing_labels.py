"""Labels that one split has and another lacks: never learnt, or never tested."""

from __future__ import annotations

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import SAMPLES, Check, Finding, Mend
from core.data.labels import LABEL_JOINT
from core.data.draft import names_of


def _names(draft: Draft, split: str) -> set[str]:
    cells = draft.frame.loc[draft.frame["split"] == split, "label"].unique()
    return {name for cell in cells for name in names_of(cell, draft.multi_label)}


def _not_learnt(draft: Draft) -> frozenset[str]:
    return frozenset(draft.label_names) - _names(draft, "train")


def _find_in_train(draft: Draft) -> Finding | None:
    missing = _not_learnt(draft)
    mask = draft.has_label(missing)
    if not missing or not (draft.frame["split"] == "train").any():
        return None
    shown = ", ".join(repr(name) for name in sorted(missing)[:SAMPLES])
    words = f"{showing.counted(len(missing), 'label')} ({shown}) never occur in training, so no model can learn them."
    blocker = words + " Leave their rows out, add training rows, or correct the spelling."
    samples = showing.rows(draft, mask)
    return Finding(
        "labels_missing_in_train",
        "Labels missing in training",
        "error",
        int(mask.sum()),
        words,
        samples,
        blocker=blocker,
    )


def _drop(draft: Draft) -> Draft:
    missing = _not_learnt(draft)
    if not draft.multi_label:
        return draft.drop(draft.has_label(missing), "label never occurs in training")
    labels = [LABEL_JOINT.join(n for n in names_of(cell, True) if n not in missing) for cell in draft.frame["label"]]
    emptied = draft.frame["label"].ne("").to_numpy(dtype=bool) & ~(
        draft.with_columns(label=labels).frame["label"].ne("").to_numpy(dtype=bool)
    )
    return draft.with_columns(label=labels).drop(emptied, "label never occurs in training")


def _find_elsewhere(draft: Draft) -> Finding | None:
    everything = set(draft.label_names)
    present = [split for split in ("validation", "test") if (draft.frame["split"] == split).any()]
    lacking = {split: sorted(everything - _names(draft, split) - _not_learnt(draft)) for split in present}
    shown = tuple({"label": name, "missing_in": split} for split, names in lacking.items() for name in names)
    if not shown:
        return None
    told = " and ".join(
        f"{showing.counted(len(names), 'label')} in {split}" for split, names in lacking.items() if names
    )
    words = f"Missing: {told}. Nothing can be said about how well a model does on a label that its split does not hold."
    count = len({name for names in lacking.values() for name in names})
    return Finding(
        "labels_missing_in_test", "Labels missing in validation or test", "warning", count, words, shown[:SAMPLES]
    )


def _find_empty(draft: Draft) -> Finding | None:
    sizes = draft.frame["split"].value_counts()
    if sizes.get("train", 0):
        return None
    blocker = "No row is left for training. Check the split column, the repairs, and the rejected rows."
    return Finding("no_training_rows", "No training rows", "error", 1, blocker, blocker=blocker)


CHECKS = (
    Check("no_training_rows", _find_empty),
    Check(
        "labels_missing_in_train",
        _find_in_train,
        (Mend("drop_unlearnt_labels", "Leave these rows out", _drop, suggested=True),),
    ),
    Check("labels_missing_in_test", _find_elsewhere),
)
