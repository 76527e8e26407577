"""`inspect probing`: a linear probe on every layer of a model, beside static vectors, majority and control labels."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.commands.answer import Answer, facts, metric, plain, table
from core.commands.inspection import asking
from core.commands.options import Verbs, verb, workspace

if TYPE_CHECKING:
    from core.inspection.probing.result import Probing

TRAIN, TEST, MAX_LENGTH = 2_000, 1_000, 128


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "probing", "Which layer knows the labels of a dataset: a linear probe a layer.", probing)
    asking.model_option(parser)
    parser.add_argument("--dataset", required=True, metavar="NAME[/VERSION]", help="labelled rows, one label each")
    parser.add_argument("--pooling", choices=("mean", "first"), default="mean", help="of a text's pieces")
    parser.add_argument("--metric", choices=("accuracy", "f1_macro"), default="accuracy", help="told and drawn")
    parser.add_argument("--train", type=int, default=TRAIN, metavar="N", help=f"training rows at most ({TRAIN:,})")
    parser.add_argument("--test", type=int, default=TEST, metavar="N", help=f"test rows at most ({TEST:,})")
    parser.add_argument("--max-length", type=int, default=MAX_LENGTH, metavar="T", help="pieces of a text (128)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="of the drawing and the control (0)")
    asking.file_options(parser)


def probing(asked: argparse.Namespace) -> Answer:
    """Probe every layer and tell which is best, and whether the rows can tell."""
    from core.data import dataset
    from core.inspection.charts import probing as charts
    from core.inspection.probing.layers import probe_layers
    from core.inspection.probing.verdict import verdicts
    from core.jobs.submit import labelled
    from registry import datasets

    registry = workspace()
    with registry.read() as session:
        version = datasets.get(session, asked.dataset)
    labelled(version)
    found = probe_layers(
        asking.subject(asked), dataset.read(registry.artifacts.local(version.artifact)), rule=asked.pooling,
        train=asked.train, test=asked.test, max_length=asked.max_length, seed=asked.seed, cache=asking.cache(),
    )  # fmt: skip
    told = verdicts(found, asked.metric)
    drawn = charts.chart(charts.frame(found, asked.metric), asked.metric) if asked.picture else None
    written = asking.write(asked, *found.table, drawn)
    value = {"dataset": version.spec, **plain(found.to_json()), "verdicts": list(told)}
    return Answer(value, _text(found, version.spec, told, written))


def _text(found: Probing, spec: str, told: tuple[str, ...], written: str) -> str:
    rows = [
        (
            score.name, metric(score.accuracy.to_json()), metric(score.f1_macro.to_json()),
            metric(score.control.to_json()), metric(score.selectivity.to_json()), score.strength,
        )
        for score in (found.static, *found.layers)
    ]  # fmt: skip
    head = facts(
        {
            "dataset": spec,
            "rows": ", ".join(f"{count:,} {split}" for split, count in found.rows.items()),
            "vector of a text": found.rule,
            "majority": f"{found.majority['label']}: {found.majority['accuracy']:.3f}",
            "control": f"labels by {found.control_place} word, {100 * found.control_seen:.0f} % of test texts known",
            "texts read": f"{found.computed:,} (the others came from the cache)",
            "notes": " ".join(found.notes),
        }
    )
    shown = table(("layer", "accuracy", "macro-F1", "control", "selectivity", "C"), rows)
    return "\n\n".join(part for part in (head, shown, "\n".join(told), written) if part)
