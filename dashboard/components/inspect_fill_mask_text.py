"""The text with masks: typed, from a ready example, or made by clicking on words."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.inspection.reading import Word
    from core.inspection.subject import Subject

TEXT, READY, GIVEN, WORD = "fill-mask-text", "fill-mask-ready", "fill-mask-candidates", "fill-mask-word"
CLICKED = 60  # words that can be clicked
EXAMPLES = (
    "The bottle of [MASK] was locked in the vault.",
    "He went to the [MASK] to drink a glass of [MASK].",
    "We shall go down to the vaults and look for the wine.",
)


def choose(subject: Subject) -> str | None:
    """Draw the text; None, with what to do next, while it has no mask."""
    from core.inspection.fill_mask.masked_text import spelled

    mask = str(subject.tokenizer.mask_token or "[MASK]")
    st.pills("Ready examples", range(len(EXAMPLES)), format_func=_example, key=READY, on_change=_take_example)
    text = st.text_area(
        "Text with masks", key=TEXT, height=110, persist_state="session",
        placeholder=f"The bottle of {mask} was locked in the vault.",
    )  # fmt: skip
    st.button(f"Add {escape(mask)} at the end", key="fill-mask-add", icon=":material/add:", on_click=_add, args=(mask,))
    if not (text or "").strip():
        st.info(f"Type a text with {escape(mask)} in it, or click a ready example.", icon=":material/edit:")
        return None
    _words(subject, text, mask)
    if not spelled(subject.tokenizer, text)[1]:
        st.info(f"No mask yet: click on a word to hide it, or write {escape(mask)}.", icon=":material/ads_click:")
        return None
    return str(text)


def _example(number: int) -> str:
    return escape(EXAMPLES[number])


def _take_example() -> None:
    if (number := st.session_state[READY]) is not None:
        st.session_state[TEXT], st.session_state[GIVEN] = EXAMPLES[number], ""


def _add(mask: str) -> None:
    text = (st.session_state.get(TEXT) or "").rstrip()
    st.session_state[TEXT] = f"{text} {mask}".lstrip()


def _words(subject: Subject, text: str, mask: str) -> None:
    """Words to click on; the widget is a new one for every text, so that nothing stays chosen."""
    special = set(subject.tokenizer.all_special_tokens)
    words = [word for word in subject.read(text, specials_as_text=False).words if word.text.strip() not in special]
    shown = words[:CLICKED]
    if not shown:
        return
    key = f"{WORD}-{zlib.crc32(text.encode('utf-8', 'replace'))}"
    more = f" (the first {CLICKED})" if len(words) > CLICKED else ""
    st.pills(
        f"Click on a word to hide it{more}", range(len(shown)), key=key, on_change=_hide,
        format_func=lambda place: escape(shown[place].text.strip(), 60), args=(key, text, shown, mask),
    )  # fmt: skip


def _hide(key: str, text: str, words: Sequence[Word], mask: str) -> None:
    """Put a mask in place of the word; where it is the only mask, the word becomes a candidate for it."""
    from core.inspection.fill_mask.masked_text import TYPED, masked_word

    place = st.session_state.get(key)
    if place is None:
        return
    word = words[place]
    bare = word.text.strip()
    end = word.start + len(word.text.rstrip())
    start = word.start + len(word.text) - len(word.text.lstrip())
    st.session_state[TEXT] = masked_word(text, start, end, mask)
    st.session_state[GIVEN] = "" if TYPED.search(text) else bare
