"""Texts to word pieces in bulk, with the honest length: how many pieces the model saw, and whether more were cut off.

Unusual: a tokenizer of the Rust library keeps truncation as state, so one shared between threads gives silently wrong
lengths. Here every `max_length` has its own copy that is never changed again, which makes calls thread safe.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from core.encoding.architectures import architecture, longest_input
from core.encoding.loading import read_config
from core.errors import UserProblem

SLICE = 4096  # texts that the Rust library is given at a time
CHARACTERS_PER_PIECE = 64  # a text is cut at max_length times this many characters before it is tokenized
LEFTOVERS = ("max_length", "stride", "pad_to_multiple_of", "truncation_strategy", "local_files_only", "is_local")
_LOCK = threading.Lock()
_FIXED: weakref.WeakKeyDictionary[Any, dict[tuple[int, bool], Any]] = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class Pieces:
    """Word pieces of n texts.

    `ids[i]` (T_i,) int32 with special pieces, `types[i]` (T_i,) int8 or None where there are no pairs,
    `lengths` (n,) int32, `truncated` (n,) bool: true where the whole text is longer than what the model sees.
    """

    ids: list[np.ndarray]
    types: list[np.ndarray] | None
    lengths: np.ndarray
    truncated: np.ndarray
    pad_id: int

    def __len__(self) -> int:
        return len(self.ids)

    def without_types(self) -> Pieces:
        """The same without segment types, for models that know none (DistilBERT, RoBERTa)."""
        return replace(self, types=None)


def load_tokenizer(folder: Path) -> Any:
    """The folder's fast tokenizer of transformers; `model_max_length` never exceeds the model's positions."""
    import transformers

    config = read_config(folder)
    kind = getattr(transformers, architecture(config).tokenizer)
    try:
        tokenizer = kind.from_pretrained(str(folder), local_files_only=True)
        _use_exact_file(tokenizer, folder)
    except Exception as problem:  # noqa: BLE001 - the Rust library raises bare Exception for a damaged file
        raise UserProblem(
            f"The model's tokenizer cannot be loaded ({str(problem).strip()[:200]}).",
            "tokenizer.json or the vocabulary of a fast tokenizer is wanted beside the weights.",
        ) from problem
    tokenizer.model_max_length = min(int(tokenizer.model_max_length), longest_input(config))
    return tokenizer


def _use_exact_file(tokenizer: Any, folder: Path) -> None:
    """Take tokenizer.json word for word: transformers otherwise rebuilds the normalizer from its own defaults."""
    from tokenizers import Tokenizer

    if (folder / "tokenizer.json").is_file():
        tokenizer._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer._tokenizer.no_truncation()
    tokenizer._tokenizer.no_padding()
    for leftover in LEFTOVERS:
        tokenizer.init_kwargs.pop(leftover, None)


def tokenize(tokenizer: Any, texts: Sequence[str], pairs: Sequence[str] | None, max_length: int) -> Pieces:
    """Word pieces of `texts` (with `pairs` as second sentences), at most `max_length` each; thread safe."""
    fixed, limit = _fixed(tokenizer, max_length), max_length * CHARACTERS_PER_PIECE
    truncated = _too_long(texts, limit) | (False if pairs is None else _too_long(pairs, limit))
    ids: list[np.ndarray] = []
    types: list[np.ndarray] = []
    for start in range(0, len(texts), SLICE):  # an encoding of the Rust library is much larger than its ids
        rows = slice(start, start + SLICE)
        for place, encoding in enumerate(fixed.encode_batch_fast(_inputs(texts, pairs, rows, limit)), start):
            ids.append(np.array(encoding.ids, dtype=np.int32))
            truncated[place] |= bool(encoding.overflowing)
            if pairs is not None:
                types.append(np.array(encoding.type_ids, dtype=np.int8))
    lengths = np.fromiter(map(len, ids), np.int32, len(ids))
    return Pieces(ids, types if pairs is not None else None, lengths, truncated, tokenizer.pad_token_id or 0)


def _inputs(texts: Sequence[str], pairs: Sequence[str] | None, rows: slice, limit: int) -> list[Any]:
    firsts = _cut(texts[rows], limit)
    return firsts if pairs is None else list(zip(firsts, _cut(pairs[rows], limit), strict=True))


def full_lengths(tokenizer: Any, texts: Sequence[str], characters: int = 100_000) -> np.ndarray:
    """Untruncated lengths (n,) int32 in word pieces, special pieces included, of at most `characters` of each text."""
    fixed = _fixed(tokenizer, None)
    encodings = fixed.encode_batch_fast(_cut(texts, characters))
    return np.fromiter((len(encoding) for encoding in encodings), np.int32, len(encodings))


def _cut(texts: Sequence[str], limit: int) -> list[str]:
    return [_clean(text[:limit]) for text in texts]


def _clean(text: str) -> str:
    """The text without lone surrogates, which no tokenizer takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _too_long(texts: Sequence[str], limit: int) -> np.ndarray:
    return np.fromiter((len(text) > limit for text in texts), bool, len(texts))


def encodings(
    tokenizer: Any,
    texts: Sequence[str],
    pairs: Sequence[str] | None = None,
    *,
    max_length: int,
    specials_as_text: bool = True,
) -> list[Any]:
    """Encodings of the Rust library with offsets (in characters), words and what was cut off; thread safe.

    With `specials_as_text` a text that says "[MASK]" is read as those characters, not as the special piece. At most
    `max_length` times 64 characters of a text are read.
    """
    limit = max_length * CHARACTERS_PER_PIECE
    found: list[Any] = _fixed(tokenizer, max_length, specials_as_text).encode_batch(
        _inputs(texts, pairs, slice(None), limit)
    )
    return found


def _fixed(tokenizer: Any, max_length: int | None, specials_as_text: bool = False) -> Any:
    """A copy of the Rust tokenizer that truncates at `max_length` and is never changed again."""
    with _LOCK:
        copies, key = _FIXED.setdefault(tokenizer, {}), (max_length or 0, specials_as_text)
        if key not in copies:
            copies[key] = _copy(tokenizer, max_length)
            copies[key].encode_special_tokens = specials_as_text
        return copies[key]


def _copy(tokenizer: Any, max_length: int | None) -> Any:
    from tokenizers import Tokenizer

    if max_length is not None and max_length > tokenizer.model_max_length:
        raise UserProblem(
            f"max_length is {max_length}.", f"This model takes at most {tokenizer.model_max_length} word pieces."
        )
    copy = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
    copy.no_padding()
    copy.no_truncation()
    if max_length is not None:
        copy.enable_truncation(max_length)
    return copy
