"""`inspect senses`: which layer tells the senses of a word apart, on a person's own sentences; and their clusters."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, table
from core.commands.inspection import asking
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.inspection.senses.clusters import Clustering
    from core.inspection.senses.curve import SenseCurve
    from core.inspection.senses.sheet import Sheet

RULES = ("centroid", "1-NN", "5-NN")
MOST_BYTES = 20_000_000


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "senses", "Which layer tells the senses of a word apart, beside what needs no layer.", senses)
    asking.model_option(parser)
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument(
        "--sentences", type=Path, metavar="FILE", help="columns sense,sentence[,start,end][,word], UTF-8"
    )
    given.add_argument("--typed", type=Path, metavar="FILE", help="lines `sense: sentence with the [[word]]`")
    given.add_argument("--example", action="append", metavar="WORD", help="a ready example, or all; repeatable")
    parser.add_argument("--word", default="", help="the word, where sentences do not mark it")
    parser.add_argument("--rule", choices=RULES, default="centroid", help="who names the best layer (default centroid)")
    parser.add_argument("--pooling", choices=("mean", "first", "last"), default="mean", help="of a split word's pieces")
    parser.add_argument("--clusters", metavar="LAYER", help="also cluster at this layer, or last_four, or best")
    asking.file_options(parser)


def senses(asked: argparse.Namespace) -> Answer:
    """Measure the curve, and the clusters where they are asked for."""
    from core.inspection.charts import senses as charts
    from core.inspection.senses.curve import sense_curve
    from core.inspection.senses.statement import statement
    from core.jobs import inspecting

    found, subject = sheet(asked), asking.subject(asked)
    told = [*found.problems, *found.notes]
    if not found.rows:
        raise UserProblem("No sentence can be used. " + " ".join(told[:3]), "", "Mend the lines and try again.")
    background = inspecting.background(workspace(), subject, asked.pooling)
    curve = sense_curve(subject, found.rows, pooling=asked.pooling, background=background, cache=asking.cache())
    frame, said = charts.curve_frame(curve), statement(curve, asked.rule)
    clusters = _clusters(asked, curve) if asked.clusters else {}
    written = asking.write(
        asked,
        list(frame.columns),
        list(frame.itertuples(index=False, name=None)),
        charts.curve_chart(frame, asked.rule, z=True),
    )
    value = {
        **curve.to_json(), "rule": asked.rule, "statement": list(said), "left_out": told,
        "clusters": {word: [one.to_json() for one in each] for word, each in clusters.items()},
    }  # fmt: skip
    parts = ["\n".join(said), _table(curve), *(_clustered(*item) for item in clusters.items())]
    return Answer(value, "\n\n".join(filter(None, [*parts, "\n".join([*told, *curve.notes]), written])))


def sheet(asked: argparse.Namespace) -> Sheet:
    """The sentences that were asked for."""
    from core.inspection.homonym_examples import EXAMPLES
    from core.inspection.senses import writing

    if asked.example:
        words = list(EXAMPLES) if "all" in asked.example else asked.example
        if strange := [word for word in words if word not in EXAMPLES]:
            raise UserProblem(f"There is no example {strange[0]!r}.", f"Examples: {', '.join(EXAMPLES)}, all.")
        return writing.examples(words)
    path = asked.sentences or asked.typed
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise UserProblem(f"{path} is no file of at most {MOST_BYTES // 1_000_000} MB.", "", "Name another file.")
    data = path.read_bytes()
    return writing.csv_file(data, asked.word) if asked.sentences else writing.typed_file(data, asked.word)


def _clusters(asked: argparse.Namespace, curve: SenseCurve) -> dict[str, tuple[Clustering, ...]]:
    from core.inspection.senses.clusters import cluster
    from core.inspection.senses.scores import by_word
    from core.inspection.similarity import at_layer, parse

    best = curve.best[asked.rule].score.name.removeprefix("layer ")
    layer = parse(best if asked.clusters == "best" else asked.clusters, curve.layers)
    states = at_layer(curve.vectors.layers, layer)
    return {
        curve.rows[rows[0]].word: cluster(states[rows], [curve.rows[row].sense for row in rows])
        for rows in by_word(curve.rows)
    }


def _table(curve: SenseCurve) -> str:
    names = dict.fromkeys(one.name for one in curve.scores)
    rows = [(name, *(_cell(curve.score(name, rule)) for rule in RULES)) for name in names]
    return table(("vectors", *RULES), rows)


def _cell(one: Any) -> str:
    share = one.accuracy
    tied = f" {one.tied} tied" if one.tied else ""
    return f"{share.value:.3f} [{share.low:.3f}, {share.high:.3f}]{tied}"


def _clustered(word: str, found: tuple[Clustering, ...]) -> str:
    names = ("silhouette", "blob", "chance", "ari", "v_measure", "purity")
    rows = [(one.k, *(_figure(getattr(one, name)) for name in names)) for one in found]
    return f"Clusters of {word}\n" + table(("k", *names), rows)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
