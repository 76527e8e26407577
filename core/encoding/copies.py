"""One module in several precisions: float32 is the original, others are copies made when first asked for."""

from __future__ import annotations

import copy
import threading
from typing import TYPE_CHECKING

from core.encoding.device import device
from core.encoding.precision import dtype
from core.inference.scorer import PrecisionName

if TYPE_CHECKING:
    import torch


class PrecisionCopies:
    """Holds a module in eval mode on the device; `get("bfloat16")` makes the rounded copy once; thread safe."""

    def __init__(self, module: torch.nn.Module) -> None:
        self._copies: dict[PrecisionName, torch.nn.Module] = {"float32": module.eval().to(device())}
        self._lock = threading.Lock()

    def get(self, precision: PrecisionName) -> torch.nn.Module:
        with self._lock:
            if precision not in self._copies:
                original = self._copies["float32"]
                self._copies[precision] = copy.deepcopy(original).to(dtype(precision)).eval()
            return self._copies[precision]
