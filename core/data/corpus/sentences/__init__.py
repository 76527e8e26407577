"""The ways to end a sentence: one file each in this folder, found by looking."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from core.data.corpus.sentences.contract import Splitter


def _found() -> dict[str, Splitter]:
    modules = [import_module(f"{__name__}.{item.name}") for item in iter_modules(__path__)]
    splitters: list[Splitter] = [module.SPLITTER for module in modules if hasattr(module, "SPLITTER")]
    return {splitter.name: splitter for splitter in sorted(splitters, key=lambda one: (one.order, one.name))}


SPLITTERS: dict[str, Splitter] = _found()
