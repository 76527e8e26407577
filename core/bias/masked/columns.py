"""Columns of a table by the names that people give them: what a measure reads is found under several."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

NAMES: Mapping[str, tuple[str, ...]] = {
    "sent_more": ("more", "stereotype", "stereotyping", "more_stereotyping", "pro_stereotype", "stereotyped"),
    "sent_less": ("less", "anti_stereotype", "antistereotype", "less_stereotyping", "non_stereotype"),
    "stereo_antistereo": ("direction",),
    "bias_type": ("type", "kind", "bias", "category", "domain"),
    "context": ("sentence", "template"),
    "stereotype": ("stereo",),
    "anti_stereotype": ("antistereotype", "anti_stereo", "antistereo"),
    "unrelated": ("meaningless",),
    "target": ("term", "target_term", "group"),
    "template": ("templates", "sentence", "text"),
}
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "sent_more": ("stereo_antistereo", "bias_type"),
    "context": ("target", "bias_type"),
}


def wanted(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Columns that a measure must have, then those it reads where they are there."""
    return (*columns, *(OPTIONAL.get(columns[0], ()) if columns else ()))


def guessed(have: list[str], columns: tuple[str, ...]) -> dict[str, str]:
    """Wanted column -> the given one that carries it, as far as names tell; no given one is taken twice."""
    plain = {_plain(name): name for name in reversed(have)}
    found: dict[str, str] = {}
    for names in (lambda one: (one,), lambda one: NAMES.get(one, ())):
        for one in wanted(columns):
            free = [plain[name] for name in names(one) if name in plain and plain[name] not in found.values()]
            if one not in found and free:
                found[one] = free[0]
    return found


def named(table: pd.DataFrame, columns: tuple[str, ...], given: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The table with the wanted columns under the measure's own names; others stay away."""
    chosen = given if given is not None else guessed([str(name) for name in table.columns], columns)
    return pd.DataFrame({one: table[name] for one, name in chosen.items()})


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")
