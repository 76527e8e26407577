"""Words as people type and paste them: parted by commas, semicolons, tabs or new lines, of any script.

Where none of these stands in the text, blanks part the words; else a blank is part of one ("New York"). Case stays.
"""

from __future__ import annotations

import re
import unicodedata

# the comma of Latin, Arabic, Chinese (two) and full-width text, semicolons of the same, tab, pipe, new line
PARTS = re.compile(r"[,،、，;؛；\t|\r\n\u2028\u2029]+")
QUOTED = re.compile(r'"([^"\n]*)"|“([^”\n]*)”|„([^“”\n]*)[“”]|«([^»\n]*)»')
INVISIBLE = "\ufeff\u200b\u2060"


def words(text: str) -> tuple[str, ...]:
    """The words in order, doubled ones too; a quoted one keeps its commas and blanks."""
    quoted = [next(part for part in found.groups() if part is not None) for found in QUOTED.finditer(text)]
    bare = QUOTED.sub(lambda found: f",{chr(0xE000)}{found.start()},", text)
    marks = {f"{chr(0xE000)}{found.start()}": one for found, one in zip(QUOTED.finditer(text), quoted, strict=True)}
    parts = PARTS.split(bare) if PARTS.search(bare.strip()) else bare.split()
    given = (clean(marks.get(part.strip(), part)) for part in parts)
    return tuple(word for word in given if word)


def clean(word: str) -> str:
    """The word in composed form (NFC), single blanks within, none and nothing invisible at its ends."""
    return " ".join(unicodedata.normalize("NFC", word).strip(INVISIBLE).split()).strip(INVISIBLE)


def joined(words: tuple[str, ...]) -> str:
    """Words as the text that `words` reads back."""
    return ", ".join(f'"{word}"' if PARTS.search(word) else word for word in words) + (
        "," if _one_phrase(words) else ""
    )


def _one_phrase(words: tuple[str, ...]) -> bool:
    """Whether a single word with a blank would be read as two."""
    return len(words) == 1 and " " in words[0]
