"""Which precision this machine multiplies fastest, measured once a process at the shapes of BERT, never assumed."""

from __future__ import annotations

import threading
import time
from functools import cache
from typing import TYPE_CHECKING

from core.inference.scorer import PrecisionName

if TYPE_CHECKING:
    import torch

SHAPES = ((1024, 384, 1536), (1024, 1536, 384), (1024, 768, 768), (2048, 768, 3072))  # (pieces, in, out)
WORTH_IT = 1.15  # bfloat16 must be this much faster before its rounding is worth it
_LOCK = threading.Lock()


def matmul_peak(precision: PrecisionName) -> float:
    """Best GFLOP/s of a linear layer at BERT's shapes in this precision on this machine; measured once a process."""
    with _LOCK:
        return _peak(precision)


def fastest() -> PrecisionName:
    """bfloat16 where it is measured clearly faster than float32 here, else float32."""
    return "bfloat16" if matmul_peak("bfloat16") > WORTH_IT * matmul_peak("float32") else "float32"


def dtype(precision: PrecisionName) -> torch.dtype:
    """The torch dtype of a precision's name."""
    import torch

    return {"float32": torch.float32, "bfloat16": torch.bfloat16}[precision]


@cache
def _peak(precision: PrecisionName) -> float:
    return max(_rate(precision, *shape) for shape in SHAPES)


def _rate(precision: PrecisionName, pieces: int, width: int, out: int, repeats: int = 7) -> float:
    import torch

    from core.encoding.device import device

    values = torch.randn(pieces, width, device=device()).to(dtype(precision))
    weight = torch.randn(out, width, device=device()).to(dtype(precision))
    with torch.inference_mode():
        seconds = min(_timed(values, weight) for _ in range(repeats))
    return 2e-9 * pieces * width * out / seconds


def _timed(values: torch.Tensor, weight: torch.Tensor) -> float:
    import torch

    start = time.perf_counter()
    torch.nn.functional.linear(values, weight)
    if values.is_cuda:
        torch.cuda.synchronize()
    return time.perf_counter() - start
