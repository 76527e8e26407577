"""Log-probability bias (Kurita et al. 2019): how much an attribute raises a masked target above its prior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.masked.association import Associations, associations
from core.bias.masked.templates import templates
from core.bias.measure import Criticism, Measure
from core.bias.permutation.test import ALTERNATIVES, chance
from core.bias.word_sets import WordSet, WordTest, checked
from core.errors import UserProblem
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited

BOOTSTRAP = "95 % bootstrap over attribute words"


@dataclass(frozen=True)
class LogProbabilityConfig(Config):
    """Settings of the log-probability bias."""

    templates: str = option(
        "", title="Own templates",
        help="Sentences with [TARGET] and [ATTRIBUTE], a | between them; empty: those that are shipped.",
    )  # fmt: skip
    alternative: str = option(
        "greater", title="p counts", choices=ALTERNATIVES, advanced=True,
        help="With two attribute sets: how often words dealt at random reach a difference as large.",
    )  # fmt: skip
    seed: int = option(0, title="Seed", help="Sets every random draw.", minimum=0, maximum=2**31, advanced=True)


def compute(
    audited: Audited, inputs: Inputs, settings: LogProbabilityConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """Mean bias over attributes, or the difference between two attribute sets, with what each word adds."""
    assert inputs.words is not None
    model = audited.masked
    test, notes = checked(inputs.words, targets=(2,), attributes=(1, 2))
    sentences = templates(inputs.table, settings.templates, inputs.name)
    targets = [word for one in test.targets for word in one.words]
    attributes = [word for one in test.attributes for word in one.words]
    found = associations(
        model, audited.tokenizer, targets, attributes, sentences, report=report, should_stop=should_stop
    )  # fmt: skip
    kept, lost = _kept(test, found, targets, attributes)
    left = [targets.index(word) for one in kept.targets for word in one.words]
    right = [attributes.index(word) for one in kept.attributes for word in one.words]
    values, first = found.values[left][:, right], len(kept.targets[0])
    bias = values[:first].mean(axis=0) - values[first:].mean(axis=0)  # (attributes, templates)
    headline, *others = figures(bias.mean(axis=1), kept.attributes, settings)
    tables = _tables(kept, found, (left, right), bias, sentences)
    several = [targets[place] for place in left if found.target_pieces[place] > 1]
    told = f"Targets of several pieces are chained from left to right: {', '.join(several[:8])}."
    return Found(
        headline, tuple(others), tables, f"{len(sentences)} templates, the whole vocabulary, in nats",
        (*notes, *((told,) if several else ())), lost,
    )  # fmt: skip


def figures(bias: np.ndarray, sets: Sequence[WordSet], settings: LogProbabilityConfig) -> list[Figure]:
    """The headline and what stands beside it, of the bias (a,) of each attribute word."""
    parts = np.split(bias, np.cumsum([len(one) for one in sets])[:-1])
    means = [_mean(f"mean_{number}", f"Mean bias with {one.name}", part, settings.seed)
             for number, (one, part) in enumerate(zip(sets, parts, strict=True), start=1)]  # fmt: skip
    if len(parts) == 1:
        return [replace(means[0], name="bias", title="Log-probability bias, nats")]
    low, high, note = _bounds(parts, settings.seed)
    p = chance(bias, len(parts[0]), alternative=settings.alternative, unit="attribute words", seed=settings.seed)
    headline = Figure(
        "bias", "Log-probability bias, nats", float(parts[0].mean() - parts[1].mean()), 0.0, low, high,
        BOOTSTRAP if low is not None else "", len(bias), "attribute words", note, p,
    )  # fmt: skip
    spread = float(bias.std(ddof=1)) if len(bias) > 2 else 0.0
    d = float(parts[0].mean() - parts[1].mean()) / spread if spread > 0 else None
    why = "" if d is not None else "All words have the same bias, or there are only two."
    size = Figure(
        "effect_size", "Effect size d over attribute words", d, 0.0, n=len(bias), of="attribute words", note=why,
        least=-2.0, most=2.0,
    )  # fmt: skip
    return [headline, size, *means]


def _mean(name: str, title: str, part: np.ndarray, seed: int) -> Figure:
    low, high, note = _bounds([part], seed)
    interval = BOOTSTRAP if low is not None else ""
    return Figure(name, title, float(part.mean()), 0.0, low, high, interval, len(part), "attribute words", note)


def _bounds(parts: Sequence[np.ndarray], seed: int) -> tuple[float | None, float | None, str]:
    """Percentile bounds of the first mean, less the second where there is one; each part resampled by itself."""
    from core.evaluation.intervals import RESAMPLES, draw

    if min(map(len, parts)) < 2:
        return None, None, "One attribute word: no interval over words."
    rng = np.random.default_rng(seed)
    means = [draw(rng, RESAMPLES, len(part)) @ part / len(part) for part in parts]
    low, high = np.percentile(means[0] - (means[1] if len(means) > 1 else 0.0), [2.5, 97.5])
    return float(low), float(high), ""


def _kept(
    test: WordTest, found: Associations, targets: Sequence[str], attributes: Sequence[str]
) -> tuple[WordTest, dict[str, tuple[str, ...]]]:
    """The test without words that the tokenizer does not know in some template; UserProblem where a set is empty."""
    missing = np.isnan(found.values).any(axis=2)
    bad = {word for word, row in zip(attributes, missing.T, strict=True) if row.all()}
    known = [number for number, word in enumerate(attributes) if word not in bad]
    bad |= {word for word, row in zip(targets, missing[:, known], strict=True) if row.any() or not known}
    kept = test.kept(word for word in test.words if word not in bad)
    lost = {one.name: tuple(word for word in one.words if word in bad) for one in test.sets}
    for one in kept.sets:
        if not one.words:
            raise UserProblem(
                f"The tokenizer knows no word of {one.name!r}.", "At least one word a set is wanted.",
                "Choose other words, or a model of this language.",
            )  # fmt: skip
    return kept, {name: words for name, words in lost.items() if words}


def _tables(
    test: WordTest, found: Associations, chosen: tuple[list[int], list[int]], bias: np.ndarray, sentences: Sequence[str]
) -> dict[str, pd.DataFrame]:
    left, right = chosen
    of = [one.name for one in test.attributes for _ in one.words]
    words = [word for one in test.attributes for word in one.words]
    signs = np.array([1 if name == of[0] else -1 for name in of])
    parts = [bias[signs == sign].mean(axis=0) for sign in (1, -1) if (signs == sign).any()]
    by_word = pd.DataFrame({
        "attribute": words, "set": of, "bias": bias.mean(axis=1), "least over templates": bias.min(axis=1),
        "most over templates": bias.max(axis=1), "pieces": found.attribute_pieces[right],
    })  # fmt: skip
    by_template = pd.DataFrame({"template": sentences, "bias": parts[0] - (parts[1] if len(parts) > 1 else 0.0)})
    return {"Templates": by_template, "Attributes": by_word, "Associations": _long(test, found, left, right, sentences)}


def _long(
    test: WordTest, found: Associations, left: list[int], right: list[int], sentences: Sequence[str]
) -> pd.DataFrame:
    """A row a target, attribute and template."""
    targets = [(one.name, word) for one in test.targets for word in one.words]
    attributes = [word for one in test.attributes for word in one.words]
    rows = [(group, word, attribute, one) for group, word in targets for attribute in attributes for one in sentences]
    table = pd.DataFrame(rows, columns=["group", "target", "attribute", "template"])
    table["ln p, attribute shown"] = found.shown[left][:, right].ravel()
    table["ln p, attribute masked"] = found.prior[left][:, right].ravel()
    table["association"] = found.values[left][:, right].ravel()
    table["target pieces"] = np.repeat(found.target_pieces[left], len(attributes) * len(sentences))
    return table


MEASURE = Measure(
    name="log_probability",
    title="Log-probability bias",
    summary="How much an attribute in a sentence raises the probability of one group's words over the other's.",
    family="masked",
    needs="masked_head",
    config=LogProbabilityConfig,
    compute=compute,
    source="Kurita, Vyas, Pareek, Black and Tsvetkov 2019, Workshop on Gender Bias in NLP",
    says="How much more the first group's words gain over their prior than the second group's when the attribute is "
    "shown, in nats: at 0.69 it is twice as much.",
    criticisms=(
        Criticism(
            "A template is a choice: other sentences give other values, so each template's own value is listed.",
            "Delobelle, Tokpo, Calders and Berendt 2022",
        ),
        Criticism(
            "Masking an attribute of several pieces tells the prior how long it is.",
            "Bartl, Nissim and Gatt 2020 mask every piece, as is done here",
        ),
        Criticism(
            "Targets of several pieces are less likely than whole ones; chained probabilities compare badly with them.",
            "said of this product's own way of chaining",
        ),
        Criticism(
            "No reliable correlation between such measures and the bias of applications has been found.",
            "Goldfarb-Tarrant et al. 2021",
        ),
    ),
    neutral=0.0,
    upward="{a} raises {first} more than {second}",
    downward="{a} raises {second} more than {first}",
    swap="negates",
    targets=(2,),
    attributes=(1, 2),
    order=63,
)
