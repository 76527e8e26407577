"""What kinds of run there are: one file a kind, each ends with one function that does the work.

The worker reads only this table, so that it never imports torch; the run process loads its one kind. Further kinds can
be named in AMONTILLADO_EXTRA_KINDS as `name=module:function:slot`, separated by commas; tests do.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from core.errors import UserProblem

if TYPE_CHECKING:
    from core.jobs.task import Outcome, Task

Slot = Literal["training", "light"]


@dataclass(frozen=True)
class Kind:
    """A kind of run: where its function is, and which slot of the worker it takes."""

    name: str
    function: str
    slot: Slot

    def load(self) -> Callable[[Task], Outcome]:
        """Import the kind's function; this is where torch may come in."""
        module, _, name = self.function.partition(":")
        loaded: Any = getattr(import_module(module), name)
        return loaded  # type: ignore[no-any-return]


BUILT_IN = (
    Kind("fine_tune", "core.jobs.kinds.fine_tune:execute", "training"),
    Kind("pretrain", "core.jobs.kinds.pretrain:execute", "training"),
    Kind("predict", "core.jobs.kinds.predict:execute", "light"),
    Kind("evaluate", "core.jobs.kinds.evaluate:execute", "light"),
    Kind("bias", "core.jobs.kinds.bias:execute", "light"),
    Kind("mitigate", "core.jobs.kinds.mitigate:execute", "training"),
)


def kinds() -> dict[str, Kind]:
    """All kinds by name."""
    named = [item for item in os.environ.get("AMONTILLADO_EXTRA_KINDS", "").split(",") if item.strip()]
    return {kind.name: kind for kind in (*BUILT_IN, *map(_extra, named))}


def _extra(text: str) -> Kind:
    name, _, rest = text.strip().partition("=")
    function, _, slot = rest.rpartition(":")
    if not name or ":" not in function or slot not in ("training", "light"):
        raise UserProblem(
            f"AMONTILLADO_EXTRA_KINDS holds {text!r}.", "Each entry is name=module:function:training or :light."
        )
    return Kind(name, function, "training" if slot == "training" else "light")
