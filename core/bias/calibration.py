"""How the meter was checked: the ten published effect sizes of WEAT beside what this program computes.

Published: Caliskan, Bryson and Narayanan 2017, Science 356:183, Table 1, GloVe 840B. Ours are computed on the same
vectors with the settings that the measure has by default; tests/core/bias/test_calibration.py computes them anew.
"""

from __future__ import annotations

import pandas as pd

# list, published d, d and exact one-sided p that are computed here
TEN = (
    ("WEAT 1", 1.50, 1.504315, 1.45367e-09),
    ("WEAT 2", 1.53, 1.533989, 4.62778e-11),
    ("WEAT 3", 1.41, 1.405208, 5.49e-11),
    ("WEAT 4", 1.50, 1.498582, 9.51620e-07),
    ("WEAT 5", 1.28, 1.283930, 2.24363e-05),
    ("WEAT 6", 1.81, 1.813915, 7.77001e-05),
    ("WEAT 7", 1.06, 1.055015, 0.0156954),
    ("WEAT 8", 1.24, 1.237453, 0.00473970),
    ("WEAT 9", 1.38, 1.382755, 0.00432900),
    ("WEAT 10", 1.21, 1.212891, 0.00512821),
)
NAMES = tuple(name for name, *_ in TEN)


def table() -> pd.DataFrame:
    """A row a list: published d, d here, their difference, exact p here."""
    rows = [(name, published, ours, round(ours - published, 3), f"{p:.2g}") for name, published, ours, p in TEN]
    return pd.DataFrame(rows, columns=["list", "d, published", "d, computed here", "difference", "exact p, here"])
