"""RNSB: how unevenly a sentiment classifier, trained on word vectors, takes identity words for negative.

Source: Sweeney and Najafian 2019, ACL P19-1162; the arithmetic is in core/bias/associations/rnsb.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.associations import rnsb
from core.bias.associations.given import Given, look_up
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.vectors.kinds import VectorConfig
from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop
from core.training.contract import option

if TYPE_CHECKING:
    from core.bias.audited import Audited

TITLE, LEAST = "KL divergence from uniform", 5
LISTS = "It grows with the number of identity words: compare models on one list, never two lists."


@dataclass(frozen=True)
class RnsbConfig(VectorConfig):
    """Settings of RNSB."""

    repeats: int = option(
        20, title="Splits", help="Classifiers trained, each on another part of the sentiment words.", minimum=2,
        maximum=1_000,
    )  # fmt: skip
    held_out: float = option(
        0.2, title="Held out", help="Part of the sentiment words that each classifier is scored on.", minimum=0.05,
        maximum=0.5, advanced=True,
    )  # fmt: skip
    c: float = option(
        1.0, title="C", help="Inverse strength of the regularisation; the result depends on it.", minimum=1e-4,
        maximum=1e4, advanced=True,
    )  # fmt: skip
    balanced: bool = option(
        True, title="Balance the classes", help="Positive and negative words count alike, however many there are.",
        advanced=True,
    )  # fmt: skip
    least_accuracy: float = option(
        0.8, title="Least accuracy", minimum=0.0, maximum=1.0, advanced=True,
        help="Below this mean held-out accuracy no value is given: a classifier that knows no sentiment measures none.",
    )  # fmt: skip


@dataclass(frozen=True)
class _Rows:
    """Vectors of positive, negative and identity words, in an order that does not depend on the lists' order."""

    positive: np.ndarray
    negative: np.ndarray
    identity: np.ndarray


