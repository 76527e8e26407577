"""`pretrain`: queue a pre-training on raw text, wait for it, tell what it brought."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.commands.answer import Answer, facts
from core.commands.options import Verbs, me, settings, verb, workspace
from core.commands.waiting import wait
from registry import models

if TYPE_CHECKING:
    from registry.records import ModelVersion, Run
    from registry.session import Registry


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(verbs, "pretrain", "Pre-train BERT on raw text: masked words, next sentences.", pretrain)
    parser.add_argument("--dataset", required=True, metavar="NAME[/VERSION]", help="a corpus of raw text")
    parser.add_argument("--base", required=True, metavar="MODEL", help="model to go on from, or scratch")
    parser.add_argument("--name", required=True, help="name of the model; it gets the next version")
    parser.add_argument("--general", metavar="NAME[/VERSION]", help="raw text on which forgetting is measured")
    parser.add_argument("--downstream", metavar="NAME[/VERSION]", help="labelled rows to compare parent and child on")
    parser.add_argument("--seed", type=int, metavar="S")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument("--detach", action="store_true", help="do not wait for the end")


def pretrain(asked: argparse.Namespace) -> Answer:
    """Submit, and unless --detach wait."""
    from core.jobs import submit_pretraining

    registry = workspace()
    run = submit_pretraining.pretrain(
        registry,
        dataset=asked.dataset,
        base=asked.base,
        name=asked.name,
        parameters=settings(asked.settings, asked.seed),
        who=me(),
        general=asked.general,
        downstream=asked.downstream,
    )
    if asked.detach:
        return Answer({"run": run}, f"Run {run.id} is queued. Follow it with: python -m core runs show {run.id}")
    return _told(registry, wait(registry, run))


def _told(registry: Registry, run: Run) -> Answer:
    with registry.read() as session:
        version = models.get(session, run.result["model_version"])
    return Answer({"run": run, "model": version}, _text(version))


def _text(version: ModelVersion) -> str:
    proof = version.facts.get("proof", {})
    said = {f"{number}": sentence for number, sentence in enumerate(proof.get("sentences", ()), 1)}
    return facts({"model": version.spec, "base": version.facts.get("base"), **said})
