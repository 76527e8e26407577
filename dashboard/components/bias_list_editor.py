"""Word lists of a person's own: written, pasted, uploaded, or a copy of another; checked while they grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import bias_list_draft, bias_list_upload, bias_lists_kept, problems, quantities
from dashboard.components.bias_list_draft import MOST, Draft, boxed
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.bias.word_sets import WordTest

    Counts = Sequence[int] | None

TITLES = {"target": "Target sets: the groups or things compared", "attribute": "Attribute sets: what they may lean to"}
SHOWN = {"target": "she, her, woman, sister", "attribute": "office, salary, career, manager"}
HELP = "Words with commas or new lines between them, in any language and script. Capitals stay as typed."


def show(key: str, targets: Counts, attributes: Counts) -> None:
    """Draw the editor, folded; a list that is used stands chosen under `key`."""
    with st.expander("Your own lists: write, paste, upload or edit a copy", key=f"{key}-own", icon=":material/edit:"):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}-own-from"):
            _copied(key)
            bias_list_upload.show(key)
        draft = bias_list_draft.held(key, targets, attributes)
        _boxes(key, draft, attributes)
        _checked(key, bias_list_draft.typed(key, draft), targets, attributes)


def _copied(key: str) -> None:
    """A list to start from; choosing one fills the boxes."""
    known, used = bias_lists_kept.every(), bias_lists_kept.used()
    sources: Mapping[str, WordTest] = {**known, **{f"{name} (used before)": one for name, one in used.items()}}

    def fill() -> None:
        chosen = st.session_state[f"{key}-from"]
        if chosen:
            one = sources[chosen]
            taken = one.name in known and one.name not in bias_lists_kept.own()
            bias_list_draft.fill(key, one, f"{one.name}, own copy" if taken else one.name)

    st.selectbox(
        "Start from", list(sources), index=None, key=f"{key}-from", on_change=fill, width=340,
        placeholder="empty boxes, or a list to change",
        help="Fills the boxes below with a copy: a shipped list, one of yours, or one of an earlier result here.",
    )  # fmt: skip


def _boxes(key: str, draft: Draft, attributes: Counts) -> None:
    with st.container(horizontal=True, key=f"{key}-own-names"):
        st.text_input("Name of the list", key=f"{key}-own-name", placeholder="Own list", persist_state="session")
        st.text_input(
            "Language", key=f"{key}-own-language", placeholder="de, zh, …", width=140, persist_state="session"
        )
    for role in ("target", "attribute"):
        if role == "attribute" and attributes is not None and not any(attributes) and not draft.of(role):
            continue
        st.markdown(f"**{TITLES[role]}**")
        numbers = draft.of(role)
        for start in range(0, len(numbers), 2):
            for column, number in zip(st.columns(2), numbers[start : start + 2], strict=False):
                with column:
                    _box(key, draft, role, numbers.index(number) + 1, number)
        st.button(
            f"Add {'a' if role == 'target' else 'an'} {role} set", key=f"{key}-add-{role}", type="tertiary",
            icon=":material/add:", on_click=_grow, args=(draft, role), disabled=len(draft.boxes) >= MOST,
        )  # fmt: skip


def _grow(draft: Draft, role: str) -> None:
    draft.add(role)


def _box(key: str, draft: Draft, role: str, place: int, number: int) -> None:
    from core.bias import typed_words

    with st.container(border=True, key=f"{key}-box-{number}"):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}-box-{number}-head"):
            st.text_input(
                f"Name of {role} set {place}", key=boxed(key, number, "name"), persist_state="session",
                placeholder=f"{role} set {place}",
            )  # fmt: skip
            st.button(
                "Remove", key=f"{key}-drop-{number}", type="tertiary", icon=":material/close:",
                on_click=draft.drop, args=(number,),
            )  # fmt: skip
        text = st.text_area(
            f"Words of {role} set {place}", key=boxed(key, number, "words"), height=100, persist_state="session",
            help=HELP, placeholder=SHOWN[role],
        )  # fmt: skip
        st.caption(quantities.count(len(set(typed_words.words(text or ""))), "word"))


def _checked(key: str, test: WordTest | None, targets: Counts, attributes: Counts) -> None:
    """What is wrong with the list, what to know about it, and the button that uses it."""
    if test is None:
        st.caption("Fill the boxes; whatever is wrong with the words is told here while you write.")
        return
    good = _told(test, targets, attributes)
    why = "Mend what is told above first." if good is None else ""
    st.button(
        "Use this list", key=f"{key}-use", type="primary", icon=":material/check:", disabled=bool(why),
        help=why or None, on_click=_use, args=(key, good, targets, attributes),
    )  # fmt: skip
    if test.name in bias_lists_kept.own() and bias_lists_kept.own()[test.name].sets != (good or test).sets:
        st.caption(f"It takes the place of your list {escape(test.name)}.")


def _told(test: WordTest, targets: Counts, attributes: Counts) -> WordTest | None:
    """The list as it may be used, None where it may not; both told."""
    from core.bias import lexicon
    from core.bias.fitting import fitted, unfit
    from core.bias.word_sets import checked
    from core.errors import UserProblem

    try:
        if test.name in lexicon.tests():
            raise UserProblem(f"There is a shipped list {test.name!r}.", "Your own needs another name.", "Rename it.")
        good, notes = checked(test)
    except UserProblem as problem:
        problems.show(problem)
        return None
    for note in notes:
        st.warning(escape(note), icon=":material/info:")
    reason, made = unfit(good, targets, attributes), fitted(good, targets, attributes)
    if reason:
        st.warning(f"{escape(reason)} You may keep it for other measures.", icon=":material/info:")
    elif len(made) > 1:
        st.caption(f"More sets than this measure takes at a time: it is measured {len(made)} times, set by set.")
    return good


def _use(key: str, test: WordTest, targets: Counts, attributes: Counts) -> None:
    """Keep the list and choose it where it fits."""
    from core.bias.fitting import fitted

    bias_lists_kept.keep(test)
    if fitted(test, targets, attributes):
        st.session_state[key] = list(dict.fromkeys([*(st.session_state.get(key) or ()), test.name]))
