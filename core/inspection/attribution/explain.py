"""One attribution: read the text, choose the label, score, and put the scores on words."""

from __future__ import annotations

import numpy as np

from core.errors import UserProblem
from core.inference.classifier import Classifier, probabilities_of
from core.inspection.attribution import words
from core.inspection.attribution.method import Options, Raw
from core.inspection.attribution.methods import METHODS, method_named
from core.inspection.attribution.result import Attribution
from core.inspection.attribution.sight import Sight, look
from core.inspection.attribution.target import Target, target
from core.progress import Report, ShouldStop, never, silent


def attribute(
    classifier: Classifier,
    text: str,
    pair: str | None = None,
    *,
    method: str | None = None,
    label: str | None = None,
    contrast: bool = False,
    unit: str = "auto",
    options: Options | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Attribution:
    """Scores of the words of a text for one label, in logits.

    `method`: a name of METHODS (None: the first that works on this classifier). `label`: None explains the likeliest.
    `contrast`: explain the difference to the best other label. `unit`: "word", "sentence", or "auto" (words up to 200).
    Raises UserProblem for a text without words and for what this classifier cannot do, Stopped when asked to stop.
    """
    sight = look(classifier, text, pair, unit=unit)
    return attribute_sight(
        sight, method=method, label=label, contrast=contrast, options=options, report=report, should_stop=should_stop
    )


def attribute_sight(
    sight: Sight,
    *,
    method: str | None = None,
    label: str | None = None,
    contrast: bool = False,
    options: Options | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Attribution:
    """As `attribute`, for a text that was read before: several methods share one reading."""
    chosen = method_named(method or methods_for(sight.kind)[0])
    if sight.kind not in chosen.kinds:
        raise UserProblem(
            f"{chosen.title} does not work on this classifier.",
            f"Its methods are: {', '.join(methods_for(sight.kind))}.",
        )
    wanted = target(sight.classifier, sight.logits, label, contrast)
    raw = chosen.scores(sight, wanted, options or Options(), report, should_stop)
    return _attribution(sight, chosen.name, wanted, raw)


def methods_for(kind: str) -> list[str]:
    """Names of the methods that work on a kind of scorer, the best first choice first."""
    return [name for name, one in METHODS.items() if kind in one.kinds]


def _attribution(sight: Sight, method: str, wanted: Target, raw: Raw) -> Attribution:
    names, pieces = sight.classifier.labels, raw.pieces
    scores = raw.units if pieces is None else words.by_unit(pieces, sight.units)
    probability = probabilities_of(
        sight.logits[None].astype(np.float32), sight.classifier.problem_type, sight.classifier.temperature
    )
    return Attribution(
        method=method,
        label=names[wanted.label],
        against=None if wanted.against is None else names[wanted.against],
        unit=sight.unit,
        texts=sight.texts,
        seen=sight.seen,
        units=sight.units,
        scores=np.asarray(scores, dtype=np.float64),
        signed=METHODS[method].signed,
        value=float(wanted.of(sight.logits)),
        probability=float(probability[0, wanted.label]),
        baseline=raw.baseline,
        points=raw.points,
        error=raw.error,
        pieces=() if pieces is None else sight.pieces,
        piece_scores=pieces,
        specials=raw.specials if pieces is None else words.specials(pieces, sight.units, sight.pieces),
        terms=raw.terms,
        notes=(*sight.notes, *raw.notes),
    )
