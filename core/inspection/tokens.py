"""What a tokenizer made of a text, on the text's own characters, and in sentences what it lost, cut or did not know.

Every character of the text belongs to exactly one stretch: of a piece, a blank, a character that no piece covers, or
what lies behind the end of the model's sight. Pieces are units of WordPiece (Wu et al. 2016) or of byte-pair encoding
(Sennrich et al. 2016); words are what the tokenizer splits off first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from core.inspection.reading import Reading, Word

Kind = Literal["piece", "unknown", "blank", "lost", "unseen"]
SHOWN = 8  # examples in a sentence


@dataclass(frozen=True)
class Stretch:
    """Characters start <= c < end of `part` that share their fate; `pieces` are the positions that cover them.

    Several pieces cover one character where it was split into bytes.
    """

    text: str
    part: int
    start: int
    end: int
    kind: Kind
    pieces: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """A position of the input: the piece as the model knows it, and the characters it stands for."""

    position: int
    piece: str
    id: int
    segment: int
    word: int | None
    start: int | None
    end: int | None
    characters: str
    kind: Literal["piece", "goes on", "unknown", "special", "typed special"]


def stretches(reading: Reading, part: int = 0) -> tuple[Stretch, ...]:
    """The part's text from its first to its last character; joined, the stretches are the text."""
    text, seen = reading.texts[part], reading.seen[part]
    over: list[tuple[int, ...]] = [()] * seen
    for place, piece in enumerate(reading.pieces):
        if not piece.special and piece.part == part:
            for character in range(piece.start, piece.end):
                over[character] += (place,)

    def fate(at: int) -> tuple[Kind, tuple[int, ...]]:
        if over[at]:
            return ("unknown" if any(reading.pieces[place].unknown for place in over[at]) else "piece"), over[at]
        return ("blank" if text[at].isspace() else "lost"), ()

    found = [(of, list(places)) for of, places in groupby(range(seen), fate)]
    rest = () if seen == len(text) else (Stretch(text[seen:], part, seen, len(text), "unseen", ()),)
    return *(Stretch(text[at[0] : at[-1] + 1], part, at[0], at[-1] + 1, *of) for of, at in found), *rest


def rows(reading: Reading, tokenizer: Any) -> tuple[Row, ...]:
    """One row a position, special pieces included."""
    known, types, found = set(tokenizer.all_special_ids) - {tokenizer.unk_token_id}, reading.types, []
    begun: set[int] = set()
    for place, piece in enumerate(reading.pieces):
        text = "" if piece.special else reading.texts[piece.part][piece.start : piece.end]
        kind: Any = "goes on" if piece.word in begun else "piece"
        kind = "unknown" if piece.unknown else "special" if piece.special else kind
        kind = "typed special" if kind in ("piece", "goes on") and piece.id in known else kind
        if piece.word is not None:
            begun.add(piece.word)
        start, end = (None, None) if piece.special else (piece.start, piece.end)
        found.append(Row(place, piece.piece, piece.id, int(types[place]), piece.word, start, end, text, kind))
    return tuple(found)


def told(reading: Reading, tokenizer: Any, *, specials_as_text: bool = True) -> tuple[str, ...]:
    """What a reader should know about this reading, a sentence each: nothing is cut, lost or folded silently."""
    found = [
        *(_unseen(reading, part) for part in range(len(reading.texts))),
        _unknown(reading),
        *(_lost(reading, part) for part in range(len(reading.texts))),
        _specials(reading, tokenizer, specials_as_text),
        _case(reading, tokenizer),
        _accents(reading, tokenizer),
    ]
    if not any(not piece.special for piece in reading.pieces):
        found.insert(0, "No piece stands for text: the model would see its special pieces alone.")
    return tuple(sentence for sentence in found if sentence)


def normalised(tokenizer: Any, text: str) -> str:
    """The text as the tokenizer folds it before it looks for pieces."""
    normaliser = tokenizer.backend_tokenizer.normalizer
    return str(normaliser.normalize_str(text)) if normaliser is not None else text


def cut_words(reading: Reading) -> tuple[Word, ...]:
    """Words of which truncation left some pieces only."""
    return tuple(word for word in reading.words if word.cut)


def _unseen(reading: Reading, part: int) -> str:
    seen, text = reading.seen[part], reading.texts[part]
    if seen >= len(text):
        return ""
    which = f"Of text {part + 1}, nothing" if len(reading.texts) > 1 else "Nothing"
    cut = [word for word in cut_words(reading) if word.part == part]
    broken = f" The word that begins with {cut[0].text[:40]!r} is cut in the middle." if cut else ""
    return (
        f"{which} is seen from character {seen + 1:,} of {len(text):,} on: the model takes {len(reading.pieces):,} "
        f"pieces, special ones included.{broken}"
    )


def _unknown(reading: Reading) -> str:
    of = [reading.texts[p.part][p.start : p.end] for p in reading.pieces if p.unknown]
    if not of:
        return ""
    many = _count(len(of), "stretch", "es")
    return f"{many} became the unknown piece, so the model cannot tell what stood there: {_examples(of)}."


def _lost(reading: Reading, part: int) -> str:
    text = reading.texts[part]
    of = [_named(text[at]) for start, end in reading.lost[part] for at in range(start, end)]
    if not of:
        return ""
    where = f" of text {part + 1}" if len(reading.texts) > 1 else ""
    verb = "belongs" if len(of) == 1 else "belong"
    distinct = list(dict.fromkeys(of))
    more = f" and {len(distinct) - SHOWN:,} more" if len(distinct) > SHOWN else ""
    return f"{_count(len(of), 'character')}{where} {verb} to no piece: {', '.join(distinct[:SHOWN])}{more}."


def _specials(reading: Reading, tokenizer: Any, as_text: bool) -> str:
    names = dict.fromkeys(tokenizer.all_special_tokens)
    typed = [name for name in names if any(name in text for text in reading.texts)]
    if not typed:
        return ""
    how = "read as the characters that were typed" if as_text else "read as the special piece of that name"
    return f"{', '.join(typed)} in the text {'are' if len(typed) > 1 else 'is'} {how}."


def _case(reading: Reading, tokenizer: Any) -> str:
    words = [word.text for word in reading.words if word.text not in tokenizer.all_special_tokens]
    capital = next((word for word in words if word != word.lower()), "")
    if not capital or normalised(tokenizer, "BANK") != "bank":
        return ""
    return f"This model is uncased: {capital[:40]!r} and {capital[:40].lower()!r} are the same to it."


def _accents(reading: Reading, tokenizer: Any) -> str:
    accented = [word.text for word in reading.words if _bare(word.text) != word.text]
    if not accented or normalised(tokenizer, "é") != "e":
        return ""
    return f"Accents are taken off: {accented[0][:40]!r} is read as {normalised(tokenizer, accented[0][:40])!r}."


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if unicodedata.category(letter) != "Mn")


def _named(character: str) -> str:
    """A character that may be invisible, by its code and name."""
    name = unicodedata.name(character, "control character").lower()
    return f"U+{ord(character):04X} {name}"


def _examples(of: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(of))
    shown = ", ".join(repr(text[:20] + "…" * (len(text) > 20)) for text in distinct[:SHOWN])
    return shown + (f" and {len(distinct) - SHOWN:,} more" if len(distinct) > SHOWN else "")


def _count(number: int, noun: str, ending: str = "s") -> str:
    return f"{number:,} {noun}{ending if number != 1 else ''}"
