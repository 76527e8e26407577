"""`inspect example`: one pre-training example, position by position."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, facts, table
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.pretraining.explanation import Explanation
    from core.pretraining.peek import Peek

OBJECTIVES = ("mlm", "mlm_nsp", "mlm_sop")
SCRATCH = "scratch"


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "example", "One example of a pre-training: pieces, masks, labels. Trains nothing.", example)
    parser.add_argument("--dataset", required=True, metavar="NAME[/VERSION]", help="a corpus of raw text")
    parser.add_argument("--base", metavar="MODEL", help="whose vocabulary, or scratch (default: the bundled model)")
    parser.add_argument("--objective", choices=OBJECTIVES, default="mlm_nsp")
    parser.add_argument("--number", type=int, default=1, metavar="N", help="which example, from 1 (default 1)")
    parser.add_argument("--epoch", type=int, default=1, metavar="E", help="which epoch, from 1 (default 1)")
    parser.add_argument("--max-length", type=int, default=128, metavar="T", help="pieces at most (default 128)")
    parser.add_argument("--whole-words", action="store_true", help="mask all pieces of a word together")
    parser.add_argument("--seed", type=int, default=42, metavar="S")


def example(asked: argparse.Namespace) -> Answer:
    """Read the first buffer of the epoch and show one example of it."""
    from core.pretraining.peek import peek

    if asked.epoch < 1:
        raise UserProblem(f"There is no epoch {asked.epoch}.", "", "Epochs count from 1.")
    found = peek(*_inputs(asked), epoch=asked.epoch - 1)
    shown = found.example(asked.number - 1)
    notes = list(found.notes)
    return Answer(
        {**shown.to_json(), "counts": shown.counts, "number": asked.number, "examples": len(found), "notes": notes},
        _text(asked, found, shown),
    )


def _inputs(asked: argparse.Namespace) -> tuple[Any, Any, Any]:
    """Corpus, config, and the folder of the base or None."""
    from core.data.corpus.store import open_corpus
    from core.encoding import base_models
    from core.jobs import model_loading
    from core.jobs.submit_pretraining import plain_bert, raw_text
    from core.pretraining.config import PretrainConfig
    from registry import datasets, models

    registry = workspace()
    values = {name: getattr(asked, name) for name in ("objective", "max_length", "whole_words", "seed")}
    config = PretrainConfig.from_json(values)
    with registry.read() as session:
        corpus = raw_text(datasets.get(session, asked.dataset))
        named = asked.base not in (None, SCRATCH)
        version = plain_bert(models.get(session, asked.base)) if named else None
    base = model_loading.files(registry, version) if version else None if asked.base else base_models.bundled()
    return open_corpus(registry.artifacts.local(corpus.artifact)), config, base


def _text(asked: argparse.Namespace, found: Peek, shown: Explanation) -> str:
    rows = [
        (each.position, each.segment, each.piece, each.original, each.fate if each.chosen else "", each.label or "")
        for each in shown.pieces
    ]
    told = facts(
        {
            "example": f"{asked.number} of {len(found):,}",
            "document": shown.document + 1,
            "pair": shown.pair_label,
            "chosen": ", ".join(f"{count} {fate}" for fate, count in shown.counts.items()),
            "seed": ", ".join(f"{name} {value}" for name, value in shown.seed.items()),
            "notes": " ".join((shown.note, *found.notes)).strip(),
        }
    )
    return f"{told}\n\n{table(('position', 'segment', 'seen', 'in the text', 'fate', 'label'), rows)}"
