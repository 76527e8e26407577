"""Two model versions on the same rows, from the predictions that were stored when they were scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import UserProblem
from core.jobs import scoring
from core.jobs.submit import labelled
from registry import datasets, models, scores
from registry.records import DatasetVersion, Score

if TYPE_CHECKING:
    from core.evaluation.paired import Comparison, Judged
    from registry.session import Registry


def compare(registry: Registry, a: str, b: str, *, dataset: str, split: str = "test") -> Comparison:
    """Compare A with B; UserProblem when one was not scored there, or on other rows."""
    from core.evaluation import paired

    with registry.read() as session:
        first, second = models.get(session, a), models.get(session, b)
        data = datasets.get(session, dataset)
        labelled(data)
        found = [scores.latest(session, version.id, data.id, split) for version in (first, second)]
    labels = tuple(sorted({*first.labels, *second.labels}))
    return paired.compare(
        judged(registry, first.spec, data, split, found[0], labels),
        judged(registry, second.spec, data, split, found[1], labels),
    )


def judged(
    registry: Registry, name: str, data: DatasetVersion, split: str, score: Score | None, labels: tuple[str, ...]
) -> Judged:
    """What a score's stored predictions decide, under the name of their model; UserProblem where there is no score."""
    from core.evaluation.decisions import decide
    from core.evaluation.paired import Judged

    if score is None or score.artifact is None:
        raise UserProblem(
            f"{name} has no scores on the {split} rows of {data.spec}.",
            "",
            f"Run: python -m core evaluate --model {name} --dataset {data.spec} --split {split}",
        )
    stored = scoring.read(registry, score, labels)
    thresholds = scoring.thresholds_of(score, labels)
    decided = decide(stored.probabilities, stored.targets, scoring.problem_type(data), thresholds)
    return Judged(name, score.evaluation_hash, stored.row_ids, decided)
