"""How torch's threads wait for each other, for every process that computes.

By default they spin for a while. Where two runs (or a run and anything else) share the cores, that costs a factor of
ten: 30 training steps of the bundled model beside other work took 212 s spinning and 22 s sleeping, on two cores. Must
be in the environment before torch is loaded.
"""

from __future__ import annotations

SLEEPING = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}
