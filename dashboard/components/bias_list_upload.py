"""Word lists from a file: CSV or JSON; good ones are kept and chosen, one with a fault goes into the boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.errors import UserProblem
from dashboard.components import bias_list_draft, bias_lists_kept, problems
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.bias.word_sets import WordTest

HELP = (
    "CSV with the columns set, role (target or attribute) and word, one word a row; or one column a set, headed "
    '"target: NAME" or "attribute: NAME"; or JSON as the downloads here write it. Several lists: a column test.'
)


def show(key: str) -> None:
    """Draw the upload and what came of the last file."""
    st.file_uploader(
        "Or upload CSV or JSON", type=["csv", "tsv", "txt", "json"], key=f"{key}-file", help=HELP, on_change=_take,
        args=(key,), width=420, max_upload_size=5,
    )  # fmt: skip
    said = st.session_state.get(f"{key}-file-said")
    if isinstance(said, UserProblem):
        problems.show(said)
    elif said:
        st.caption(escape(said))


def _take(key: str) -> None:
    """Read the file as it comes; what is said stands until the next one."""
    from core.bias import own_lists

    file: Any = st.session_state[f"{key}-file"]
    st.session_state[f"{key}-file-said"] = None
    if file is None:
        return
    try:
        tests, notes = own_lists.of_bytes(file.getvalue(), file.name)
        kept = [_kept(key, one) for one in tests]
        st.session_state[f"{key}-file-said"] = " ".join([f"Read and chosen: {', '.join(kept)}.", *notes])
    except UserProblem as problem:
        st.session_state[f"{key}-file-said"] = problem


def _kept(key: str, test: WordTest) -> str:
    """Keep and choose a list; its name. One that cannot be measured goes into the boxes instead."""
    from dataclasses import replace

    from core.bias import lexicon
    from core.bias.word_sets import checked

    name = f"{test.name}, own copy" if test.name in lexicon.tests() else test.name
    try:
        good = replace(checked(test)[0], name=name)
    except UserProblem as problem:
        bias_list_draft.fill(key, test, name)
        raise UserProblem(
            f"{test.name}: {problem.found}", problem.wanted, "Its words stand below to be mended."
        ) from None
    bias_lists_kept.keep(good)
    st.session_state[key] = list(dict.fromkeys([*(st.session_state.get(key) or ()), name]))
    return name
