"""What a checkpoint belongs to: one digest of parameters, base model, precision, and the rows in their order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.data.examples import LabelledData


def fingerprint(data: LabelledData, parameters: Mapping[str, Any], base: Path, precision: str) -> str:
    """64 hex digits; another seed, row, order of rows, label or base gives another."""
    from core.encoding.base_models import digest

    total = hashlib.sha256(json.dumps([parameters, digest(base), precision, data.labels]).encode())
    for split in (data.train, data.validation):
        for part in (split.texts, split.pairs or ()):
            total.update(json.dumps(part).encode())
        total.update(split.targets.tobytes())
    return total.hexdigest()
