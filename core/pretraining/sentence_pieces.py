"""Documents to piece ids in bulk, without special pieces.

Unusual: what looks like a special piece in the text ("[MASK]") is read as text, because a corpus must not be able to
end a segment or to mask itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

SLICE = 4096  # sentences that the Rust library is given at a time: an encoding is much larger than its ids


class SentencePieces:
    """Cuts sentences into the pieces of a fast tokenizer, which stays as it is."""

    def __init__(self, tokenizer: Any) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._tokenizer.encode_special_tokens = True

    def documents(self, documents: Sequence[Sequence[str]]) -> list[list[array[int]]]:
        """Piece ids of every sentence of every document; sentences without a piece are left out."""
        pieces = self._sentences([sentence for document in documents for sentence in document])
        found, start = [], 0
        for document in documents:
            found.append([each for each in pieces[start : start + len(document)] if each])
            start += len(document)
        return found

    def _sentences(self, sentences: list[str]) -> list[array[int]]:
        found: list[array[int]] = []
        for start in range(0, len(sentences), SLICE):
            encodings = self._tokenizer.encode_batch_fast(sentences[start : start + SLICE], add_special_tokens=False)
            found.extend(array("i", encoding.ids) for encoding in encodings)
        return found
