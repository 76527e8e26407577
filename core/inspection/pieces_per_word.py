"""How many pieces a tokenizer makes of a word over many texts, and which words it breaks most. No model runs.

Definition: pieces divided by words ("fertility", Rust et al. 2021) over whole texts, also behind the end of the model's
sight; a word is what the tokenizer splits off before it looks for pieces. core/pretraining/proof/pieces_per_word.py
measures the same for WordPiece, as far as a model reads; here any tokenizer is told with its distribution.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.tokenizing import CHARACTERS_PER_PIECE, encodings
from core.errors import Stopped, UserProblem
from core.evaluation.intervals import Interval
from core.pretraining.proof.paired import Sums, ratio_interval, share_interval
from core.pretraining.proof.sample import sampled_sentences
from core.progress import Progress, Report, ShouldStop, never, silent

MOST = 5_000  # texts that are measured unless more are asked for
SLICE = 256  # texts between two reports
LISTED = 50  # split words that are told
TOLD_EVERY = 5_000


@dataclass(frozen=True)
class SplitWord:
    """A word of several pieces, as first written, and how often it occurs."""

    text: str
    pieces: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Fertility:
    """Pieces a word over `texts` of `found` texts; `split` and `unknown` are shares of words.

    longer: share of texts over `limit` pieces, `cut` their number.
    distribution: (pieces a word, how many words), ascending. by_word, by_character: sums of pieces by text, over words
    and over hundreds of characters that are no blanks; the latter compares tokenizers with other ideas of a word.
    """

    value: Interval
    per_100_characters: Interval
    split: Interval
    unknown: Interval
    longer: float
    limit: int
    texts: int
    found: int
    words: int
    pieces: int
    cut: int
    distribution: tuple[tuple[int, int], ...]
    most_split: tuple[SplitWord, ...]
    by_word: Sums
    by_character: Sums

    def to_json(self) -> dict[str, Any]:
        """All but the sums by text."""
        shares = {name: getattr(self, name).to_json() for name in ("value", "per_100_characters", "split", "unknown")}
        names = ("longer", "limit", "texts", "found", "words", "pieces", "cut")
        words = [{"word": each.text, "pieces": list(each.pieces), "count": each.count} for each in self.most_split]
        return {
            **shares, **{name: getattr(self, name) for name in names},
            "distribution": [{"pieces": made, "words": count} for made, count in self.distribution],
            "most_split": words,
        }  # fmt: skip


def sampled(texts: Iterable[str], *, most: int = MOST, seed: int = 0, report: Report = silent) -> tuple[list[str], int]:
    """At most `most` texts that are not blank, drawn by seed, and how many there were; UserProblem where none."""
    seen = 0

    def counted() -> Iterator[str]:
        nonlocal seen
        for text in texts:
            if text.strip():
                seen += 1
                if seen % TOLD_EVERY == 0:
                    report(Progress("reading texts", seen))
                yield text

    chosen = sampled_sentences(counted(), most, seed)
    return chosen, seen


def fertility(
    tokenizer: Any,
    texts: Sequence[str],
    *,
    found: int | None = None,
    seed: int = 0,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Fertility:
    """Measure on these texts, a sample of `found`; UserProblem where no text has a word."""
    limit = int(tokenizer.model_max_length)
    counts: list[tuple[int, int, int, int, int, int]] = []
    by_pieces: Counter[int] = Counter()
    split: Counter[tuple[int, ...]] = Counter()
    written: dict[tuple[int, ...], str] = {}
    for start in range(0, len(texts), SLICE):
        if should_stop():
            raise Stopped
        report(Progress("pieces a word", start, len(texts)))
        part = texts[start : start + SLICE]
        for text, encoding in zip(part, encodings(tokenizer, part, max_length=limit), strict=True):
            words = _words(encoding)
            by_pieces.update(len(word.ids) for word in words)
            for word in words:
                if len(word.ids) > 1:
                    split[word.ids] += 1
                    written.setdefault(word.ids, text[word.start : word.end])
            counts.append(_counts(text, words, tokenizer.unk_token_id, bool(encoding.overflowing), limit))
    return _measured(tokenizer, np.array(counts, dtype=np.float64), by_pieces, split, written, found, limit, seed)


@dataclass
class _Word:
    ids: tuple[int, ...]
    start: int
    end: int


def _words(encoding: Any) -> list[_Word]:
    """Words of the whole text: what overflowed goes on where the model's sight ends."""
    found: dict[int, _Word] = {}
    for part in (encoding, *encoding.overflowing):
        for number, word, of, (start, end) in zip(
            part.ids, part.word_ids, part.sequence_ids, part.offsets, strict=True
        ):
            if of is None:
                continue
            key = -1 - start if word is None else word
            if key in found:
                found[key].ids += (number,)
                found[key].end = max(end, found[key].end)
            else:
                found[key] = _Word((number,), start, end)
    return list(found.values())


def _counts(
    text: str, words: Sequence[_Word], unknown: int | None, overflows: bool, limit: int
) -> tuple[int, int, int, int, int, int]:
    """Pieces, words, split words, words with an unknown piece, characters, whether the text is longer than seen."""
    over = overflows or len(text) > limit * CHARACTERS_PER_PIECE
    letters = sum(not letter.isspace() for letter in text[: limit * CHARACTERS_PER_PIECE])
    pieces, split = sum(len(word.ids) for word in words), sum(len(word.ids) > 1 for word in words)
    return pieces, len(words), split, sum(unknown in word.ids for word in words), letters, over


def _measured(
    tokenizer: Any, table: np.ndarray, by_pieces: Counter[int], split: Counter[tuple[int, ...]],
    written: dict[tuple[int, ...], str], found: int | None, limit: int, seed: int,
) -> Fertility:  # fmt: skip
    rows = np.flatnonzero(table[:, 1]) if len(table) else np.zeros(0, dtype=np.int64)
    if not len(rows):
        raise UserProblem("There is no word in this text.", "At least one word was wanted.")
    units, letters = table[rows, 1], table[rows, 4] / 100
    made, parted, lost = (Sums(rows, table[rows, column], units) for column in (0, 2, 3))
    by_character = Sums(rows, table[rows, 0], letters)
    listed = sorted(split.items(), key=lambda item: (-item[1], -len(item[0]), written[item[0]]))[:LISTED]
    return Fertility(
        value=ratio_interval(made, seed=seed), per_100_characters=ratio_interval(by_character, seed=seed),
        split=share_interval(parted, seed=seed), unknown=share_interval(lost, seed=seed),
        longer=float(table[:, 5].mean()), limit=limit, texts=len(table), found=found or len(table),
        words=int(units.sum()), pieces=int(made.totals.sum()), cut=_too_long(table),
        distribution=tuple(sorted(by_pieces.items())),
        most_split=tuple(
            SplitWord(written[ids], tuple(tokenizer.convert_ids_to_tokens(list(ids))), count) for ids, count in listed
        ),
        by_word=made, by_character=by_character,
    )  # fmt: skip


def _too_long(table: np.ndarray) -> int:
    return int(table[:, 5].sum())
