"""Hard debiasing: a direction is taken out of every word that is not about the attribute, pairs are made equal.

Source: Bolukbasi, Chang, Zou, Saligrama and Kalai 2016. The paper learns which words are about gender by nature; here
they are named: the words of the pairs stay as they are, and those of the attribute sets where that is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.bias.audited import STATIC
from core.bias.debiasing import direction as maths
from core.bias.debiasing.pairs import Pairs, pairs_of
from core.bias.inputs import Inputs
from core.bias.measure import Criticism
from core.bias.mitigation import HIDES, Material, Mitigated, Mitigation, Recoverable
from core.errors import Stopped, UserProblem
from core.progress import Progress, Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited

CHUNK = 50_000  # rows between two looks at Stop
MOST = 500  # words a side by which it is tried whether the attribute can be found again (Gonen and Goldberg 2019)


@dataclass(frozen=True)
class HardDebiasConfig(Config):
    """Settings of `hard_debias`."""

    lengths: str = option(
        "auto", title="Lengths", choices=("auto", "unit", "keep"),
        help="unit: every vector has length 1, as in the paper. keep: each word keeps its own length. By itself: unit "
        "for a table of word vectors, keep for the input embedding of a BERT, where the length matters.",
    )  # fmt: skip
    equalise: bool = option(True, title="Equalise", help="Make the pairs equally far from every neutral word.")
    leave: bool = option(
        False, title="Leave attribute words", help="Words of the list's attribute sets stay as they are, as words that "
        "are about the attribute by nature; else the list's pairs alone do.", advanced=True,
    )  # fmt: skip
    seed: int = option(0, title="Seed", help="Sets the folds of the check.", minimum=0, maximum=2**31, advanced=True)


def apply(
    audited: Audited, inputs: Inputs, settings: HardDebiasConfig, *, material: Material, out: Path, report: Report,
    should_stop: ShouldStop,
) -> Mitigated:  # fmt: skip
    """Write the changed table into `out`, as a table of word vectors or as the BERT with other input embeddings."""
    wanted = pairs_of(inputs.words)
    assert inputs.words is not None  # noqa: S101 - pairs_of says so
    sets = inputs.words.sets if settings.leave else inputs.words.targets
    specific = {word.casefold() for one in sets for word in one.words}
    static = audited.kind == STATIC
    unit = settings.lengths == "unit" or (settings.lengths == "auto" and static)
    if static:
        from safetensors.numpy import load_file

        from core.bias.vectors.static import TENSOR, VECTORS, save_static

        names = list(audited.static.words)
        rows = load_file(audited.folder / VECTORS)[TENSOR]
        places = {word: place for word in wanted.words if (place := audited.static.find(word)) is not None}
        done = _debiased(rows, names, np.arange(len(rows)), places, wanted, specific, settings.equalise, unit,
                         report, should_stop)  # fmt: skip
        save_static(out, names, rows)
        return done
    from core.bias.debiasing import embedding_table

    known = embedding_table.words(audited.tokenizer)
    rows = embedding_table.table(audited.folder)
    reads = {word: known.get(word, known.get(word.lower())) for word in wanted.words}
    places = {word: place for word, place in reads.items() if place is not None}
    done = _debiased(rows, list(known), np.array(list(known.values())), places, wanted, specific, settings.equalise,
                     unit, report, should_stop)  # fmt: skip
    changed = embedding_table.copy_with(audited.folder, rows, out)
    notes = (
        "The input embedding of words of one piece was changed; pieces of longer words, positions and layers were not. "
        "What the layers make of a word depends on its context too.",
        *(("A head for masked words shares this table and was changed with it.",) if len(changed) > 1 else ()),
    )
    return Mitigated(done.facts, (*done.notes, *notes), done.recoverable)


def _debiased(
    rows: np.ndarray, names: list[str], ids: np.ndarray, places: Mapping[str, int], wanted: Pairs, specific: set[str],
    equalise: bool, unit: bool, report: Report, should_stop: ShouldStop,
) -> Mitigated:  # fmt: skip
    """Change `rows` in place; `ids` are the rows of `names`, `places` those of the pairs' words."""
    pairs = wanted.known(places)
    first, second = (rows[[places[pair[side]] for pair in pairs.pairs]].astype(np.float64) for side in (0, 1))
    v, shares = _direction(maths.units(first), maths.units(second))
    neutral = np.array([name.casefold() not in specific for name in names], dtype=bool)
    lean = np.concatenate([maths.units(rows[ids[part]].astype(np.float64)) @ v for part in _parts(len(ids))])
    chosen, sides = _leaning(lean, neutral)
    before = maths.units(rows[ids[chosen]].astype(np.float64))
    turned = _neutralise(rows, ids, neutral, v, unit, report, should_stop)
    equal, skipped = _equalise(rows, places, pairs, v, unit) if equalise else (0, ())
    facts: dict[str, Any] = {
        "pairs": len(pairs.pairs), "explained": float(shares[0]), "neutralised": int(neutral.sum()),
        "left": int((~neutral).sum()), "equalised": equal, "turned": turned, "lengths": "unit" if unit else "keep",
    }  # fmt: skip
    said = f"{len(chosen):,} neutral words: the half that leaned furthest to each side before"
    recoverable = Recoverable(before, maths.units(rows[ids[chosen]].astype(np.float64)), sides, said)
    return Mitigated(facts, (*pairs.notes, *_notes(shares, len(pairs.pairs), skipped)), recoverable)


