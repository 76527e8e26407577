"""The training methods there are: one file each in this folder, found by looking, listed from simple to thorough.

Importing this imports no torch; the methods do so when they run.
"""

from __future__ import annotations

from core.declared import declared
from core.training.contract import Method

METHODS: dict[str, Method] = declared(__name__, __path__, "METHOD", lambda one: one.metadata.get("order", 99))
