"""How many epochs a set of rows calls for, when nobody says.

What matters is how many steps the new head and the body get: some hundred for the task, and a few more for every
label. Few rows are therefore seen more often (Mosbach et al. 2021: 20 epochs where there are few rows), many rows less.
The constants were chosen on validation rows of four public sets: docs/accuracy.md.
"""

from __future__ import annotations

STEPS = 600
STEPS_A_LABEL = 7
FEWEST, MOST = 3, 20


def enough(rows: int, labels: int, rows_a_step: int) -> int:
    """Epochs, `FEWEST` to `MOST`, that come nearest to the wanted number of optimizer steps."""
    steps_an_epoch = max(1, -(-rows // rows_a_step))
    wanted = STEPS + STEPS_A_LABEL * labels
    return min(MOST, max(FEWEST, round(wanted / steps_an_epoch)))
