"""Which precision this machine multiplies fastest, measured once a process at the shapes of BERT, never assumed."""

from __future__ import annotations

import threading
import time
from functools import cache
from typing import TYPE_CHECKING

from core.inference.scorer import PrecisionName

if TYPE_CHECKING:
    import torch

SHAPES = ((512, 384, 1536), (512, 1536, 384), (1024, 768, 768))  # (pieces, in, out)
TURNS = 8
WORTH_IT = 1.15  # bfloat16 must be this much faster before its rounding is worth it
_LOCK = threading.Lock()


def matmul_peak(precision: PrecisionName) -> float:
    """Best GFLOP/s of a linear layer at BERT's shapes in this precision on this machine; measured once a process."""
    with _LOCK:
        return _peaks()[precision]


def fastest() -> PrecisionName:
    """bfloat16 where it is measured clearly faster than float32 here, else float32."""
    return "bfloat16" if matmul_peak("bfloat16") > WORTH_IT * matmul_peak("float32") else "float32"


def dtype(precision: PrecisionName) -> torch.dtype:
    """The torch dtype of a precision's name."""
    import torch

    return {"float32": torch.float32, "bfloat16": torch.bfloat16}[precision]


@cache
def _peaks() -> dict[PrecisionName, float]:
    """Both precisions in turns, so that other load on the machine hits both alike; the best of all turns counts."""
    best: dict[PrecisionName, float] = {"float32": 0.0, "bfloat16": 0.0}
    for shape in SHAPES:
        operands = {precision: _operands(precision, *shape) for precision in best}
        for _ in range(TURNS):
            for precision, (values, weight) in operands.items():
                best[precision] = max(best[precision], _rate(values, weight))
    return best


def _operands(precision: PrecisionName, pieces: int, width: int, out: int) -> tuple[torch.Tensor, torch.Tensor]:
    import torch

    from core.encoding.device import device

    values, weight = torch.ones(pieces, width), torch.ones(out, width)
    return values.to(device(), dtype(precision)), weight.to(device(), dtype(precision))


def _rate(values: torch.Tensor, weight: torch.Tensor) -> float:
    """GFLOP/s of one product."""
    import torch

    with torch.inference_mode():
        return 2e-9 * values.numel() * len(weight) / _timed(values, weight)


def _timed(values: torch.Tensor, weight: torch.Tensor) -> float:
    """Seconds of one product; on the CPU those that this thread ran, so that a busy machine measures the same."""
    import torch

    clock = time.perf_counter if values.is_cuda else time.thread_time
    begun = clock()
    torch.nn.functional.linear(values, weight)
    if values.is_cuda:
        torch.cuda.synchronize()
    return max(clock() - begun, 1e-7)
