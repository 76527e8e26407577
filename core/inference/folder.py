"""A classifier as a folder: what transformers loads, and beside it what it does not know.

classifier.json (kind, labels, SHA-256 of every file that decides), calibration.json, golden.jsonl, training.json,
metrics.json, README.md. It is written last and checked first: a single flipped bit in the weights is found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from core.encoding.base_models import file_digest
from core.encoding.loading import read_config
from core.errors import UserProblem
from core.inference import agreement, golden
from core.inference.classifier import Classifier
from core.inference.scorers import scorer_class

FILE, CALIBRATION, FORMAT = "classifier.json", "calibration.json", 1
SCRIPT = "predict.py"
PAPERS = {"README.md", "training.json", "metrics.json", "bias_passport.json"}  # decide nothing, may be edited
NOT_SEALED = {FILE, SCRIPT, *PAPERS}


def save(
    classifier: Classifier,
    folder: Path,
    *,
    golden_texts: Sequence[str],
    golden_pairs: Sequence[str] | None = None,
    card: str = "",
    training: Mapping[str, Any] | None = None,
    metrics: Mapping[str, Any] | None = None,
) -> Classifier:
    """Write the folder, read it back and replay it; the classifier as loaded, with the agreement of bfloat16 measured.

    `golden_texts` are validation texts: 20 become golden rows, up to 1,000 measure the agreement.
    """
    folder.mkdir(parents=True, exist_ok=True)
    measured = agreement.measure(classifier, golden_texts, golden_pairs)
    classifier = replace(classifier, facts={**classifier.facts, "bfloat16": measured})
    classifier.scorer.save(folder, classifier.labels, classifier.problem_type)
    _write(folder / CALIBRATION, _calibration(classifier))
    _write(folder / "training.json", dict(training or {}))
    _write(folder / "metrics.json", dict(metrics or {}))
    (folder / "README.md").write_text(card, encoding="utf-8")
    golden.write(classifier, folder, golden_texts, golden_pairs)
    seal(classifier, folder)
    return load(folder)


def load(folder: Path, *, verify: bool = True) -> Classifier:
    """A classifier from a folder of ours or of plain transformers.

    With `verify` every sealed file's SHA-256 is compared and the golden rows are replayed: UserProblem on a difference.
    """
    folder = Path(folder)
    if not (folder / FILE).is_file():
        return _plain(folder, verify)
    identity = _read(folder / FILE)
    if identity.get("format") != FORMAT:
        raise UserProblem(f"The model folder is of format {identity.get('format')!r}.", f"Format {FORMAT} is wanted.")
    if verify:
        check_seal(folder, identity)
    calibration = _read(folder / CALIBRATION)
    classifier = Classifier(
        scorer_class(identity["kind"]).load(folder),
        tuple(identity["labels"]),
        identity["problem_type"],
        float(calibration["temperature"]),
        None if calibration["thresholds"] is None else tuple(calibration["thresholds"]),
        float(calibration["review_below"]),
        {**identity.get("facts", {}), "bfloat16": calibration.get("bfloat16", {})},
    )
    if verify:
        golden.check(classifier, folder)
    return classifier


def adopt(classifier: Classifier, folder: Path) -> None:
    """Give a folder of plain transformers the files that let it be verified: calibration, golden rows, seal."""
    _write(folder / CALIBRATION, _calibration(classifier))
    golden.write(classifier, folder, ())
    seal(classifier, folder)


def digest(folder: Path) -> str:
    """SHA-256 (hex) of a sealed folder: of classifier.json, which holds those of all files that decide."""
    return file_digest(folder / FILE)


def seal(classifier: Classifier, folder: Path) -> None:
    """Add predict.py, make every file readable, write classifier.json with the SHA-256 of each file that decides."""
    if classifier.scorer.kind != "tfidf":
        script = files("core.inference") / "standalone_predict.py"
        (folder / SCRIPT).write_bytes(script.read_bytes())
    for path in _files(folder):
        path.chmod(0o644)
    identity = {
        "format": FORMAT,
        "kind": classifier.scorer.kind,
        "labels": list(classifier.labels),
        "problem_type": classifier.problem_type,
        "facts": {name: value for name, value in classifier.facts.items() if name != "bfloat16"},
        "files": {path.name: file_digest(path) for path in _files(folder) if path.name not in NOT_SEALED},
    }
    _write(folder / FILE, identity)
    (folder / FILE).chmod(0o644)


def check_seal(folder: Path, identity: Mapping[str, Any] | None = None) -> None:
    """UserProblem that names the first file that is missing or not as it was when the model was saved."""
    sealed = (identity or _read(folder / FILE)).get("files", {})
    for name, wanted in sealed.items():
        if "/" in name or "\\" in name or not (folder / name).is_file():
            raise UserProblem(f"The model's file {name!r} is missing.", "", "Use another version or import it again.")
        if file_digest(folder / name) != wanted:
            raise UserProblem(
                f"The model's file {name!r} is not as it was when the model was saved.",
                f"SHA-256 {wanted[:12]}… is wanted.",
                "Use another version or import it again.",
            )


def _plain(folder: Path, verify: bool) -> Classifier:
    """A classifier that plain transformers saved: labels from id2label, softmax unless it says several labels."""
    config = read_config(folder)
    if not any(name.endswith("ForSequenceClassification") for name in config.get("architectures") or ()):
        raise UserProblem(
            "The model has no classification head.", "A ...ForSequenceClassification model is wanted.",
            "Use it as a base model and train it first.",
        )  # fmt: skip
    scorer: Any = scorer_class("sequence").load(folder)
    names = scorer.model.config.id2label
    labels = tuple(str(names[index]) for index in range(len(names)))
    several = config.get("problem_type") == "multi_label_classification"
    classifier = Classifier(scorer, labels, "multi_label" if several else "single_label")
    if verify:
        golden.check(classifier, folder)
    return classifier


def _calibration(classifier: Classifier) -> dict[str, Any]:
    return {
        "temperature": classifier.temperature,
        "thresholds": None if classifier.thresholds is None else list(classifier.thresholds),
        "review_below": classifier.review_below,
        "bfloat16": dict(classifier.facts.get("bfloat16", {})),
    }


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise UserProblem(
            f"The model's {path.name} cannot be read ({problem}).", "A JSON object is wanted."
        ) from problem
    if not isinstance(values, dict):
        raise UserProblem(f"The model's {path.name} is not a JSON object.")
    return values


def _write(path: Path, values: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
