"""Choosing the word lists of a bias measure: shipped ones, own ones, each as it fits the measure's numbers of sets.

All bias views that take word lists use `chosen`: the lists, and why nothing can be measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import bias_list_editor, bias_list_words, bias_lists_kept
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.bias.measure import Measure
    from core.bias.word_sets import WordTest

    Counts = Sequence[int] | None


@dataclass(frozen=True)
class Chosen:
    """Lists that may be measured as they stand, and why nothing can be measured yet ("" where something can)."""

    tests: tuple[WordTest, ...] = ()
    why: str = ""


def chosen(
    key: str,
    *,
    measure: Measure | None = None,
    targets: Counts = None,
    attributes: Counts = None,
    default: Sequence[str] = (),
    help: str = "",
) -> Chosen:
    """Draw the choice and the editor.

    Numbers of sets come from `measure`, else from `targets` and `attributes` (None: any). A list with more sets than a
    measure takes is measured set by set, and says so. `default` names the lists that are chosen at first, else the
    first one that fits.
    """
    from core.bias.fitting import fitted

    if measure is not None:
        targets, attributes = measure.targets, measure.attributes
    every = bias_lists_kept.every()
    fits = {name: found for name, one in every.items() if (found := fitted(one, targets, attributes))}
    _settle(key, fits, default)
    names = st.multiselect(
        "Word lists", list(fits), key=key, format_func=_label, placeholder="Choose a list, or write your own below",
        help=help or "Several lists at once are a battery: their p-values are corrected together.",
    )  # fmt: skip
    tests, problems = _checked([one for name in names for one in fits[name]])
    _told(names, fits, problems)
    bias_list_words.show(key, [every[name] for name in names])
    bias_list_editor.show(key, targets, attributes)
    _left_out(targets, attributes)
    why = "Choose a word list first." if not names else next(iter(problems), "")
    return Chosen(() if problems else tuple(tests), why)


def _settle(key: str, fits: Mapping[str, object], default: Sequence[str]) -> None:
    """What stands chosen when the choice is drawn: only lists that fit; the default at first and where none is left."""
    before = st.session_state.get(key)
    kept = [name for name in before or () if name in fits]
    if before is None or (before and not kept):
        kept = [name for name in default if name in fits] or list(fits)[:1]
    st.session_state[key] = kept


def _label(name: str) -> str:
    return f"{name} (own)" if name in bias_lists_kept.own() else name


def _checked(tests: Sequence[WordTest]) -> tuple[list[WordTest], list[str]]:
    """The tests without blanks and doubled words, and a sentence for each that cannot be measured."""
    from core.bias.word_sets import checked
    from core.errors import UserProblem

    good, problems = [], []
    for one in tests:
        try:
            good.append(checked(one)[0])
        except UserProblem as problem:
            problems.append(f"{one.name}: {problem}")
    return good, problems


def _told(names: Sequence[str], fits: Mapping[str, tuple[WordTest, ...]], problems: Sequence[str]) -> None:
    for problem in problems:
        st.error(escape(problem))
    several = [(name, fits[name]) for name in names if len(fits[name]) > 1]
    for name, made in several:
        parts = "; ".join(one.name.removeprefix(f"{name}: ") for one in made[:6])
        more = f" and {len(made) - 6} more" if len(made) > 6 else ""
        st.caption(
            f"{escape(name)} holds more sets than the measure takes at a time; it is measured {len(made)} times: "
            f"{escape(parts)}{more}."
        )


def _left_out(targets: Counts, attributes: Counts) -> None:
    """Own lists that this measure cannot take, each with the reason."""
    from core.bias.fitting import unfit

    for one in bias_lists_kept.own().values():
        reason = unfit(one, targets, attributes)
        if reason:
            st.caption(f"{escape(reason)} It stays among your lists for other measures.")
