"""Models out as a zip, and in from a zip or a folder of ours or of plain transformers: tensors and JSON, never code.

What is taken in is decided by fixed names, not by what the archive says; what could run is refused, not skipped. The
model is loaded and its golden rows are replayed before the import counts as done.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from core.encoding import base_models
from core.encoding.loading import read_config
from core.errors import UserProblem
from core.inference import folder as model_folder
from core.inference import golden, member_rules, members, scrutiny
from core.inference.member_rules import Limits

_STORED = {".safetensors"}  # random bits do not compress


def export_zip(folder: Path, destination: Path, papers: Mapping[str, bytes] = MappingProxyType({})) -> Path:
    """Write a model folder as a zip with one top folder named after it; equal folders give equal bytes.

    `papers` are files by name that the zip holds beside, or in place of, those of the folder.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    fresh = destination.with_name(destination.name + ".part")
    names = {path.name for path in folder.iterdir() if path.is_file()} | set(papers)
    with zipfile.ZipFile(fresh, "w") as archive:
        for name in sorted(names):
            member = zipfile.ZipInfo(f"{destination.stem}/{name}")
            member.external_attr = 0o644 << 16
            member.compress_type = zipfile.ZIP_STORED if Path(name).suffix in _STORED else zipfile.ZIP_DEFLATED
            given = io.BytesIO(papers[name]) if name in papers else (folder / name).open("rb")
            with given as source, archive.open(member, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    return fresh.replace(destination)


def import_archive(source: Path, destination: Path, limits: Limits = member_rules.DEFAULT) -> dict[str, Any]:
    """Take a model from a zip or folder into the empty folder `destination`; what it is, or a UserProblem.

    Facts: labels, problem_type and method where it classifies, digest, golden_rows, max_difference, not_taken, and
    what `base_models.describe` tells of its body. On a problem `destination` is left empty.
    """
    destination.mkdir(parents=True, exist_ok=True)
    if any(destination.iterdir()):
        raise ValueError(f"{destination} is not empty")
    try:
        left_out = members.bring(source, destination, limits)
        scrutiny.scrutinise(destination)
        return {**_identified(destination), "not_taken": left_out}
    except BaseException:
        for path in destination.iterdir():
            path.unlink()
        raise


def _identified(folder: Path) -> dict[str, Any]:
    if (folder / model_folder.FILE).is_file() or _classifies(folder):
        return _classifier(folder)
    return _pretrained(folder)


def _classifies(folder: Path) -> bool:
    return any(name.endswith("ForSequenceClassification") for name in read_config(folder).get("architectures") or ())


def _classifier(folder: Path) -> dict[str, Any]:
    """Load, replay, and give a model of plain transformers the files that let it be verified later."""
    classifier = model_folder.load(folder)
    replayed = golden.replay(classifier, folder)
    if not (folder / model_folder.FILE).is_file():
        model_folder.adopt(classifier, folder)
    return {
        **_body(folder),
        "labels": list(classifier.labels),
        "problem_type": classifier.problem_type,
        "method": classifier.scorer.kind,
        "digest": model_folder.digest(folder),
        "golden_rows": replayed.rows,
        "max_difference": replayed.max_difference,
    }


def _pretrained(folder: Path) -> dict[str, Any]:
    """A body to start from: its weights and tokenizer must load and give finite vectors."""
    from core.encoding.encoder import Encoder

    base_models.check_base(folder)
    vectors = Encoder(folder, max_length=16).encode(["a short text"], precision="float32").vectors
    if not np.isfinite(vectors).all():
        raise UserProblem("The model gives vectors that are not numbers.", "Whole weights are wanted.")
    return {**_body(folder), "digest": base_models.digest(folder), "golden_rows": 0, "max_difference": 0.0}


def _body(folder: Path) -> Mapping[str, Any]:
    return base_models.describe(folder) if (folder / "config.json").is_file() else {}
