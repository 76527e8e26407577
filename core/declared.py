"""Catalogues that fill themselves: every module of a folder that ends with a declaration is found by looking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


def declared(package: str, path: Iterable[str], constant: str, order: Callable[[Any], Any]) -> dict[str, Any]:
    """Name -> declaration: the `constant` of each module in the package at `path`, in the order that `order` gives."""
    modules = [import_module(f"{package}.{item.name}") for item in iter_modules(path)]
    found = [getattr(module, constant) for module in modules if hasattr(module, constant)]
    return {one.name: one for one in sorted(found, key=lambda one: (order(one), one.name))}
