"""`inspect compare`: two models on the same sentences, before and after."""

from __future__ import annotations

import argparse
from itertools import islice
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, facts, metric, plain, table
from core.commands.inspection import asking
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.inspection.before_after.result import BeforeAfter
    from registry.records import ModelVersion

ROWS, SHOWN = 100, 15


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "compare", "Two models on the same sentences: what changed, layer by layer.", compare)
    asking.model_option(parser)
    parser.add_argument("--before", metavar="MODEL", help="the other model (default: what the first was trained from)")
    parser.add_argument("--sentence", action="append", default=[], metavar="TEXT", help="may be repeated")
    parser.add_argument("--dataset", metavar="NAME[/VERSION]", help="texts of a dataset instead")
    parser.add_argument("--rows", type=int, default=ROWS, metavar="N", help=f"texts of it, from the first ({ROWS})")
    parser.add_argument("--cosines", action="store_true", help="shifts between unrelated models too")
    parser.add_argument("--heads", action="store_true", help="how attention heads changed, over 20 texts")
    parser.add_argument("--words", action="store_true", help="--csv and the table hold words instead of layers")
    parser.add_argument("--measure", choices=("cka", "shift", "neighbours", "pairs"), default="cka", help="to draw")
    asking.file_options(parser)


def compare(asked: argparse.Namespace) -> Answer:
    """Compare vectors and neighbours, and heads where asked."""
    from core.inspection.before_after.comparing import compare as compared
    from core.inspection.before_after.verdict import verdicts
    from core.inspection.subject import Subject
    from core.jobs import ancestry, model_loading

    registry = workspace()
    before, after = _versions(asked)
    subjects = [Subject(model_loading.files(registry, version)) for version in (before, after)]
    found = compared(
        subjects[0], subjects[1], _texts(asked), cache=asking.cache(),
        related=asked.cosines or ancestry.related(registry, before, after),
    )  # fmt: skip
    headers, rows = found.word_table(len(found.pairs) - 1) if asked.words else found.layer_table
    written = asking.write(asked, headers, rows, _chart(asked, found) if asked.picture else None)
    told = verdicts(found)
    value: dict[str, Any] = {
        "before": before.spec, "after": after.spec, **plain(found.to_json()), "verdicts": list(told)
    }  # fmt: skip
    changed = _heads(subjects, found.texts) if asked.heads else []
    if asked.heads:
        value["heads"] = changed
    return Answer(value, _text(asked, found, (before.spec, after.spec), told, changed, written))


def _versions(asked: argparse.Namespace) -> tuple[ModelVersion, ModelVersion]:
    """Before and after; UserProblem where no other model is named and none is known."""
    from core.encoding.base_models import BUNDLED_NAME
    from core.jobs import ancestry
    from registry import models

    registry = workspace()
    with registry.read() as session:
        after = models.get(session, asked.model or BUNDLED_NAME)
        before = models.get(session, asked.before) if asked.before else None
    before = before or next(ancestry.ancestors(registry, after), None)
    if before is None:
        raise UserProblem(
            f"{after.spec} was not trained from a registered model.", "A second model is wanted.",
            "Name it with --before.",
        )  # fmt: skip
    return before, after


def _texts(asked: argparse.Namespace) -> list[str]:
    from core.jobs import inspecting

    if bool(asked.sentence) == bool(asked.dataset):
        raise UserProblem("Texts are wanted from one place.", "", "Give --sentence, once or more, or --dataset.")
    if asked.dataset:
        return list(islice(inspecting.texts(workspace(), asked.dataset), asked.rows))
    return list(asked.sentence)


def _chart(asked: argparse.Namespace, found: BeforeAfter) -> Any:
    from core.inspection.charts import before_after as charts

    if asked.measure == "pairs":
        return charts.matrix(charts.pairs(found))
    if asked.measure == "shift" and found.shift is None:
        raise UserProblem("There is no shift to draw.", found.why, "Draw cka or neighbours.")
    return charts.layers(charts.by_layer(found, asked.measure), asked.measure)


def _heads(subjects: list[Any], texts: tuple[str, ...]) -> list[dict[str, Any]]:
    from core.inspection.before_after.heads import heads_changed

    changed = heads_changed(subjects[0], subjects[1], texts)
    return changed.rows("entropy_share")


def _text(
    asked: argparse.Namespace,
    found: BeforeAfter,
    specs: tuple[str, str],
    told: tuple[str, ...],
    changed: list[dict[str, Any]],
    written: str,
) -> str:
    head = facts(
        {"before": specs[0], "after": specs[1], "words": f"{len(found.words):,} of {len(found.texts):,} texts",
         "read differently": f"{len(found.differing):,} words", "texts read": found.computed,
         "notes": " ".join(found.notes)}
    )  # fmt: skip
    parts = [head, _words(found) if asked.words else _layers(found), "\n".join(told)]
    if changed:
        rows = [[row["layer"], row["head"], *(f"{row[name]:.3f}" for name in ("before", "after", "change"))]
                for row in changed[:SHOWN]]  # fmt: skip
        parts.append(
            "Entropy of heads, the most changed:\n" + table(("layer", "head", "before", "after", "change"), rows)
        )
    return "\n\n".join(part for part in (*parts, written) if part)


def _layers(found: BeforeAfter) -> str:
    rows = [
        (
            found.name(number), metric(found.same[number].to_json()), f"{found.chance[number]:.3f}",
            metric(found.shifts[number].to_json()) if found.shifts else "-", f"{found.apart[number]:.3f}",
            metric(found.overlaps[number].to_json()), f"{found.overlap_chance:.3f}",
        )
        for number in range(len(found.pairs))
    ]  # fmt: skip
    return table(("layer", "CKA", "by chance", "shift", "other words", "neighbours kept", "by chance"), rows)


def _words(found: BeforeAfter) -> str:
    _, rows = found.word_table(len(found.pairs) - 1)
    shown = [(row[0], "-" if row[1] is None else f"{row[1]:.3f}", f"{row[2]:.2f}", row[3], row[4]) for row in rows]
    return table(("word", "shift", "neighbours kept", "nearest before", "nearest after"), shown[:SHOWN])
