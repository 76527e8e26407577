"""What a way to reduce a bias is: a declaration, settings, and one function that makes a new model.

A mitigation is one file in core/bias/mitigations/ that ends with `MITIGATION = Mitigation(...)`. Menu, form, run, model
card and command line come from the declaration. None removes a bias: each removes what it looks for, which is why the
run measures before and after, also by what the method was not tuned on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from core.bias.audited import STATIC
from core.bias.inputs import Inputs
from core.bias.measure import Criticism
from core.progress import Report, ShouldStop
from core.training.contract import Config

if TYPE_CHECKING:
    import pandas as pd

    from core.bias.audited import Audited
    from core.data.examples import LabelledData
    from core.training.contract import FineTuned

KIND_TITLES = {STATIC: "tables of word vectors", "pretrained": "BERTs", "fine_tuned": "classifiers"}
HIDES = Criticism(
    "Removing a direction hides more than it removes: a new classifier still finds the attribute in the vectors.",
    "Gonen and Goldberg 2019",
)
COSTS = Criticism(
    "What debiasing gains on a benchmark often comes with worse language modelling.",
    "Meade, Poole-Dayan and Reddy 2022",
)


@dataclass(frozen=True)
class Material:
    """What there is beside the model, where the method works on a classifier: its rows and how it was trained.

    `data` are the dataset's rows by split, `rows` the same rows with every column that was kept (column `row_id`),
    `base` the folder that it was trained from, `method` and `parameters` how; `checkpoints` outlives a crash, `vectors`
    is the cache of vectors.
    """

    data: LabelledData | None = None
    rows: pd.DataFrame | None = None
    base: Path | None = None
    method: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    checkpoints: Path | None = None
    vectors: Path | None = None


@dataclass(frozen=True)
class Recoverable:
    """Vectors of the same things before and after, (n, d) each, and what a new classifier shall find in them.

    `sides` (n,) bool is the attribute; `families` (n,) keeps what belongs together (a sentence and its swapped copy) in
    one fold; `said` says in words what the vectors are of.
    """

    before: np.ndarray
    after: np.ndarray
    sides: np.ndarray
    said: str
    families: np.ndarray | None = None


@dataclass(frozen=True)
class Mitigated:
    """What a method made: a folder that it wrote into `out`, or the scorer of a classifier in `tuned`.

    The caller calibrates, saves and seals `tuned`. `facts` are figures (JSON) for the version's card, `notes` sentences
    that a reader should know.
    """

    facts: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    recoverable: Recoverable | None = None
    tuned: FineTuned | None = None


class Apply(Protocol):
    """Make the new model; UserProblem for what cannot be done, Stopped where `should_stop` answers."""

    def __call__(
        self, audited: Audited, inputs: Inputs, settings: Any, *, material: Material, out: Path, report: Report,
        should_stop: ShouldStop,
    ) -> Mitigated: ...  # fmt: skip


@dataclass(frozen=True)
class Mitigation:
    """A method's declaration.

    `kinds` are the kinds of models that it works on. `targets` and `attributes` are the numbers of word sets that it
    takes, as a measure declares them; `aligned` says that the n-th words of the two targets are a pair, `left` what
    attribute sets are for. `needs_rows` asks for the classifier's dataset, `two_labels` for exactly two labels,
    `retrains` says that the whole model is trained again, `tuned_on` names measures without words that it lowers by
    design. `says` tells in plain words what it does and does not do.
    """

    name: str
    title: str
    summary: str
    kinds: tuple[str, ...]
    config: type[Config]
    apply: Apply
    source: str
    says: str
    criticisms: tuple[Criticism, ...]
    targets: tuple[int, ...] | None = ()
    attributes: tuple[int, ...] | None = ()
    aligned: bool = False
    left: str = ""
    needs_rows: bool = False
    two_labels: bool = False
    retrains: bool = False
    tuned_on: tuple[str, ...] = ()
    order: int = 99

    @property
    def takes_words(self) -> bool:
        return self.targets != () or self.attributes != ()

    def refuses(self, kind: str, scorer: str | None = None, labels: int = 0) -> str:
        """Why a model of this kind, with this scorer and number of labels, does not fit; empty where it does."""
        if kind not in self.kinds:
            return f"It works on {' and '.join(KIND_TITLES[one] for one in self.kinds)}."
        if kind == "fine_tuned" and scorer == "tfidf" and not self.retrains:
            return "The classifier counts words; there is no vector to change."
        if kind == "fine_tuned" and self.two_labels and labels != 2:
            return f"It needs a classifier of two labels; this one has {labels}."
        return ""
