"""Names that people give, and the three ways to name a version: `name`, `name/3`, `name@champion`.

Names live in the database only; no path is ever made from one. They are still kept printable and unambiguous, because
they are shown, typed in a shell and written into result files.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from dataclasses import dataclass

from registry.errors import BadName

LONGEST = 100
_ID = re.compile(r"[0-9a-f]{32}")
_ALIAS = re.compile(r"[a-z][a-z0-9_-]{0,49}")
_FORBIDDEN = {"/": "a slash", "\\": "a backslash", "@": "an at sign"}


@dataclass(frozen=True)
class Spec:
    """What a person typed: an id, or a name with at most one of version and alias."""

    id: str = ""
    name: str = ""
    version: int | None = None
    alias: str = ""


def new_id() -> str:
    """A fresh unguessable id: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def is_id(text: str) -> bool:
    """Whether `text` has the form of an id."""
    return _ID.fullmatch(text) is not None


def checked_name(text: str, noun: str = "name") -> str:
    """The name in Unicode NFC without outer blanks; BadName says which rule it breaks."""
    name = unicodedata.normalize("NFC", text).strip()
    fault = _fault(name)
    if fault:
        raise BadName(f"The {noun} {_shown(name)} {fault}. Use 1 to {LONGEST} letters, digits, blanks, dots or dashes.")
    return name


def checked_alias(text: str) -> str:
    """A lower-case alias; `latest` is refused because it moves by itself."""
    alias = text.strip()
    if alias == "latest":
        raise BadName('The alias "latest" moves by itself to the newest version; choose another alias.')
    if not _ALIAS.fullmatch(alias):
        raise BadName(
            f"The alias {_shown(alias)} cannot be used; an alias starts with a lower-case letter and has up to "
            'fifty lower-case letters, digits, "-" or "_", for example "champion".'
        )
    return alias


def parsed(spec: str) -> Spec:
    """Read `name`, `name/3`, `name@champion` or an id; BadName when it is none of these."""
    text = unicodedata.normalize("NFC", spec).strip()
    if is_id(text):
        return Spec(id=text)
    name, slash, version = text.partition("/")
    if slash:
        return Spec(name=checked_name(name), version=_version(version, text))
    name, at, alias = text.partition("@")
    if at and not _ALIAS.fullmatch(alias):
        raise BadName(f'{_shown(text)} names no alias; write "name@alias", for example "reviews@champion".')
    return Spec(name=checked_name(name), alias=alias)


def _version(digits: str, spec: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,8}", digits):
        raise BadName(f'{_shown(spec)} names no version; write "name/3" with a whole number from 1.')
    return int(digits)


def _fault(name: str) -> str:
    if not 1 <= len(name) <= LONGEST:
        return f"has {len(name)} characters" if name else "is empty"
    for character in name:
        if character in _FORBIDDEN:
            return f"holds {_FORBIDDEN[character]}"
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return f"holds an invisible character (U+{ord(character):04X})"
    if not any(character.isalnum() for character in name):
        return "holds no letter or digit"
    return "looks like an id of this registry" if is_id(name) else ""


def _shown(text: str) -> str:
    """Text for a message: quoted, invisible characters escaped, cut at sixty characters."""
    short = text if len(text) <= 60 else text[:57] + "..."
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short) + '"'
