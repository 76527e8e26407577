"""The pre-training objectives there are: one file each in this folder, found by looking, from simple to thorough."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from core.pretraining.objective import Objective


def _found() -> dict[str, Objective]:
    modules = [import_module(f"{__name__}.{item.name}") for item in iter_modules(__path__)]
    objectives: list[Objective] = [module.OBJECTIVE for module in modules if hasattr(module, "OBJECTIVE")]
    return {each.name: each for each in sorted(objectives, key=lambda each: (each.order, each.name))}


OBJECTIVES: dict[str, Objective] = _found()
