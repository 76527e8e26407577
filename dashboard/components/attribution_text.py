"""The visitor's own text with every scored word on a ground of colour: the stronger, the more it counts.

Orange speaks for the label, blue against it. Grounds are half transparent, so that the theme's own text stays readable
on them in light and dark. What the classifier does not see is grey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.inspection.attribution import Attribution

FOR, AGAINST, SIZE = (200, 116, 43), (62, 134, 160), (138, 129, 120)
STRONGEST = 0.6  # opacity at which text on it still has a contrast above 5:1 in both themes
FAINTEST = 0.04  # below this share of the strongest a word gets no ground
UNSEEN_SHOWN = 300  # characters of what is not seen


def show(found: Attribution, key: str) -> None:
    """Draw the text, or both texts of a pair."""
    for part, text in enumerate(found.texts):
        if len(found.texts) > 1:
            st.caption("First text" if part == 0 else "Second text")
        with st.container(key=f"{key}-text-{part}"):
            st.markdown(marked(found, part) or escape(text))
        unseen = len(text[found.seen[part] :].strip())
        if unseen:
            st.caption(f":material/content_cut: Grey: {unseen:,} characters that the classifier does not see.")


def marked(found: Attribution, part: int) -> str:
    """One text as Markdown that shows exactly its characters; runs of blanks count as one."""
    text, at, shown = found.texts[part], 0, []
    largest = float(abs(found.scores).max(initial=0.0)) or 1.0
    for unit, score in zip(found.units, found.scores, strict=True):
        if unit.part != part or unit.end <= at:
            continue
        start = max(at, unit.start)
        shown.append(_between(text[at:start]))
        shown.append(_word(text[start : unit.end], float(score) / largest, found.signed))
        at = unit.end
    return "".join(shown).lstrip() + _rest(text, max(at, found.seen[part]), at)


def _between(gap: str) -> str:
    """Blanks, and characters that the tokenizer drops."""
    if not gap.strip():
        return "  \n" if "\n" in gap else " " if gap else ""
    before, after = gap[: len(gap) - len(gap.lstrip())], gap[len(gap.rstrip()) :]
    return _between(before) + escape(gap, len(gap) + 1) + _between(after)


def _word(text: str, share: float, signed: bool) -> str:
    shown = escape(text, len(text) + 1)
    if abs(share) < FAINTEST or not shown:
        return shown
    red, green, blue = SIZE if not signed else FOR if share > 0 else AGAINST
    return f':color[{shown}]{{background="rgba({red},{green},{blue},{STRONGEST * abs(share):.3f})"}}'


def _rest(text: str, seen: int, at: int) -> str:
    """What stands behind the last scored word."""
    rest = text[seen:].strip()
    tail = _between(text[at:seen])
    if not rest:
        return tail.rstrip()
    cut = f" … and {len(rest) - UNSEEN_SHOWN:,} more characters" if len(rest) > UNSEEN_SHOWN else ""
    return f"{tail} :gray[{escape(rest[:UNSEEN_SHOWN], UNSEEN_SHOWN + 1)}{cut}]"
