"""What a bias measure is: a declaration, settings, and one function.

A measure is one file in core/bias/measures/ that ends with `MEASURE = Measure(...)`. Menu, form, run, storage, result
card, comparison, passport and command line come from the declaration; contract tests run over all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from core.bias.found import Found
from core.bias.inputs import Inputs
from core.bias.word_sets import WordTest
from core.progress import Report, ShouldStop
from core.training.contract import Config

if TYPE_CHECKING:
    from core.bias.audited import Audited

Family = Literal["classifiers", "words", "sentences", "masked", "tokens"]
Need = Literal["word_vectors", "sentence_vectors", "masked_head", "classifier", "tokenizer"]
Swap = Literal["negates", "keeps", "none"]


@dataclass(frozen=True)
class Criticism:
    """A known weakness in one sentence, and who showed it."""

    sentence: str
    source: str


class Compute(Protocol):
    """Measure; `inputs` fit the declaration, `settings` are its own. UserProblem for what cannot be measured."""

    def __call__(
        self, audited: Audited, inputs: Inputs, settings: Any, *, report: Report, should_stop: ShouldStop
    ) -> Found: ...


@dataclass(frozen=True)
class Measure:
    """A measure's declaration.

    `targets`, `attributes`: numbers of sets that it takes, (2,) or (1, 2), None for any number from one, () for none.
    `columns`: columns that its table must have, () where it takes none. `neutral` is the headline's value without bias,
    `low` and `high` are its bounds where it has any. `upward` and `downward` say in words what a value above and below
    neutral means; {first} and {second} stand for the targets' names, {a} and {b} for the attributes'. `swap` is what
    exchanging the two targets does to headline minus neutral. `ready` makes inputs of a word list
    for who has no rows. `version` grows when a stored number would change.
    `metadata` may hold "aligned" (targets are pairs by place) and "lists" (names of the lists to start with).
    """

    name: str
    title: str
    summary: str
    family: Family
    needs: Need
    config: type[Config]
    compute: Compute
    source: str
    says: str
    criticisms: tuple[Criticism, ...]
    neutral: float | None
    upward: str
    downward: str
    swap: Swap = "none"
    low: float | None = None
    high: float | None = None
    targets: tuple[int, ...] | None = ()
    attributes: tuple[int, ...] | None = ()
    columns: tuple[str, ...] = ()
    offends: bool = False
    ready: Callable[[WordTest], Inputs] | None = None
    version: int = 1
    order: int = 99
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def takes_words(self) -> bool:
        return self.targets != () or self.attributes != ()
