"""Measured, cached, and a name that torch knows."""

from __future__ import annotations

import pytest
import torch

from core.encoding import precision


def test_the_peak_is_measured_once() -> None:
    assert precision.matmul_peak("float32") > 0
    assert precision.matmul_peak("float32") == precision.matmul_peak("float32")


@pytest.mark.parametrize(("rounded", "wanted"), [(100.0, "float32"), (114.0, "float32"), (200.0, "bfloat16")])
def test_bfloat16_must_be_clearly_faster(monkeypatch: pytest.MonkeyPatch, rounded: float, wanted: str) -> None:
    monkeypatch.setattr(precision, "matmul_peak", {"float32": 100.0, "bfloat16": rounded}.__getitem__)
    assert precision.fastest() == wanted


def test_names_are_dtypes() -> None:
    assert precision.dtype("float32") is torch.float32
    assert precision.dtype("bfloat16") is torch.bfloat16
