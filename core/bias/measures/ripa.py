"""RIPA: how far words lie along the direction from one word of a pair to the other.

Source: Ethayarajh, Duvenaud and Hirst 2019, ACL P19-1166; the arithmetic is in core/bias/associations/ripa.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.associations import resampling, ripa
from core.bias.associations.given import Given, look_up
from core.bias.associations.pairs import paired
from core.bias.audited import STATIC
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.vectors.kinds import VectorConfig
from core.progress import Report, ShouldStop
from core.training.contract import option

if TYPE_CHECKING:
    from core.bias.audited import Audited

PRINCIPAL, EACH = "common direction", "each pair's own"
OF_BERT = (
    "The vectors come from a BERT. That the score stands for a ratio of co-occurrences was shown for word2vec (SGNS) "
    "and GloVe only; here it is a length along a direction and no more."
)


@dataclass(frozen=True)
class RipaConfig(VectorConfig):
    """Settings of RIPA."""

    direction: str = option(
        PRINCIPAL, title="Direction", choices=(PRINCIPAL, EACH),
        help="The first principal component of the pairs' differences, as the paper has it for several pairs; or the "
        "mean of the scores along each pair's own direction.",
    )  # fmt: skip


@dataclass(frozen=True)
class _Taken:
    """Pairs, words, and the two matrices that everything follows from."""

    pairs: tuple[tuple[str, str], ...]
    words: pd.DataFrame  # columns word, set
    gram: np.ndarray
    products: np.ndarray

    def value(self, principal: bool) -> float | None:
        """Mean over the words; None where the common direction has no sign."""
        each = (
            ripa.along_principal(self.gram, self.products)
            if principal
            else ripa.along_each(self.gram, self.products).mean(axis=0)
        )
        return float(each.mean()) if np.isfinite(each).all() else None


def compute(
    audited: Audited, inputs: Inputs, settings: RipaConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """Mean RIPA over the attribute words, with both ways to a direction, words and pairs in tables."""
    given = look_up(audited, inputs, settings, targets=(2,), attributes=None, report=report, should_stop=should_stop)
    notes = [*(note for note in given.notes if "differ in size" not in note)]
    if audited.kind != STATIC:
        notes.append(OF_BERT)
    taken, why = _taken(inputs, given, notes)
    if taken is None:
        headline = Figure("ripa", "Mean RIPA", None, 0.0, note=why)
        return Found(headline, (), {}, given.vectors.said, tuple(notes), given.lost)
    principal = settings.direction == PRINCIPAL
    return Found(
        _headline(taken, principal, settings.seed), tuple(_figures(taken, principal)),
        {"pairs": _pair_table(taken, principal), "words": _word_table(taken)},
        f"{given.vectors.said}; not normalised; pairs by position: {_told(taken.pairs)}", tuple(notes), given.lost,
    )  # fmt: skip


def _taken(inputs: Inputs, given: Given, notes: list[str]) -> tuple[_Taken | None, str]:
    """The matrices, or why there are none; pairs that were left out go to `notes`."""
    assert inputs.words is not None
    known = {word for one in given.targets for word in one.words}
    first_set, second_set = inputs.words.targets
    found = paired(first_set, second_set, known)
    notes += found.notes
    if given.empty or not found.kept:
        return None, given.empty or "No pair has vectors for both of its words."
    first, second = (given.vectors.of([pair[side] for pair in found.kept]) for side in (0, 1))
    differences, words = first - second, given.rows(*given.attributes)
    longest = max(np.linalg.norm(rows, axis=1).max() for rows in (first, second))
    apart = np.linalg.norm(differences, axis=1) > ripa.TINY * longest
    same = [" – ".join(pair) for pair, ok in zip(found.kept, apart, strict=True) if not ok]
    if same:
        notes.append(f"Pairs left out, because both words have the same vector: {', '.join(same[:8])}.")
    if not apart.any():
        return None, "The two words of every pair have the same vector; there is no direction between them."
    kept = tuple(pair for pair, ok in zip(found.kept, apart, strict=True) if ok)
    if len(kept) < 3:
        notes.append(f"{len(kept)} {'pair' if len(kept) == 1 else 'pairs'}: the direction rests on very few words.")
    table = pd.DataFrame([(word, one.name) for one in given.attributes for word in one.words], columns=["word", "set"])
    left = differences[apart]
    return _Taken(kept, table, left @ left.T, left @ words.T), ""


def _told(pairs: tuple[tuple[str, str], ...]) -> str:
    """The first pairs, so that a reader sees whether the lists are aligned."""
    more = f" and {len(pairs) - 3} more" if len(pairs) > 3 else ""
    return ", ".join(" – ".join(pair) for pair in pairs[:3]) + more


def _headline(taken: _Taken, principal: bool, seed: int) -> Figure:
    value = taken.value(principal)
    low, high = None, None
    if len(taken.pairs) > 1 and value is not None:
        places = resampling.places(len(taken.pairs), seed)
        low, high = resampling.bounds(ripa.resampled(taken.gram, taken.products, places, principal))
    note = "" if value is not None else (
        "The pairs point to opposite sides: their common direction has no positive end. Look at the pairs."
    )  # fmt: skip
    return Figure(
        "ripa", "Mean RIPA", value, 0.0, low, high, resampling.said("pairs") if low is not None else "",
        len(taken.pairs), "pairs", note,
    )  # fmt: skip


def _figures(taken: _Taken, principal: bool) -> list[Figure]:
    """The other direction, what the pairs share, and the mean a set of attributes."""
    other, size = taken.value(not principal), len(taken.words)
    title = f"Mean RIPA, {EACH if principal else PRINCIPAL}"
    share = ripa.shared(taken.gram)[0]
    found = [
        Figure("other_direction", title, other, 0.0, n=size, of="words", note="" if other is not None else "No sign."),
        Figure("shared", "Part of the pairs' differences along their common direction", share, n=len(taken.pairs),
               of="pairs", note="1: all pairs differ in the same way. One pair is always 1.", least=0.0, most=1.0),
    ]  # fmt: skip
    scores = _scores(taken, principal)
    either = float(np.abs(scores).mean())
    note = "The mean cancels where words lie on both sides; this does not, and is never 0 by chance."
    found.append(Figure("either_way", "Mean RIPA without its sign", either, 0.0, n=size, of="words",
                        note=note if np.isfinite(either) else "No sign."))  # fmt: skip
    if taken.words["set"].nunique() > 1:
        for name, rows in taken.words.groupby("set", sort=False):
            value = float(scores[rows.index].mean())
            note = "" if np.isfinite(value) else "No sign."
            found.append(Figure(f"set_{len(found)}", f"Mean RIPA, {name}", value, 0.0, n=len(rows), of="words",
                                note=note))  # fmt: skip
    return found


def _scores(taken: _Taken, principal: bool) -> np.ndarray:
    if principal:
        return ripa.along_principal(taken.gram, taken.products)
    return np.asarray(ripa.along_each(taken.gram, taken.products).mean(axis=0))


def _pair_table(taken: _Taken, principal: bool) -> pd.DataFrame:
    """|x - y|, the cosine with the common direction, and the headline without the pair."""
    return pd.DataFrame(
        {
            "pair": [" – ".join(pair) for pair in taken.pairs],
            "distance between the two": np.sqrt(np.diag(taken.gram)),
            "cosine with the common direction": ripa.shared(taken.gram)[1],
            "mean RIPA along it": ripa.along_each(taken.gram, taken.products).mean(axis=1),
            "headline without it": ripa.without_each(taken.gram, taken.products, principal),
        }
    )


def _word_table(taken: _Taken) -> pd.DataFrame:
    """RIPA of every word both ways, and how much the pairs disagree."""
    each = ripa.along_each(taken.gram, taken.products)
    table = taken.words.assign(
        **{
            "RIPA": ripa.along_principal(taken.gram, taken.products),
            "mean over pairs": each.mean(axis=0),
            "standard deviation over pairs": each.std(axis=0, ddof=1) if len(each) > 1 else np.nan,
        }
    )
    return table.sort_values("mean over pairs", ignore_index=True)


MEASURE = Measure(
    name="ripa",
    title="RIPA",
    summary="Where words lie on the line between the two words of a pair, such as she and he.",
    family="words",
    needs="word_vectors",
    config=RipaConfig,
    compute=compute,
    source="Ethayarajh, Duvenaud and Hirst 2019, ACL P19-1166",
    says="How far the attribute words lie towards the first word of the pairs (above 0) or the second (below 0), in "
    "the units of the vectors.",
    criticisms=(
        Criticism(
            "Words are not normalised, so the score grows with a vector's length: no comparison between models.",
            "Ethayarajh, Duvenaud and Hirst 2019",
        ),
        Criticism(
            "Its reading as a ratio of co-occurrences holds for SGNS and, nearly, GloVe; it says nothing of BERT.",
            "Ethayarajh, Duvenaud and Hirst 2019",
        ),
        Criticism(
            "It needs pairs that differ in the group alone, such as he and she; names that merely stand at the same "
            "place in two lists are no pairs.",
            "Ethayarajh, Duvenaud and Hirst 2019",
        ),
        Criticism(
            "The pairs carry bias of their own, and results move when a few of them are changed.",
            "Antoniak and Mimno 2021",
        ),
    ),
    neutral=0.0,
    upward="the words lie towards {first}",
    downward="the words lie towards {second}",
    swap="negates",
    targets=(2,),
    attributes=None,
    order=20,
    metadata={"aligned": True, "lists": ("Gender pairs, occupations",)},
)
