"""What pre-training on one's own text cost elsewhere: masked-word loss on general sentences, before and after.

Definition: the loss of core/pretraining/proof/masked_words.py on sentences that the caller gives and that the corpus
does not hold; after minus before, paired. A rise is forgetting (McCloskey and Cohen 1989; for continued pre-training
Gururangan et al. 2020 compare masked-word losses across domains in this way).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.pretraining.proof.masked_words import MaskedWords, compare_masked_words, masked_words
from core.pretraining.proof.paired import Paired
from core.progress import Report, ShouldStop, never, silent


@dataclass(frozen=True)
class Forgetting:
    """Masked-word loss on the general text before and after, and the paired difference: above zero is forgotten."""

    before: MaskedWords
    after: MaskedWords
    paired: Paired

    @property
    def verdict(self) -> str:
        """Whether general text is predicted worse than before, in a sentence."""
        said = {"worse": "Forgotten. ", "better": "Nothing forgotten. ", "same": "", "cannot tell": ""}
        return said[self.paired.change] + self.paired.verdict


def forgetting(
    before: tuple[Any, Any],
    after: tuple[Any, Any],
    sentences: Sequence[str],
    *,
    most: int = 1000,
    max_length: int = 128,
    seed: int = 0,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Forgetting:
    """Measure (model, tokenizer) before and after on the same words of the same sentences.

    A fresh masked-word head makes the loss before that of a guesser; compare with a head that was trained alone.
    """
    first, second = (
        masked_words(
            model, tokenizer, sentences, most=most, max_length=max_length, seed=seed, report=report,
            should_stop=should_stop,
        )
        for model, tokenizer in (before, after)
    )  # fmt: skip
    return Forgetting(first, second, compare_masked_words(first, second, what="masked-word loss on general text"))
