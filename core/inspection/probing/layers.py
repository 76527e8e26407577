"""Probing all layers of a model on one dataset (Alain and Bengio 2016; Tenney et al. 2019; Hewitt and Liang 2019)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.data.examples import Examples, LabelledData
from core.encoding.cache import VectorCache
from core.errors import UserProblem
from core.evaluation.baselines import majority_scores
from core.evaluation.decisions import Decided
from core.inspection.probing.best import best_by, draws_of, score_of
from core.inspection.probing.control_task import ControlTask, control_task
from core.inspection.probing.drawn import TEST, TRAIN, VALIDATION, Drawn, draw
from core.inspection.probing.probe import Fitted, fit_probe
from core.inspection.probing.result import METRICS, Probing
from core.inspection.probing.sentence_vectors import MAX_LENGTH, RULES, SentenceVectors, sentence_vectors
from core.progress import Progress, Report, ShouldStop, never, silent

if TYPE_CHECKING:
    from core.inspection.subject import Subject

Places = tuple[np.ndarray, np.ndarray, np.ndarray]


def probe_layers(
    subject: Subject,
    data: LabelledData,
    *,
    rule: str = "mean",
    train: int = TRAIN,
    validation: int = VALIDATION,
    test: int = TEST,
    max_length: int = MAX_LENGTH,
    seed: int = 0,
    cache: VectorCache | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Probing:
    """Probe every layer and the static vectors; UserProblem for rows that allow none, Stopped when asked to stop."""
    if rule not in RULES:
        raise UserProblem(f"There is no pooling {rule!r}.", f"A text's vector is one of: {', '.join(RULES)}.")
    rows = draw(data, train=train, validation=validation, test=test, seed=seed)
    texts, pairs = _together(rows)
    vectors = sentence_vectors(
        subject, texts, pairs, rule=rule, max_length=max_length, cache=cache, report=report, should_stop=should_stop
    )
    places, targets, notes = _usable(rows, vectors)
    classes = len(data.labels)
    readings = tuple([vectors.readings[row] for row in split] for split in places)
    control = control_task(readings, targets[0], classes, seed=seed)
    fitted = _all_probes(vectors, places, targets, control, classes, report, should_stop)
    return _result(data, vectors, targets, control, fitted, (rule, max_length, seed), rows.notes + notes)


def _together(rows: Drawn) -> tuple[list[str], list[str] | None]:
    splits: tuple[Examples, ...] = (rows.train, rows.validation, rows.test)
    texts = [text for split in splits for text in split.texts]
    if rows.train.pairs is None:
        return texts, None
    return texts, [text for split in splits for text in split.pairs or ()]


def _usable(rows: Drawn, vectors: SentenceVectors) -> tuple[Places, Places, tuple[str, ...]]:
    """Row numbers of each split that have a vector, their targets, and what was lost."""
    edges = np.cumsum([0, len(rows.train), len(rows.validation), len(rows.test)])
    targets = np.concatenate([rows.train.targets, rows.validation.targets, rows.test.targets])
    found = [np.flatnonzero(vectors.usable[start:end]) + start for start, end in zip(edges, edges[1:], strict=False)]
    if not all(len(split) for split in found):
        raise UserProblem("The tokenizer finds no piece in these texts.", "Texts that this model can read are wanted.")
    notes = []
    if lost := len(vectors.static) - sum(map(len, found)):
        notes.append(f"{_texts(lost)} left out: the tokenizer finds no piece there.")
    if vectors.truncated:
        notes.append(f"{_texts(vectors.truncated)} cut: the model was shown the beginning only.")
    train, validation, test = found
    return (train, validation, test), (targets[train], targets[validation], targets[test]), tuple(notes)


def _texts(count: int) -> str:
    return "1 text was" if count == 1 else f"{count:,} texts were"


def _all_probes(
    vectors: SentenceVectors,
    places: Places,
    targets: Places,
    control: ControlTask,
    classes: int,
    report: Report,
    should_stop: ShouldStop,
) -> list[tuple[Fitted, Fitted]]:
    """For the static vectors and every layer: the probe, and the probe of the control task."""
    fitted = []
    depth = vectors.layers.shape[1]
    both = (targets, (control.train, control.validation, control.test))
    for number in range(-1, depth):
        values = vectors.static if number < 0 else vectors.layers[:, number]
        train, validation, test = (values[split] for split in places)
        task, other = (fit_probe((train, validation, test), each, classes, should_stop) for each in both)
        fitted.append((task, other))
        report(Progress("probes", number + 2, depth + 1))
    return fitted


def _result(
    data: LabelledData,
    vectors: SentenceVectors,
    targets: Places,
    control: ControlTask,
    fitted: list[tuple[Fitted, Fitted]],
    settings: tuple[str, int, int],
    notes: tuple[str, ...],
) -> Probing:
    rule, max_length, seed = settings
    classes = len(data.labels)
    commonest = np.bincount(targets[0], minlength=classes).argmax()
    flat = Decided(targets[2], np.full(len(targets[2]), commonest), classes)
    drawn = [(draws_of(task.decided, seed), draws_of(other.decided, seed)) for task, other in fitted]
    scores = [
        score_of(None if not number else number - 1, *both, *draws)
        for number, (both, draws) in enumerate(zip(fitted, drawn, strict=True))
    ]
    layers = [draws for draws, _ in drawn[1:]]
    best = {name: best_by(name, scores, layers, drawn[0][0], draws_of(flat, seed)) for name in METRICS}
    lazy = int(np.bincount(control.train, minlength=classes).argmax())
    return Probing(
        tuple(scores[1:]), scores[0], majority_scores(targets[0], targets[2], data.labels, "single_label"), best,
        data.labels, dict(zip(("train", "validation", "test"), map(len, targets), strict=True)), rule, max_length, seed,
        control.place, control.types, control.seen, float((control.test == lazy).mean()), vectors.computed, notes,
    )  # fmt: skip
