"""A method's parameters as a form: config declaration in, values out.

Nothing here knows a method. Every widget comes from one field of the method's config (`core.training.contract.option`):
its type chooses the widget, its metadata gives title, help, range and choices. Basic parameters stand first, the rest
under "More".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import Field, fields
from typing import Any

import streamlit as st

from core.training.contract import Config
from dashboard.components.plain import escape


def parameters(
    config: type[Config],
    key: str,
    given: Mapping[str, Any] | None = None,
    *,
    without: Collection[str] = (),
    words: Mapping[str, str] | None = None,
    columns: int | None = None,
) -> dict[str, Any]:
    """Draw the form of `config` and return name -> value for every field; widget keys start with `key`.

    `given` values stand in the fields at first, the method's defaults in the others. Fields named in `without` are not
    drawn and keep their default. `words` are how people read the choices that they name; `columns` is how many
    basic parameters stand side by side, where their number shall not decide.
    """
    declared, given, words = fields(config), given or {}, words or {}
    drawn = [item for item in declared if item.name not in without]
    basic = [item for item in drawn if not item.metadata.get("advanced")]
    more = [item for item in drawn if item.metadata.get("advanced")]
    values = {item.name: item.default for item in declared} | _grid(basic, key, given, words, columns)
    if more:
        with st.expander("More parameters", key=f"{key}-more"):
            values |= _grid(more, key, given, words)
    return {item.name: values[item.name] for item in declared}


def changed(config: type[Config], values: dict[str, Any]) -> dict[str, Any]:
    """Those of `values` that differ from the method's own defaults."""
    return {item.name: values[item.name] for item in fields(config) if values[item.name] != item.default}


def _grid(
    items: list[Field[Any]], key: str, given: Mapping[str, Any], words: Mapping[str, str], columns: int | None = None
) -> dict[str, Any]:
    values, wide = {}, columns or (2 if len(items) in (2, 4) else 3)
    for start in range(0, len(items), wide):
        for column, item in zip(
            st.columns(wide, vertical_alignment="bottom"), items[start : start + wide], strict=False
        ):
            with column:
                values[item.name] = _widget(item, f"{key}-{item.name}", given.get(item.name, item.default), words)
    return values


def _widget(item: Field[Any], key: str, default: Any, words: Mapping[str, str]) -> Any:
    rules = item.metadata
    title, help_text = escape(str(rules.get("title") or item.name)), f"{rules.get('help', '')} (`{item.name}`)"
    if rules.get("choices"):
        choices = list(rules["choices"])
        return st.selectbox(
            title, choices, index=choices.index(default), key=key, help=help_text,
            format_func=lambda choice: words.get(str(choice)) or _word(choice),
        )  # fmt: skip
    if isinstance(default, bool):
        return st.checkbox(title, value=default, key=key, help=help_text)
    if isinstance(default, str):
        return st.text_input(title, value=default, key=key, help=help_text)
    return _number(item, default, title, key, help_text)


def _number(item: Field[Any], default: Any, title: str, key: str, help_text: str) -> float | int | None:
    whole = bool(item.metadata.get("whole"))
    kind = int if whole else float
    limits = {
        name: None if item.metadata.get(bound) is None else kind(item.metadata[bound])
        for name, bound in (("min_value", "minimum"), ("max_value", "maximum"))
    }
    widget: Any = st.number_input
    entered: float | int | None = widget(
        title,
        **limits,
        value=default,
        step=1 if whole else _step(item.default),
        format="%d" if whole else "%g",
        key=key,
        help=help_text,
        placeholder="chosen by itself",
    )
    return entered


def _step(default: Any) -> float:
    """A tenth of the default, so that the arrows move small rates by small amounts."""
    return 0.1 if not default else float(f"{default / 10:.0e}")


def _word(choice: Any) -> str:
    return str(choice).replace("_", " ") if choice is not None else "none"
