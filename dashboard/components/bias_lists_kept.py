"""The word lists a visitor can choose from: shipped ones, own ones of this session, those of earlier results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.services import registry
from registry import bias_results

if TYPE_CHECKING:
    from core.bias.word_sets import WordTest

OWN = "bias-own-lists"


def own() -> dict[str, WordTest]:
    """Lists of this session by name."""
    kept: dict[str, WordTest] = st.session_state.setdefault(OWN, {})
    return kept


def keep(test: WordTest) -> None:
    """Keep a list for this session; one of the same name is replaced."""
    own()[test.name] = test


def every() -> Mapping[str, WordTest]:
    """Own lists, then the shipped ones, by name."""
    from core.bias import lexicon

    return {**lexicon.tests(), **own()}


def used() -> Mapping[str, WordTest]:
    """Lists of earlier results in this workspace that are neither shipped nor here, newest first."""
    from core.bias.word_sets import WordTest

    with registry().read() as session:
        found = bias_results.words_used(session)
    known = every()
    return {one.name: one for one in map(WordTest.from_json, found) if one.name not in known}
