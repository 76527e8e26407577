"""`inspect attribution`: which words made a classifier give a label, by one method or several."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, facts, table
from core.commands.inspection import asking
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.inference.classifier import Classifier
    from core.inspection.attribution import Attribution, Sight
    from core.inspection.attribution.agreement import Agreement
    from core.inspection.attribution.faithfulness import Checked

METHODS = ("contributions", "occlusion", "integrated_gradients", "gradient_norm", "attention")
BASELINES, REPLACEMENTS, UNITS = ("pad", "mask", "zero"), ("mask", "delete"), ("auto", "word", "sentence")


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "attribution", "Which words made a classifier give a label.", attribution)
    parser.add_argument("--model", required=True, metavar="MODEL", help="a classifier: name, name/3 or name@alias")
    parser.add_argument("--text", required=True, metavar="TEXT", help="what it reads")
    parser.add_argument("--pair", metavar="TEXT", help="a second text beside it")
    parser.add_argument(
        "--method", action="append", choices=METHODS, metavar="METHOD",
        help=f"{', '.join(METHODS)}; may be repeated (default: the first that works on the model)",
    )  # fmt: skip
    parser.add_argument("--all-methods", action="store_true", help="every method that works on the model")
    parser.add_argument("--label", metavar="LABEL", help="the label to explain (default: the likeliest)")
    parser.add_argument("--contrast", action="store_true", help="explain its logit minus that of the best other label")
    parser.add_argument("--unit", choices=UNITS, default="auto", help="what is scored (default: words, up to 200)")
    parser.add_argument("--part", type=int, metavar="N", help="explain this part of a text too long to be seen")
    parser.add_argument("--baseline", choices=BASELINES, default="pad", help="where integrated gradients start")
    parser.add_argument("--replacement", choices=REPLACEMENTS, default="mask", help="what occlusion does with a word")
    parser.add_argument("--faithfulness", action="store_true", help="take the top words out and look, beside chance")
    asking.file_options(parser)


def attribution(asked: argparse.Namespace) -> Answer:
    """Read the text once, score it by every method asked for, and compare them."""
    from core.inspection.attribution import attribute_sight, look
    from core.inspection.attribution.agreement import agreements
    from core.inspection.attribution.explain import methods_for
    from core.inspection.attribution.faithfulness import check
    from core.inspection.attribution.method import Options
    from core.jobs import model_loading

    _, classifier = model_loading.load(workspace(), asked.model)
    text = asked.text if asked.part is None else _part(classifier, asked)
    sight = look(classifier, text, asked.pair, unit=asked.unit)
    names = methods_for(sight.kind)
    chosen = names if asked.all_methods else list(dict.fromkeys(asked.method or names[:1]))
    options = Options(asked.baseline, asked.replacement)
    found = [
        attribute_sight(sight, method=name, label=asked.label, contrast=asked.contrast, options=options)
        for name in chosen
    ]
    checked = check(sight, found) if asked.faithfulness else None
    return _answer(asked, sight, found, agreements(found), checked)


def _part(classifier: Classifier, asked: argparse.Namespace) -> str:
    from core.inspection.attribution.windows import spans

    places = spans(classifier, asked.text)
    if asked.pair is not None:
        raise UserProblem("A pair of texts has no parts.", "", "Leave --part or --pair away.")
    if not 1 <= asked.part <= len(places):
        raise UserProblem(f"There is no part {asked.part}.", f"The text has parts 1 to {len(places)}.")
    start, end = places[asked.part - 1]
    return str(asked.text[start:end])


def _answer(
    asked: argparse.Namespace,
    sight: Sight,
    found: Sequence[Attribution],
    pairs: Sequence[Agreement],
    checked: Checked | None,
) -> Answer:
    from core.inspection.attribution import table as tables
    from core.inspection.attribution.methods import METHODS as DECLARED
    from core.inspection.charts import attribution as chart

    titles = {name: one.title for name, one in DECLARED.items()}
    headers, rows = tables.headers(found), tables.rows(found)
    drawn = chart.bars(chart.frame(found, titles), f"Why {found[0].label}?") if asked.picture else None
    written = asking.write(asked, headers, rows, drawn)
    value: dict[str, Any] = {
        "label": found[0].label, "against": found[0].against, "probability": found[0].probability,
        "value": found[0].value, "unit": sight.unit, "attributions": [one.to_json() for one in found],
        "agreement": list(pairs), "faithfulness": checked,
    }  # fmt: skip
    told = [facts(_said(found, titles, checked, written)), table(headers, [_short(row) for row in rows])]
    if pairs:
        told.append(table(("method", "and", "rank correlation", "top words shared"), [_pair(one) for one in pairs]))
    return Answer(value, "\n\n".join(told))


def _said(
    found: Sequence[Attribution], titles: dict[str, str], checked: Checked | None, written: str
) -> dict[str, object]:
    first = found[0]
    said: dict[str, object] = {
        "label": first.label + (f" against {first.against}" if first.against else ""),
        "probability": f"{first.probability:.4f}",
        "logit": f"{first.value:.4f}",
    }
    for one in found:
        points = "" if one.error is None else f"; {one.points} points, completeness error {one.error:.3%}"
        said[one.method] = one.adds_up + points
    for name, figures in (checked.methods if checked else {}).items():
        said[titles[name]] = f"comprehensiveness {figures.comprehensiveness:.3f}, sufficiency {figures.sufficiency:.3f}"
    if checked:
        chance = checked.chance
        said["random order, taken out"] = (
            f"comprehensiveness {chance.mean.comprehensiveness:.3f} +- {chance.spread.comprehensiveness:.3f}, "
            f"sufficiency {chance.mean.sufficiency:.3f} +- {chance.spread.sufficiency:.3f}, {chance.draws} draws"
        )
    notes = dict.fromkeys(note for one in found for note in one.notes)
    return {**said, "notes": " ".join(notes), "files": written}


def _short(row: Sequence[object]) -> list[object]:
    cells = ["" if cell is None else f"{cell:+.4f}" if isinstance(cell, float) else cell for cell in row]
    return [" ".join(cell.split()) if isinstance(cell, str) else cell for cell in cells]


def _pair(one: Agreement) -> tuple[str, str, str, str]:
    rank = "-" if one.rank is None else f"{one.rank:+.3f}" + ("" if one.signed else " of sizes")
    return one.first, one.second, rank, f"{one.shared} of {one.top}"
