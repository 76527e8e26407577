"""The proof of a pre-training: what it changed, measured before and after on text that training never saw.

"Before" is the parent. Where the parent lacks heads, it is the parent's untouched body with the heads as they were at
the end of their warm-up: a fresh head alone would flatter every child. A model from scratch has no before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from core.data.corpus.store import Corpus
from core.encoding.tokenizing import load_tokenizer
from core.errors import UserProblem
from core.pretraining import heads
from core.pretraining.overfitting import as_json, overfitting
from core.pretraining.pretrain import Pretrained
from core.pretraining.proof import fill_words, homonyms, masked_words, moved_neighbours, pairs, pieces_per_word
from core.pretraining.proof import pseudo_perplexity as pppl
from core.pretraining.proof.forgetting import forgetting
from core.pretraining.proof.paired import Sums
from core.pretraining.proof.sample import reservoir
from core.progress import Report, ShouldStop

SIDE = tuple[Any, Any]  # model, tokenizer


def prove(
    corpus: Corpus,
    folder: Path,
    trained: Pretrained,
    *,
    report: Report,
    should_stop: ShouldStop,
    general: Corpus | None = None,
) -> dict[str, Any]:
    """Every measure that applies, as plain values, and `sentences` that say what they mean; `skipped` says why not."""
    loaded = heads.load_for_pretraining(folder, pair_head=trained.objective != "mlm", seed=0)
    after: SIDE = (loaded.model, load_tokenizer(folder))
    if not corpus.groups("holdout"):
        return {"sentences": ["Nothing was held out, so nothing is proved."], "skipped": {}}
    asking = {"report": report, "should_stop": should_stop}
    proof = _Proof(corpus, trained.before, after, trained.objective, general, asking)
    found = overfitting(trained.trained.history)
    sentences = proof.run()
    return {
        "values": proof.values,
        "skipped": proof.skipped,
        "overfitting": as_json(found),
        "sentences": ([found.sentence] if found else []) + sentences,
    }


class _Proof:
    def __init__(
        self,
        corpus: Corpus,
        before: SIDE | None,
        after: SIDE,
        objective: str,
        general: Corpus | None,
        asking: dict[str, Any],
    ) -> None:
        self.corpus, self.before, self.after, self.objective = corpus, before, after, objective
        self.general, self.asking = general, asking
        self.values: dict[str, Any] = {}
        self.skipped: dict[str, str] = {}
        self.sentences: list[str] = []

    def run(self) -> list[str]:
        self._paired("pseudo_perplexity", self._pseudo_perplexity, pppl.compare_pseudo_perplexity)
        self._paired("masked_words", self._masked_words, masked_words.compare_masked_words)
        if self.objective != "mlm":
            self._paired("pairs", self._pairs, pairs.compare_pairs)
        self._paired("pieces_per_word", self._pieces, pieces_per_word.compare_pieces_per_word)
        self._paired("homonyms", self._homonyms, homonyms.compare_homonyms)
        if self.before is not None:
            self._guarded("fill_words", self._fill_words)
            self._guarded("moved_neighbours", self._moved)
            if self.general is not None:
                self._guarded("forgetting", self._forgetting)
        return self.sentences

    def _paired(self, name: str, measure: Callable[[SIDE], Any], compare: Callable[[Any, Any], Any]) -> None:
        """Measure both sides and compare them; only the child where there is no before."""

        def both() -> dict[str, Any]:
            after = measure(self.after)
            if self.before is None:
                return {"after": _plain(after)}
            before = measure(self.before)
            paired = compare(before, after)
            self.sentences.append(paired.verdict)
            return {"before": _plain(before), "after": _plain(after), "paired": paired.to_json()}

        self._guarded(name, both)

    def _guarded(self, name: str, work: Callable[[], dict[str, Any]]) -> None:
        """A measure that this corpus is too small for is left out, and why is kept."""
        try:
            self.values[name] = work()
        except UserProblem as problem:
            self.skipped[name] = str(problem)

    def _held(self) -> Iterator[str]:
        return chain.from_iterable(document.sentences for document in self.corpus.documents("holdout"))

    def _pseudo_perplexity(self, side: SIDE) -> Any:
        return pppl.pseudo_perplexity(*side, self._held(), **self.asking)

    def _masked_words(self, side: SIDE) -> Any:
        return masked_words.masked_words(*side, self._held(), **self.asking)

    def _pairs(self, side: SIDE) -> Any:
        task: Any = "next" if self.objective == "mlm_nsp" else "order"
        made = pairs.balanced_pairs(self.corpus.documents("holdout"), task=task)
        return pairs.pair_accuracy(*side, made, **self.asking)

    def _pieces(self, side: SIDE) -> Any:
        return pieces_per_word.pieces_per_word(side[1], self._held(), **self.asking)

    def _homonyms(self, side: SIDE) -> Any:
        return homonyms.homonyms(*side, **self.asking)

    def _fill_words(self) -> dict[str, Any]:
        assert self.before is not None  # noqa: S101 - run() asks first
        cases = fill_words.choose_cases((self.before[1], self.after[1]), self._held())
        before, after = (fill_words.fill_words(*side, cases, **self.asking) for side in (self.before, self.after))
        paired = fill_words.compare_filled_words(before, after)
        self.sentences.append(paired.verdict)
        return {"before": _plain(before), "after": _plain(after), "paired": paired.to_json()}

    def _forgetting(self) -> dict[str, Any]:
        assert self.before is not None and self.general is not None  # noqa: S101 - run() asks first
        text = reservoir(chain.from_iterable(each.sentences for each in self.general.documents("train")), 1000, 0)
        found = forgetting(self.before, self.after, text, **self.asking)
        self.sentences.append(found.verdict)
        return {"before": _plain(found.before), "after": _plain(found.after), "paired": found.paired.to_json()}

    def _moved(self) -> dict[str, Any]:
        assert self.before is not None  # noqa: S101 - run() asks first
        return dict(_plain(moved_neighbours.moved_neighbours(self.before, self.after, self._held(), **self.asking)))


def _plain(value: Any) -> Any:
    """A measure as JSON without its arrays by sentence, which serve comparison only."""
    if is_dataclass(value) and not isinstance(value, type):
        items = {item.name: getattr(value, item.name) for item in fields(value)}
        return {name: _plain(each) for name, each in items.items() if not isinstance(each, (np.ndarray, Sums))}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    return value.item() if isinstance(value, np.generic) else value
