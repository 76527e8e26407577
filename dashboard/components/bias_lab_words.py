"""Choosing the words of a mitigation: one list whose two sets stand in step, or any list, shipped or own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import bias_list_editor, bias_lists_kept
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.bias.inputs import Inputs
    from core.bias.mitigation import Mitigation
    from core.bias.word_sets import WordTest

MOST = 12  # pairs named below the choice


@dataclass(frozen=True)
class Words:
    """What the method is given, and why nothing can start yet."""

    inputs: Inputs | None
    why: str = ""


def none(method: Mitigation) -> Words:
    """A method without words."""
    from core.bias.inputs import Inputs

    return Words(Inputs(method.title))


def choose(key: str, method: Mitigation) -> Words:
    """Draw the choice and the editor."""
    from core.bias.inputs import Inputs

    fits = _fits(method)
    if not fits:
        bias_list_editor.show(key, method.targets, method.attributes)
        return Words(None, "Write a list first: two sets as long as each other, the n-th words of which are a pair.")
    label = "Pairs" if method.aligned else "Words"
    name = st.selectbox(
        label, list(fits), key=key,
        help="Two sets in step: the n-th words of the two are a pair. Write your own below."
        if method.aligned else "The groups that are meant. Write your own below.",
    )  # fmt: skip
    chosen = fits[name]
    _named(chosen, method)
    bias_list_editor.show(key, method.targets, method.attributes)
    return Words(Inputs(chosen.name, chosen, None, chosen.source))


def _fits(method: Mitigation) -> Mapping[str, WordTest]:
    """Lists that the method can take, own ones first, then those that hold nothing but groups."""
    own = bias_lists_kept.own()
    every = {**own, **bias_lists_kept.every()}
    return {name: one for name, one in every.items() if (name in own or not one.attributes) and _takes(method, one)}


def _takes(method: Mitigation, one: WordTest) -> bool:
    from core.bias.debiasing.pairs import pairs_of
    from core.errors import UserProblem

    if not method.aligned:
        return len(one.targets) > 1 and (method.targets is None or len(one.targets) in method.targets)
    try:
        pairs_of(one)
    except UserProblem:
        return False
    return True


def _named(chosen: WordTest, method: Mitigation) -> None:
    """The words, so that nobody starts blind."""
    if method.aligned:
        from core.bias.debiasing.pairs import pairs_of

        found = pairs_of(chosen).pairs
        said = ", ".join(f"{a} / {b}" for a, b in found[:MOST])
        more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
        st.caption(f"{len(found)} pairs: {escape(said)}{more}. {escape(chosen.source)}")
        return
    st.caption(
        "; ".join(f"{escape(one.name)}: {len(one)} words" for one in chosen.targets) + f". {escape(chosen.source)}"
    )
