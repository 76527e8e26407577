"""The training methods there are: one file each in this folder, found by looking, listed from simple to thorough.

Importing this imports no torch; the methods do so when they run.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from core.training.contract import Method


def _found() -> dict[str, Method]:
    modules = [import_module(f"{__name__}.{item.name}") for item in iter_modules(__path__)]
    methods: list[Method] = [module.METHOD for module in modules if hasattr(module, "METHOD")]
    return {method.name: method for method in sorted(methods, key=lambda m: (m.metadata.get("order", 99), m.name))}


METHODS: dict[str, Method] = _found()