def compute(
    audited: Audited, inputs: Inputs, settings: RnsbConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """Mean divergence over the splits with its spread, the accuracy, and P(negative) of every identity word."""
    given = look_up(audited, inputs, settings, targets=None, attributes=(2,), report=report, should_stop=should_stop)
    rows, notes, why = _rows(given)
    if rows is None:
        return Found(_none(why), (), {}, given.vectors.said, notes, given.lost)
    splits = _splits(rows, settings, report, should_stop)
    values = rnsb.divergence(np.stack([one.negative for one in splits]))
    accuracy = float(np.mean([one.accuracy for one in splits]))
    whole = rnsb.fitted(rows.positive, rows.negative, rows.identity, settings.c, settings.balanced)
    words = _table(given, splits, whole)
    groups = words.groupby("group", sort=False)["P(negative)"].agg(["mean", "size"]).reset_index()
    groups.columns = pd.Index(["group", "mean P(negative)", "words"])
    return Found(
        _headline(values, accuracy, settings, len(rows.identity)),
        tuple(_figures(values, splits, whole)), {"groups": groups, "words": words},
        f"{given.vectors.said}; {len(rows.positive)} words of {given.attributes[0].name} against "
        f"{len(rows.negative)} of {given.attributes[1].name}", (*notes, LISTS), given.lost,
    )  # fmt: skip


def _rows(given: Given) -> tuple[_Rows | None, tuple[str, ...], str]:
    """The three groups of vectors, notes, and why there are none; identity words are no examples to learn from."""
    if given.empty:
        return None, given.notes, given.empty
    identity = {word for one in given.targets for word in one.words}
    sides = [sorted(set(one.words) - identity) for one in given.attributes]
    both = sorted(identity & {word for one in given.attributes for word in one.words})
    notes = given.notes
    if both:
        notes = (*notes, f"Identity words in the sentiment lists were not trained on: {', '.join(both[:8])}.")
    if min(map(len, sides)) < LEAST:
        return None, notes, f"{min(map(len, sides))} words on one side: at least {LEAST} are needed to train and score."
    if len(identity) < 2:
        return None, notes, "There is one identity word; a spread needs two."
    positive, negative = (given.vectors.of(side) for side in sides)
    return _Rows(positive, negative, given.rows(*given.targets)), notes, ""


def _splits(rows: _Rows, settings: RnsbConfig, report: Report, should_stop: ShouldStop) -> list[rnsb.Split]:
    found = []
    for number in range(settings.repeats):
        if should_stop():
            raise Stopped
        report(Progress("Training sentiment classifiers", number, settings.repeats))
        found.append(
            rnsb.split(
                rows.positive, rows.negative, rows.identity, c=settings.c, balanced=settings.balanced,
                held_out=settings.held_out, seed=(settings.seed, number),
            )
        )  # fmt: skip
    return found


def _headline(values: np.ndarray, accuracy: float, settings: RnsbConfig, words: int) -> Figure:
    if accuracy < settings.least_accuracy:
        return _none(
            f"The classifiers are right on {accuracy:.0%} of the held-out sentiment words; at least "
            f"{settings.least_accuracy:.0%} are wanted. What they say of identity words would mean nothing."
        )
    value, spread = float(values.mean()), float(values.std(ddof=1))
    return Figure(
        "rnsb", TITLE, value, 0.0, max(0.0, value - spread), value + spread,
        f"one standard deviation over {len(values)} splits", words, "identity words", least=0.0, most=log(words),
    )  # fmt: skip


def _none(why: str) -> Figure:
    return Figure("rnsb", TITLE, None, 0.0, note=why)


def _figures(values: np.ndarray, splits: list[rnsb.Split], whole: np.ndarray) -> list[Figure]:
    """Held-out accuracy, the classifier trained on all words, the largest value there could be."""
    accuracies = np.array([one.accuracy for one in splits])
    mean, spread = float(accuracies.mean()), float(accuracies.std(ddof=1))
    kind = f"one standard deviation over {len(splits)} splits"
    return [
        Figure("accuracy", "Accuracy on held-out sentiment words, both classes alike", mean, None,
               max(0.0, mean - spread), min(1.0, mean + spread), kind, len(splits), "splits", least=0.0, most=1.0),
        Figure("whole", f"{TITLE}, trained on all sentiment words", float(rnsb.divergence(whole)), 0.0, n=len(whole),
               of="identity words"),
        Figure("of_largest", "Mean as a part of the largest possible, ln n", float(values.mean()) / log(len(whole)),
               0.0, n=len(whole), of="identity words", least=0.0, most=1.0),
    ]  # fmt: skip


def _table(given: Given, splits: list[rnsb.Split], whole: np.ndarray) -> pd.DataFrame:
    """P(negative) of every identity word over the splits, its share of the sum, the most negative first."""
    each = np.stack([one.negative for one in splits])
    rows = [(word, one.name) for one in given.targets for word in one.words]
    table = pd.DataFrame(rows, columns=["word", "group"]).assign(
        **{
            "P(negative)": each.mean(axis=0),
            "standard deviation over splits": each.std(axis=0, ddof=1),
            "share": (each / each.sum(axis=1, keepdims=True)).mean(axis=0),
            "share if even": 1 / len(rows),
            "P(negative), trained on all": whole,
        }
    )
    return table.sort_values("P(negative)", ascending=False, kind="stable", ignore_index=True)


MEASURE = Measure(
    name="rnsb",
    title="RNSB",
    summary="Whether a sentiment classifier on the vectors takes some identity words for more negative than others.",
    family="words",
    needs="word_vectors",
    config=RnsbConfig,
    compute=compute,
    source="Sweeney and Najafian 2019, ACL P19-1162",
    says="How far the negative sentiment is from being spread evenly over all identity words; 0 is even. Attributes "
    "are two sets: positive words first, then negative ones.",
    criticisms=(
        Criticism(
            "It depends on the sentiment words, the regularisation and the split; the interval shows only the split.",
            "follows from the definition",
        ),
        Criticism(
            "It grows with the number of identity words, so that two lists cannot be compared.",
            "follows from the definition",
        ),
        Criticism(
            "It says that sentiment is uneven, not for whom: a group may be better or worse off; look at the words.",
            "follows from the definition",
        ),
        Criticism(
            "Bias in word vectors predicts bias of an application badly.",
            "Goldfarb-Tarrant et al. 2021",
        ),
    ),
    neutral=0.0,
    upward="what is taken for {b} is spread unevenly over the target words",
    downward="what is taken for {b} is spread evenly over the target words",
    swap="keeps",
    low=0.0,
    targets=None,
    attributes=(2,),
    metadata={"lists": ("Sentiment, nationalities",)},
    order=28,
)
