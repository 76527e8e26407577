"""Names and titles in quotation marks: "The Handmaid's Tale" stays as it is, "He is late." is speech and does not."""

from __future__ import annotations

import re

QUOTED = re.compile(r"\"([^\"\n]{1,80})\"|“([^”\n]{1,80})”|«([^»\n]{1,80})»|‘([^’\n]{1,80})’(?!\w)")
SMALL = {"a", "an", "the", "of", "and", "or", "in", "on", "to", "for", "at", "by", "with", "from", "vs"}


def titles(text: str) -> list[tuple[int, int]]:
    """Spans of quoted names: every word but small ones has a capital, and no sentence ends in them."""
    return [match.span() for match in QUOTED.finditer(text) if _is_title(next(filter(None, match.groups()), ""))]


def _is_title(inside: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'’-]*", inside)
    if not words or re.search(r"[,.!?…]\s*$", inside):
        return False
    return all(word[:1].isupper() or word.lower() in SMALL for word in words) and words[0][:1].isupper()
