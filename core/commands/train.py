"""`train`: queue a run, wait for it, tell its scores."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.commands.answer import Answer, facts, metric
from core.commands.options import Verbs, me, settings, verb, workspace
from core.commands.waiting import wait
from registry import models, scores
from registry.records import ModelVersion, Run, Score

if TYPE_CHECKING:
    from registry.session import Registry

BUNDLED = "all-MiniLM-L6-v2"


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(verbs, "train", "Train a model on a dataset and score it.", train)
    parser.add_argument("--dataset", required=True, metavar="NAME[/VERSION]")
    parser.add_argument("--method", required=True, help="tfidf, linear_probe or full")
    parser.add_argument("--base", metavar="MODEL", default=BUNDLED, help=f"model to start from (default: {BUNDLED})")
    parser.add_argument("--name", required=True, help="name of the model; it gets the next version")
    parser.add_argument("--seed", type=int, metavar="S")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument("--detach", action="store_true", help="do not wait for the end")


def train(asked: argparse.Namespace) -> Answer:
    """Submit, and unless --detach wait."""
    from core.jobs import submit

    registry = workspace()
    run = submit.fine_tune(
        registry,
        dataset=asked.dataset,
        method=asked.method,
        base=asked.base,
        name=asked.name,
        parameters=settings(asked.settings, asked.seed),
        who=me(),
    )
    if asked.detach:
        return Answer({"run": run}, f"Run {run.id} is queued. Follow it with: python -m core runs show {run.id}")
    return _trained(registry, wait(registry, run))


def _trained(registry: Registry, run: Run) -> Answer:
    with registry.read() as session:
        version = models.get(session, run.result["model_version"])
        found = scores.of_model(session, version.id)
    return Answer({"run": run, "model": version, "scores": found}, _text(version, found))


def _text(version: ModelVersion, found: Sequence[Score]) -> str:
    test = {
        f"{score.split} macro-F1": f"{metric(score.metrics.get('f1_macro'))} on {score.rows} rows" for score in found
    }
    accuracy = {f"{score.split} accuracy": metric(score.metrics.get("accuracy")) for score in found}
    return facts({"model": version.spec, **test, **accuracy})
