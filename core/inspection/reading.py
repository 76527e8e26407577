"""How a tokenizer reads a text: pieces with their place in the user's own characters, words, what was lost or cut.

Word: what the tokenizer splits off before it looks for pieces; BERT makes three of "don't". Offsets count characters
of the text as typed, so capitals, accents and emoji stay where they were. A typed "[MASK]" is text unless asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.encoding.tokenizing import CHARACTERS_PER_PIECE, encodings


@dataclass(frozen=True)
class Piece:
    """A piece with its id, `part` 0 or 1 (segment), and characters start <= c < end of that part; specials have none.

    `word` numbers the words of the reading; None for [CLS] and [SEP]. `unknown` is [UNK].
    """

    piece: str
    id: int
    part: int
    start: int
    end: int
    word: int | None
    special: bool
    unknown: bool


@dataclass(frozen=True)
class Word:
    """A word: its characters in `part`, and its `pieces` by position. `cut` where truncation took some of them."""

    text: str
    part: int
    start: int
    end: int
    pieces: tuple[int, ...]
    cut: bool = False


@dataclass(frozen=True)
class Reading:
    """Pieces in the model's order, words, and what the model does not see.

    `seen[part]` is where truncation cut the part's characters (its length where it did not), `lost[part]` spans of
    characters, blanks left out, that belong to no piece.
    """

    texts: tuple[str, ...]
    pieces: tuple[Piece, ...]
    words: tuple[Word, ...]
    seen: tuple[int, ...]
    lost: tuple[tuple[tuple[int, int], ...], ...]

    @cached_property
    def ids(self) -> np.ndarray:
        """(T,) int32."""
        return np.array([piece.id for piece in self.pieces], dtype=np.int32)

    @cached_property
    def types(self) -> np.ndarray:
        """Segments (T,) int8: 1 from the second text on."""
        if len(self.texts) == 1:
            return np.zeros(len(self.pieces), dtype=np.int8)
        firsts = [place for place, piece in enumerate(self.pieces) if piece.special]
        return (np.arange(len(self.pieces)) > firsts[1]).astype(np.int8) if len(firsts) > 1 else np.zeros(0, np.int8)

    @property
    def truncated(self) -> bool:
        """Whether the model sees less than the whole text."""
        return any(seen < len(text) for seen, text in zip(self.seen, self.texts, strict=True))

    def at(self, start: int, end: int, part: int = 0) -> tuple[int, ...]:
        """Positions of all pieces that overlap the characters start <= c < end."""
        return tuple(
            place
            for place, piece in enumerate(self.pieces)
            if not piece.special and piece.part == part and piece.start < end and start < piece.end
        )


def read(
    tokenizer: Any, text: str, pair: str | None = None, *, max_length: int, specials_as_text: bool = True
) -> Reading:
    """Read one text, or a pair."""
    pairs = None if pair is None else [pair]
    return read_all(tokenizer, [text], pairs, max_length=max_length, specials_as_text=specials_as_text)[0]


def read_all(
    tokenizer: Any,
    texts: Sequence[str],
    pairs: Sequence[str] | None = None,
    *,
    max_length: int,
    specials_as_text: bool = True,
) -> list[Reading]:
    """Read texts in bulk, each with its pair where there are `pairs`; at most `max_length` pieces each."""
    found = encodings(tokenizer, texts, pairs, max_length=max_length, specials_as_text=specials_as_text)
    parts = [(text,) for text in texts] if pairs is None else list(zip(texts, pairs, strict=True))
    return [_reading(tokenizer, encoding, part, max_length) for encoding, part in zip(found, parts, strict=True)]


def _reading(tokenizer: Any, encoding: Any, texts: tuple[str, ...], max_length: int) -> Reading:
    main = set(_placed(encoding))  # what overflows of a pair repeats what did not
    cut = {one[0] for more in encoding.overflowing for one in _placed(more) if one not in main}
    pieces, words = _pieces(tokenizer, encoding, texts, cut)
    seen = tuple(_seen(encoding, part, text, max_length) for part, text in enumerate(texts))
    lost = tuple(_lost(text, [p for p in pieces if p.part == part], seen[part]) for part, text in enumerate(texts))
    return Reading(texts, tuple(pieces), tuple(words), seen, lost)


def _placed(encoding: Any) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """(part, word) and offsets of every piece that stands for text."""
    rows = zip(encoding.sequence_ids, encoding.word_ids, encoding.offsets, strict=True)
    return [((part, word), offset) for part, word, offset in rows if part is not None]


def _pieces(
    tokenizer: Any, encoding: Any, texts: tuple[str, ...], cut: set[tuple[int, int]]
) -> tuple[list[Piece], list[Word]]:
    pieces: list[Piece] = []
    places: dict[tuple[int, int], list[int]] = {}
    rows = zip(encoding.tokens, encoding.ids, encoding.sequence_ids, encoding.word_ids, encoding.offsets, strict=True)
    for place, (name, number, part, word, (start, end)) in enumerate(rows):
        if part is None:
            pieces.append(Piece(name, number, 0, 0, 0, None, True, False))
            continue
        of = places.setdefault((part, -1 - place if word is None else word), [])
        index = pieces[of[0]].word if of else len(places) - 1
        of.append(place)
        pieces.append(Piece(name, number, part, start, end, index, False, number == tokenizer.unk_token_id))
    words = [_word(texts, [pieces[place] for place in of], tuple(of), key in cut) for key, of in places.items()]
    return pieces, words


def _word(texts: tuple[str, ...], pieces: list[Piece], places: tuple[int, ...], cut: bool) -> Word:
    start, end = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
    return Word(texts[pieces[0].part][start:end], pieces[0].part, start, end, places, cut)


def _seen(encoding: Any, part: int, text: str, max_length: int) -> int:
    """Where the model's sight of a part ends."""
    last = max((end for (of, _), (_, end) in _placed(encoding) if of == part), default=0)
    rest = [start for more in encoding.overflowing for (of, _), (start, _) in _placed(more) if of == part]
    if any(start >= last for start in rest):
        return last
    return min(len(text), max_length * CHARACTERS_PER_PIECE)


def _lost(text: str, pieces: list[Piece], seen: int) -> tuple[tuple[int, int], ...]:
    """Runs of characters before `seen`, blanks left out, that no piece covers."""
    covered = np.zeros(seen + 1, dtype=bool)
    for piece in pieces:
        covered[piece.start : piece.end] = True
    covered[[place for place, letter in enumerate(text[:seen]) if letter.isspace()]] = True
    covered[seen] = True
    edges = np.flatnonzero(np.diff(np.concatenate([[True], covered]).astype(np.int8)))
    return tuple(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
