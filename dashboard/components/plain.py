"""User text where Streamlit would read Markdown: labels, alerts, headings.

Wherever there is a choice, user text goes through `st.text`, `st.code` or a table cell, which read nothing. `escape` is
for the few places that offer no such thing. Unusual: Streamlit also turns bare addresses and `:name:` into links and
icons after it has undone the backslashes, so an invisible word joiner is set behind the characters that start them.
"""

from __future__ import annotations

import re

MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&^=\"'/%])")
STARTS = re.compile(r"([:@]|\bwww(?=\\?\.))", re.IGNORECASE)
JOINER, BLANK = "\u2060", "\u2423"


def escape(text: str, limit: int = 500) -> str:
    """`text` as one line of Markdown that shows exactly its characters, cut to `limit`."""
    line = " ".join(text.split())
    line = line if len(line) <= limit else line[: limit - 1] + "…"
    return STARTS.sub(rf"\1{JOINER}", MARKS.sub(r"\\\1", line))


def visible(text: str) -> str:
    """`text` with the blanks at its ends as signs, so that two labels that differ by them look different."""
    bare = text.strip(" ")
    if bare == text:
        return text
    before = len(text) - len(text.lstrip(" "))
    return BLANK * before + bare + BLANK * (len(text) - before - len(bare))
