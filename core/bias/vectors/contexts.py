"""The mean of a word's vectors over many sentences that hold it.

Sentences: those of given texts, or, without texts, neutral ones of our own (core/bias/sentences/templates.py). Source
of the mean over contexts: Bommasani et al. 2020, ACL, section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.bias.sentences.filled import Sentence, filled
from core.bias.sentences.in_texts import in_texts
from core.bias.sentences.templates import neutral
from core.bias.sentences.word_kinds import kind_of
from core.errors import UserProblem
from core.inspection.word_vectors import Occurrence, word_vectors

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from core.bias.vectors.kinds import VectorConfig, Vectors
    from core.progress import Report, ShouldStop

AT_ONCE = 512  # sentences whose states of all layers are held at a time
FEW = 5  # sentences below which a word's mean is its sentences' more than its own


def look_up(
    audited: Audited,
    words: tuple[str, ...],
    settings: VectorConfig,
    contexts: Sequence[str] | None,
    report: Report,
    should_stop: ShouldStop,
) -> Vectors:
    """Rows (n, H); a word that stands in none of the texts, or has no piece, is lost."""
    from core.bias.vectors.kinds import Vectors

    chosen, notes = sentences(words, contexts, settings, report, should_stop)
    rows, lost = in_contexts(audited, chosen, settings, report, should_stop)
    kept = tuple(word for word in words if word in rows)
    if not kept:
        raise UserProblem(
            "None of the words stands in the texts.", "Sentences with the words are wanted.",
            "Choose other texts, or none: neutral sentences are then used.",
        )  # fmt: skip
    means = np.stack([rows[word].mean(axis=0) for word in kept])
    return Vectors(kept, means, lost, said(audited, settings, contexts), notes)


def sentences(
    words: Sequence[str], contexts: Sequence[str] | None, settings: VectorConfig, report: Report,
    should_stop: ShouldStop,
) -> tuple[dict[str, list[Sentence]], tuple[str, ...]]:  # fmt: skip
    """Word -> its sentences, and what to know about how many there are."""
    if contexts is None:
        made = {word: [filled(template, word) for template in neutral(kind_of(word))] for word in words}
        return {word: some[: settings.occurrences] for word, some in made.items()}, ()
    found = in_texts(
        contexts, words, most=settings.occurrences, seed=settings.seed, report=report, should_stop=should_stop
    )
    few = [f"{word} {one.total}" for word, one in found.items() if 0 < one.total < FEW]
    counts = [len(one.sentences) for one in found.values() if one.sentences]
    notes = [] if not counts else [
        f"Sentences a word: {min(counts)} to {max(counts)}, {sum(counts):,} in all, of "
        f"{sum(one.total for one in found.values()):,} found in {len(set(contexts)):,} texts."
    ]  # fmt: skip
    if few:
        notes.append(f"Fewer than {FEW} sentences: {', '.join(few)}.")
    return {word: one.sentences for word, one in found.items()}, tuple(notes)


def in_contexts(
    audited: Audited, chosen: dict[str, list[Sentence]], settings: VectorConfig, report: Report,
    should_stop: ShouldStop,
) -> tuple[dict[str, np.ndarray], dict[str, str]]:  # fmt: skip
    """Word -> rows (c, H) float64 of its c sentences at the layer, and why a word has none."""
    from core.bias.vectors.layer import layer_of

    layer, pooling = layer_of(audited, settings.layer), pieces(settings)
    flat = [sentence for some in chosen.values() for sentence in some]
    rows = np.full((len(flat), audited.subject.hidden), np.nan)
    problems: list[str] = []
    for start in range(0, len(flat), AT_ONCE):
        part = [Occurrence(one.text, one.start, one.end) for one in flat[start : start + AT_ONCE]]
        found = word_vectors(
            audited.subject, part, pooling=pooling, cache=audited.cache, report=report, should_stop=should_stop
        )
        rows[start : start + AT_ONCE] = found.layers[:, layer]
        problems += found.problems
    return _by_word(chosen, rows, problems)


def _by_word(
    chosen: dict[str, list[Sentence]], rows: np.ndarray, problems: list[str]
) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    found: dict[str, np.ndarray] = {}
    lost: dict[str, str] = {}
    start = 0
    for word, some in chosen.items():
        part = range(start, start + len(some))
        start += len(some)
        usable = [place for place in part if not problems[place]]
        if usable:
            found[word] = rows[usable]
        else:
            lost[word] = problems[part[0]] if some else "it stands in none of the texts"
    return found, lost


def pieces(settings: VectorConfig) -> str:
    """How a word's pieces are pooled; cls is for sentences, so a word in one falls back to the mean."""
    return "mean" if settings.pooling == "cls" else settings.pooling


def said(audited: Audited, settings: VectorConfig, contexts: Sequence[str] | None) -> str:
    """The kind in words."""
    from core.bias.vectors.layer import layer_of

    which = "neutral sentences of ours" if contexts is None else f"up to {settings.occurrences} sentences of the texts"
    layer = layer_of(audited, settings.layer)
    return f"mean over {which}, {pieces(settings)} of its pieces at layer {layer} of {audited.subject.layers}"
