"""Which vector a word gets: the kinds by name, the settings that choose one, and the vectors themselves.

A BERT has no single vector of a word. Four kinds are in use and they disagree, so each result says which it used:
`input_embedding` (the table's row of a word that is one piece: no position, no context), `layer` (the word alone, its
pieces' states at a layer, [CLS] and [SEP] left out), `sentence` (the word alone as a sentence, as a sentence encoder
pools it), `contexts` (mean over many sentences with the word). A table of word vectors has one kind: `static`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

from core.bias.audited import STATIC
from core.errors import UserProblem
from core.progress import Report, ShouldStop, never, silent
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from core.bias.inputs import Inputs

# kind -> the module that has `look_up(audited, words, settings, contexts, report, should_stop) -> Vectors`
KINDS: Mapping[str, str] = {
    "static": "static",
    "input_embedding": "input_embedding",
    "layer": "layer",
    "sentence": "sentence",
    "contexts": "contexts",
}
TITLES: Mapping[str, str] = {
    "auto": "the model's own",
    "static": "word vectors",
    "input_embedding": "input embedding",
    "layer": "word alone, at a layer",
    "sentence": "word alone, as a sentence",
    "contexts": "mean over many contexts",
}


@dataclass(frozen=True)
class Vectors:
    """Rows (n, d) float64 of `words`, in order. `lost` says by word why it has none; `said` names the kind in words."""

    words: tuple[str, ...]
    rows: np.ndarray
    lost: Mapping[str, str]
    said: str
    notes: tuple[str, ...] = ()

    def of(self, words: Sequence[str]) -> np.ndarray:
        """Rows (k, d) of some of the words."""
        place = {word: number for number, word in enumerate(self.words)}
        return np.asarray(self.rows[[place[word] for word in words]])


@dataclass(frozen=True)
class VectorConfig(Config):
    """The settings that every measure on word vectors shares; its own config inherits them."""

    vectors: str = option(
        "auto", title="Vectors of words", choices=("auto", *KINDS),
        help="A BERT has several vectors of a word and they disagree. By itself: word alone at the last layer; a table "
        "of word vectors has only its own.",
    )  # fmt: skip
    layer: int | None = option(
        None, title="Layer", help="0 is the embeddings, the highest number the last; empty: the last.", minimum=0,
        whole=True, advanced=True,
    )  # fmt: skip
    pooling: str = option(
        "mean", title="Pieces or tokens", choices=("mean", "first", "last", "cls"), advanced=True,
        help="How a word of several pieces becomes one vector; cls is for the word as a sentence.",
    )  # fmt: skip
    occurrences: int = option(
        50, title="Sentences a word", minimum=1, maximum=1_000, advanced=True,
        help="How many sentences at most the mean over many contexts takes for each word.",
    )  # fmt: skip
    seed: int = option(0, title="Seed", help="Sets every random draw.", minimum=0, maximum=2**31, advanced=True)


def contexts_of(inputs: Inputs) -> tuple[str, ...] | None:
    """The texts that were given beside the words: the column "text" of the table; None where there are none."""
    if inputs.table is None or "text" not in inputs.table.columns:
        return None
    return tuple(str(text) for text in inputs.table["text"])


def vectors(
    audited: Audited,
    words: Sequence[str],
    settings: VectorConfig,
    *,
    contexts: Sequence[str] | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Vectors:
    """Vectors of distinct words by the kind that `settings` names; `contexts` are texts for the kind of that name.

    UserProblem where the model has no such kind of vector.
    """
    kind = kind_of(audited, settings)
    module = import_module(f"core.bias.vectors.{KINDS[kind]}")
    found: Vectors = module.look_up(audited, tuple(words), settings, contexts, report, should_stop)
    return found


def kind_of(audited: Audited, settings: VectorConfig) -> str:
    """The kind that is meant, "auto" resolved; UserProblem where the model does not have it."""
    own = STATIC if audited.kind == STATIC else "layer"
    wanted = settings.vectors if settings.vectors != "auto" else {STATIC: "static"}.get(own, own)
    if (wanted == "static") != (audited.kind == STATIC):
        have = "word vectors only" if audited.kind == STATIC else ", ".join(kind for kind in KINDS if kind != "static")
        raise UserProblem(f"{audited.spec} has no vectors of the kind {wanted!r}.", f"It has: {have}.")
    return wanted
