"""AUL and AULA: the share of pairs by kind of bias, with intervals and the neutral 50 %."""

from __future__ import annotations

from core.bias.charts.crows_pairs import charts

__all__ = ["charts"]
