"""What was measured, as plain values that can be kept and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.errors import UserProblem

MOST_SENTENCES = 5_000


@dataclass(frozen=True)
class Settings:
    """Sentences drawn at most, the seed of every draw, and from how many occurrences on a word is looked at.

    `occurrences` is for self-similarity, `variance_occurrences` for the explainable variance, which few occurrences
    inflate; `sample` random occurrences make the baseline. `marks`: punctuation counts as words, as in the paper;
    without it the baseline is the one of core/inspection/anisotropy.py.
    """

    sentences: int = 1_000
    seed: int = 0
    occurrences: int = 5
    variance_occurrences: int = 20
    sample: int = 1_000
    marks: bool = True

    def check(self) -> Settings:
        """Itself; raises UserProblem for a number that makes no sense."""
        limits = {"sentences": (2, MOST_SENTENCES), "seed": (0, 2**32 - 1), "occurrences": (2, 10_000),
                  "variance_occurrences": (2, 10_000), "sample": (2, 10_000)}  # fmt: skip
        for name, (low, high) in limits.items():
            if not low <= getattr(self, name) <= high:
                raise UserProblem(f"{name} is {getattr(self, name):,}.", f"{low:,} to {high:,} was wanted.")
        return self


@dataclass(frozen=True)
class LayerGeometry:
    """One layer: means over words or sentences, cosines in [-1, 1], NaN where no word or sentence could be measured.

    Adjusted is raw minus `baseline` (similarities), and minus `variance_random` (explainable variance).
    `largest_share` is the part of `largest_dimension` in the baseline.
    """

    layer: int
    baseline: float
    self_similarity: float
    self_similarity_adjusted: float
    intra_sentence: float
    intra_sentence_adjusted: float
    variance: float
    variance_random: float
    variance_adjusted: float
    largest_share: float
    largest_dimension: int


@dataclass(frozen=True)
class WordGeometry:
    """A word: occurrences, and by layer its self-similarity, not adjusted."""

    word: str
    occurrences: int
    self_similarity: tuple[float, ...]


@dataclass(frozen=True)
class Geometry:
    """All layers, the words of the self-similarity with the most occurrences first, and what was counted.

    `counts`: sentences (drawn), repeated, words (occurrences read), unknown (with a piece the vocabulary lacks, left
    out), sampled, self_words, self_occurrences, variance_words, variance_occurrences, intra_sentences.
    """

    layers: tuple[LayerGeometry, ...]
    words: tuple[WordGeometry, ...]
    counts: Mapping[str, int]
    settings: Settings
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "counts": dict(self.counts)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Geometry:
        """The result that `to_json` told; lists become tuples again."""
        words = (
            WordGeometry(each["word"], each["occurrences"], tuple(each["self_similarity"])) for each in data["words"]
        )
        return cls(
            tuple(LayerGeometry(**each) for each in data["layers"]), tuple(words), dict(data["counts"]),
            Settings(**data["settings"]), tuple(data["notes"]),
        )  # fmt: skip
