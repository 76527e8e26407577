"""The precision that a training computes in: asked for by name, or measured once and kept beside its checkpoints."""

from __future__ import annotations

from pathlib import Path

from core.inference.scorer import PrecisionName


def chosen(asked: str, checkpoints: Path | None = None) -> PrecisionName:
    """The named precision, or for "auto" the fastest here; with `checkpoints` a resumed run finds its own again."""
    from core.encoding.precision import fastest

    if asked != "auto":
        return _named(asked)
    if checkpoints is None:
        return fastest()
    kept = checkpoints / "precision"
    if kept.is_file():
        return _named(kept.read_text(encoding="ascii").strip())
    found = fastest()
    checkpoints.mkdir(parents=True, exist_ok=True)
    kept.write_text(found, encoding="ascii")
    return found


def _named(name: str) -> PrecisionName:
    return "bfloat16" if name == "bfloat16" else "float32"
