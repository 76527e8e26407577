"""Texts damaged on their way: HTML entities, UTF-8 read as cp1252 ("cafÃ©"), control characters.

All three are one idea: a function that mends a text, and a finding wherever it would change one. Mojibake is judged by
a strong test: a run of high cp1252 characters counts only if its bytes are valid UTF-8 and do not put an accent on
nothing, so "éé" or a single "Ã" stays.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend
from core.data.intake import reject_blank

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_HIGH = {chr(code): code for code in range(0x80, 0x100)} | {text: code for code, text in _C1.items() if text}
_RUN = re.compile("[" + "".join(map(re.escape, _HIGH)) + "]{2,}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def unescape(text: str) -> str:
    """`&amp;` and its like as the characters they stand for; twice escaped texts too."""
    if "&" not in text:
        return text
    once = html.unescape(text) if _ENTITY.search(text) else text
    return html.unescape(once) if _ENTITY.search(once) else once


def mend_mojibake(text: str) -> str:
    """Runs that are UTF-8 read as cp1252 or Latin-1 read again as UTF-8, up to twice over."""
    if text.isascii():
        return text
    once = _RUN.sub(_decoded, text)
    return _RUN.sub(_decoded, once) if once != text else text


def strip_controls(text: str) -> str:
    """Without control characters; those that cp1252 uses for quotes and dashes become these."""
    if text.isprintable():
        return text
    return _CONTROL.sub(lambda found: _C1.get(ord(found.group()), ""), text)


def _decoded(found: re.Match[str]) -> str:
    try:
        meant = bytes(_HIGH[character] for character in found.group()).decode("utf-8")
    except UnicodeDecodeError:
        return found.group()
    before = found.string[found.start() - 1 : found.start()]
    accent_on_nothing = unicodedata.combining(meant[0]) and not before.isalpha()
    return found.group() if accent_on_nothing else meant


@dataclass(frozen=True)
class Damage:
    """One kind of damage: how it is told, and the function that mends a text."""

    key: str
    title: str
    words: str
    mend: Callable[[str], str]

    def changes(self, draft: Draft) -> dict[str, str]:
        """Every distinct text that would change, with what it would become."""
        sides = [draft.frame[side] for side in ("text", "pair") if side in draft.frame]
        distinct = pd.unique(pd.concat(sides)).tolist()
        return {text: better for text in distinct if (better := self.mend(text)) != text}

    def find(self, draft: Draft) -> Finding | None:
        change = self.changes(draft)
        if not change:
            return None
        touched = np.zeros(len(draft.frame), dtype=bool)
        for side in ("text", "pair"):
            if side in draft.frame:
                touched |= draft.frame[side].isin(list(change)).to_numpy(dtype=bool)
        samples = showing.rows(draft, touched, mended=lambda row: showing.cut(change.get(row["text"], row["text"])))
        return Finding(self.key, self.title, "warning", int(touched.sum()), self.words, samples)

    def apply(self, draft: Draft) -> Draft:
        return reject_blank(draft.with_texts(self.changes(draft)), "nothing is left of the text after repair")

    def check(self, repair: str, button: str) -> Check:
        return Check(self.key, self.find, (Mend(repair, button, self.apply, suggested=True),))


ENTITIES = Damage(
    "html_entities",
    "HTML entities in texts",
    "Texts hold codes such as &amp; or &#39;. A model sees separate signs in them; decoding gives what was meant.",
    unescape,
)
MOJIBAKE = Damage(
    "mojibake",
    "Wrongly decoded characters",
    "Texts hold sequences such as Ã© or â€™: UTF-8 that was once read in another encoding. They can be turned back.",
    mend_mojibake,
)
CONTROLS = Damage(
    "control_characters",
    "Control characters in texts",
    "Texts hold invisible control characters, which tokenizers drop or stumble over.",
    strip_controls,
)
CHECKS = (
    ENTITIES.check("decode_html_entities", "Decode HTML entities"),
    MOJIBAKE.check("mend_mojibake", "Turn back wrongly decoded characters"),
    CONTROLS.check("strip_control_characters", "Remove control characters"),
)
