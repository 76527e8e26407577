"""WEFAT: how near is each word to A rather than B, and does that follow a number about the world?

Source: Caliskan, Bryson and Narayanan 2017, Science 356:183; core/bias/associations/wefat.py has the arithmetic. The
numbers (columns word and value, say the share of women in an occupation) are optional: with them the headline is
their correlation with the association, without them it is the mean association.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.associations import resampling
from core.bias.associations.given import Given, look_up
from core.bias.associations.unit import cosines
from core.bias.associations.wefat import fisher, pearson, standardised
from core.bias.criticisms import LISTS_CARRY_BIAS, VECTORS_FORETELL_LITTLE
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.measures.weat import whole
from core.bias.vectors.kinds import VectorConfig
from core.progress import Report, ShouldStop

if TYPE_CHECKING:
    from core.bias.audited import Audited

COLUMNS = ("word", "value")
NAMED = 8  # words named in one sentence
UNDEFINED = "No word has an association: the cosines of each to all attributes are equal."
FLAT = "Fewer than 3 words have both a vector and a number, or one of the two does not vary: no correlation."


@dataclass(frozen=True)
class WefatConfig(VectorConfig):
    """Settings of a WEFAT."""


def compute(
    audited: Audited, inputs: Inputs, settings: WefatConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """The standardised association of every word, their mean, and their correlation with numbers that are given."""
    given = look_up(audited, inputs, settings, targets=(1,), attributes=(2,), report=report, should_stop=should_stop)
    whole(given)
    values, notes = numbers(inputs.table, given)
    table = _table(given, values)
    mean = _mean(table["standardised"].to_numpy(), settings.seed)
    undefined = table.loc[table["standardised"].isna(), "word"].tolist()
    if undefined:
        notes = (*notes, f"All cosines are equal, so no association: {', '.join(undefined[:NAMED])}.")
    if values is None:
        table = table.drop(columns="value")
    headline, others = (mean, ()) if values is None else (_correlation(table), (mean,))
    return Found(headline, others, {"words": table}, given.vectors.said, (*given.notes, *notes), given.lost)


def numbers(table: pd.DataFrame | None, given: Given) -> tuple[Mapping[str, float] | None, tuple[str, ...]]:
    """Word -> number, and a sentence for whatever could not be used; None where no numbers were given."""
    if table is None or not set(COLUMNS) <= {str(name) for name in table.columns}:
        return None, ()
    words = table["word"].astype(str).str.strip()
    read = pd.to_numeric(table["value"], errors="coerce").replace([np.inf, -np.inf], np.nan)
    notes = []
    if read.isna().any():
        notes.append(f"No number beside: {_few(words[read.isna()])}.")
    pairs = pd.Series(read.to_numpy(), index=words).dropna()
    doubled = pairs.index[pairs.index.duplicated()]
    if len(doubled):
        notes.append(f"More than one number, of which the first counts: {_few(doubled.unique())}.")
    values = {str(word): float(value) for word, value in pairs[~pairs.index.duplicated()].items()}
    known = given.targets[0].words
    without, beyond = [w for w in known if w not in values], [w for w in values if w not in set(known)]
    if without:
        notes.append(f"Without a number, and left out of the correlation: {_few(without)}.")
    if beyond:
        notes.append(f"A number for words that are not measured: {_few(beyond)}.")
    return values, tuple(notes)


def _few(words: object) -> str:
    named = [str(word) for word in words]  # type: ignore[attr-defined]
    more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
    return ", ".join(named[:NAMED]) + more


def _table(given: Given, values: Mapping[str, float] | None) -> pd.DataFrame:
    target, (a, b) = given.targets[0], given.attributes
    to_a, to_b = (cosines(given.rows(target), given.rows(side)) for side in (a, b))
    means = to_a.mean(axis=1), to_b.mean(axis=1)
    table = pd.DataFrame(
        {"word": target.words, "set": target.name, "standardised": standardised(to_a, to_b), "s": means[0] - means[1],
         f"mean cosine to {a.name}": means[0], f"mean cosine to {b.name}": means[1]}
    )  # fmt: skip
    table["value"] = [float("nan") if values is None else values.get(word, float("nan")) for word in target.words]
    return table


def _mean(scores: np.ndarray, seed: int) -> Figure:
    known = scores[np.isfinite(scores)]
    title = "Mean standardised association"
    if not len(known):
        return Figure("mean", title, None, 0.0, of="words", note=UNDEFINED)
    low, high = resampling.of_mean(known, seed)
    note = "In standard deviations of a word's cosines to all attributes."
    if len(known) == 1:
        note = "One word: the mean is its own association, and nothing says how other words would do."
    kind = "" if low is None else resampling.said("words")
    return Figure("mean", title, float(known.mean()), 0.0, low, high, kind, len(known), "words", note)


def _correlation(table: pd.DataFrame) -> Figure:
    both = table.dropna(subset=["standardised", "value"])
    r = pearson(both["value"].to_numpy(), both["standardised"].to_numpy())
    title = "Correlation with the numbers given"
    if r is None:
        return Figure("correlation", title, None, 0.0, n=len(both), of="words", note=FLAT, least=-1.0, most=1.0)
    low, high = fisher(r, len(both))
    kind = "" if low is None else "95 %, Fisher's z"
    return Figure(
        "correlation", title, r, 0.0, low, high, kind, len(both), "words",
        "Pearson's r of a word's standardised association with its number.", least=-1.0, most=1.0,
    )  # fmt: skip


MEASURE = Measure(
    name="wefat",
    title="WEFAT",
    summary="How near each word lies to one side rather than the other, and whether that follows a number.",
    family="words",
    needs="word_vectors",
    config=WefatConfig,
    compute=compute,
    source="Caliskan, Bryson and Narayanan 2017, Science 356:183",
    says="How far single words lean, and with a number a word (say, the share of women in an occupation) how closely "
    "the leaning follows it.",
    criticisms=(
        Criticism(
            "A correlation with the world says that the vectors reflect it, not that a use of them is fair or unfair.",
            "Caliskan, Bryson and Narayanan 2017",
        ),
        LISTS_CARRY_BIAS,
        VECTORS_FORETELL_LITTLE,
    ),  # fmt: skip
    neutral=0.0,
    upward="{first} lean to {a}, or follow the numbers given",
    downward="{first} lean to {b}, or go against the numbers given",
    targets=(1,),
    attributes=(2,),
    metadata={"optional_columns": COLUMNS},
    order=12,
)