def _direction(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    try:
        return maths.direction(first, second)
    except ValueError:
        raise UserProblem(
            "The two words of every pair have the same vector.", "Pairs that differ are wanted.", "Name other pairs."
        ) from None


def _leaning(lean: np.ndarray, neutral: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The neutral words that lean furthest to each side, equally many, and their side."""
    order = np.flatnonzero(neutral)[np.argsort(lean[neutral], kind="stable")]
    k = min(MOST, len(order) // 4)
    return np.concatenate([order[:k], order[len(order) - k :]]), np.arange(2 * k) >= k


def _neutralise(
    rows: np.ndarray, ids: np.ndarray, neutral: np.ndarray, v: np.ndarray, unit: bool, report: Report,
    should_stop: ShouldStop,
) -> float:  # fmt: skip
    """Take v out of the neutral rows; the mean cosine of a neutral word with itself before."""
    total = 0.0
    for part in _parts(len(ids)):
        if should_stop() is not None:
            raise Stopped
        report(Progress("Taking the direction out", step=part.start, steps=len(ids)))
        places, free = ids[part], neutral[part]
        old = rows[places].astype(np.float64)
        lengths = np.linalg.norm(old, axis=1, keepdims=True)
        base = maths.units(old)
        new = np.where(free[:, None], maths.neutralised(base, v, unit=True), base)
        total += float((base * new)[free].sum())
        rows[places] = new if unit else new * lengths
    return total / max(1, int(neutral.sum()))


def _equalise(
    rows: np.ndarray, places: Mapping[str, int], pairs: Pairs, v: np.ndarray, unit: bool
) -> tuple[int, tuple[str, ...]]:
    """Make each pair equal; how many, and the pairs that could not be."""
    skipped = []
    for a, b in pairs.pairs:
        both = rows[[places[a], places[b]]].astype(np.float64)
        first, second = maths.units(both)
        found = maths.equalised(first, second, v)
        if found is None:
            skipped.append(f"{a} / {b}")
            continue
        length = 1.0 if unit else float(np.linalg.norm(both, axis=1).mean())
        rows[places[a]], rows[places[b]] = found[0] * length, found[1] * length
    return len(pairs.pairs) - len(skipped), tuple(skipped)


def _notes(shares: np.ndarray, pairs: int, skipped: tuple[str, ...]) -> tuple[str, ...]:
    notes = [f"One direction holds {shares[0]:.0%} of what tells the two sides of {pairs} pairs apart."]
    if pairs < 4:
        notes.append("So few pairs make a direction of their own quirks; the paper takes ten.")
    if skipped:
        notes.append(f"These pairs could not be made equal: {', '.join(skipped)}.")
    return tuple(notes)


def _parts(count: int) -> list[slice]:
    return [slice(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK)] or [slice(0, 0)]


MITIGATION = Mitigation(
    name="hard_debias",
    title="Hard debiasing",
    summary="Takes one direction out of every word that is not about the attribute, and makes the pairs equal.",
    kinds=(STATIC, "pretrained"),
    config=HardDebiasConfig,
    apply=apply,
    source="Bolukbasi, Chang, Zou, Saligrama and Kalai 2016",
    says="Neutral words no longer lie nearer to one word of a pair than to the other. They may still lie together with "
    "the words that leaned to the same side.",
    criticisms=(
        HIDES,
        Criticism(
            "With the direction gone, associations can turn round instead of vanishing.",
            "see the sign of the measures after it",
        ),
    ),
    targets=(2,),
    attributes=None,
    aligned=True,
    left="words that are about the attribute by nature and stay as they are",
    order=10,
)
