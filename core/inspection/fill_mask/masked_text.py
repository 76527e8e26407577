"""A text with masks as a person types it: where they stand, how many there may be, and a word turned into one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from core.errors import UserProblem
from core.inspection.fill_mask.window import Span, Window, special_names, told, window
from core.inspection.subject import Subject

TYPED = re.compile(r"\[mask\]|<mask>", re.IGNORECASE)
MOST_MASKS = 20  # as many as a sequence of Devlin et al. 2019 has in training


@dataclass(frozen=True)
class MaskedText:
    """The text with its masks spelled as the model spells them, their characters, what was read, and what to know."""

    text: str
    masks: tuple[Span, ...]
    read: Window
    notes: tuple[str, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """The position of every mask in the input."""
        return tuple(places[0] for places in self.read.places)


def spelled(tokenizer: Any, text: str) -> tuple[str, tuple[Span, ...]]:
    """The text with every [MASK] or <mask> in the model's own spelling, and where these stand."""
    name = str(tokenizer.mask_token)
    text = TYPED.sub(lambda _: name, text)
    return text, tuple((found.start(), found.end()) for found in re.finditer(re.escape(name), text))


def read_masked(subject: Subject, text: str) -> MaskedText:
    """Read a text with 1 to `MOST_MASKS` masks; UserProblem for another number of them."""
    tokenizer = subject.tokenizer
    if tokenizer.mask_token_id is None:
        raise UserProblem("This model's tokenizer has no mask.", "A tokenizer with a mask piece is wanted.")
    found, masks = spelled(tokenizer, text)
    if not masks:
        raise UserProblem(
            "The text has no mask.", f"At least one {tokenizer.mask_token} is wanted.",
            "Write it where a word is to be guessed.",
        )  # fmt: skip
    if len(masks) > MOST_MASKS:
        raise UserProblem(
            f"The text has {len(masks)} masks.", f"At most {MOST_MASKS} are filled at once.", "Take some out."
        )
    read = window(subject, found, masks)
    typed = [name for name in special_names(tokenizer) if name in found]
    notes = [
        told(subject, found, read),
        f"A mask is written {tokenizer.mask_token} for this model." if found != text else "",
        f"{', '.join(typed)} in the text: read as the special piece of that name." if typed else "",
    ]
    return MaskedText(found, masks, read, tuple(note for note in notes if note))


def masked_word(text: str, start: int, end: int, mask: str) -> str:
    """The text with the characters start <= c < end behind a mask."""
    return text[:start] + mask + text[end:]


def filled(tokenizer: Any, masked: MaskedText, pieces: tuple[str, ...]) -> str:
    """The text with a piece for every mask; a piece that goes on a word is joined to what stands before it."""
    text, at = "", 0
    for (start, end), piece in zip(masked.masks, pieces, strict=True):
        text += masked.text[at:start]
        if piece.startswith("##"):
            text = text.rstrip(" ") + piece.removeprefix("##")
        else:
            text += str(tokenizer.convert_tokens_to_string([piece])).strip()
        at = end
    return text + masked.text[at:]
