"""`evaluate` and `compare`: scores of a model, and two models on the same rows."""

from __future__ import annotations

import argparse

from core.commands.answer import Answer, facts, metric, plain, table
from core.commands.options import Verbs, me, verb, workspace
from core.commands.waiting import wait
from registry import scores
from registry.records import Score


def add(verbs: Verbs) -> None:
    """Add both verbs."""
    score = verb(verbs, "evaluate", "Score a model on a split of a dataset.", evaluate)
    score.add_argument("--model", required=True)
    score.add_argument("--dataset", required=True, metavar="NAME[/VERSION]")
    score.add_argument("--split", default="test", choices=("train", "validation", "test"))
    pair = verb(verbs, "compare", "Compare two models on the same rows.", compare)
    pair.add_argument("--models", required=True, nargs=2, metavar=("A", "B"))
    pair.add_argument("--dataset", required=True, metavar="NAME[/VERSION]")
    pair.add_argument("--split", default="test", choices=("train", "validation", "test"))


def evaluate(asked: argparse.Namespace) -> Answer:
    """Queue the scoring, wait, tell."""
    from core.jobs import submit

    registry = workspace()
    run = submit.evaluate(registry, model=asked.model, dataset=asked.dataset, split=asked.split, who=me())
    run = wait(registry, run)
    with registry.read() as session:
        score = scores.latest(session, run.config["model"], run.config["dataset"], asked.split)
    assert score is not None
    return Answer({"run": run, "score": score}, _text(run.config["model_spec"], run.config["dataset_spec"], score))


def compare(asked: argparse.Namespace) -> Answer:
    """Paired comparison on stored predictions."""
    from core.jobs import comparison

    found = comparison.compare(workspace(), asked.models[0], asked.models[1], dataset=asked.dataset, split=asked.split)
    values = plain(found.to_json())
    rows = [(name, metric(difference)) for name, difference in values.get("differences", {}).items()]
    return Answer(values, f"{found.verdict}\n\n{table(('difference', 'A minus B'), rows)}")


def _text(model: str, dataset: str, score: Score) -> str:
    shown = {name: metric(value) for name, value in score.metrics.items()}
    return facts({"model": model, "dataset": dataset, "split": score.split, "rows": score.rows, **shown})
