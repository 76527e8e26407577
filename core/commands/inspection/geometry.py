"""`inspect geometry`: how the vectors of words lie in space, layer by layer."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from core.commands.answer import Answer, table
from core.commands.inspection import asking
from core.commands.options import Verbs, verb, workspace

if TYPE_CHECKING:
    from core.inspection.geometry.result import Geometry

COLUMNS = {
    "layer": "layer", "baseline": "baseline", "self_similarity": "self", "self_similarity_adjusted": "self adj",
    "intra_sentence": "intra", "intra_sentence_adjusted": "intra adj", "variance": "variance",
    "variance_random": "random", "variance_adjusted": "variance adj", "largest_share": "largest dim",
}  # fmt: skip


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "geometry", "How much a word's vector depends on its sentence, by layer.", geometry)
    asking.model_option(parser)
    parser.add_argument("--dataset", metavar="NAME[/VERSION]", help="rows or raw text (default: the shipped sentences)")
    parser.add_argument("--max-sentences", type=int, default=1_000, metavar="N", help="drawn at most (default 1,000)")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.add_argument("--occurrences", type=int, default=5, metavar="N", help="of a word, for self-similarity (5)")
    parser.add_argument("--no-marks", action="store_true", help="leave punctuation out")
    parser.add_argument("--adjusted", choices=("yes", "no"), default="yes", help="what the picture shows")
    parser.add_argument("--again", action="store_true", help="measure anew, even where a result is kept")
    asking.file_options(parser)


def geometry(asked: argparse.Namespace) -> Answer:
    """Measure, or take what was measured before."""
    from core.inspection.charts import geometry as charts
    from core.inspection.geometry.result import Settings
    from core.jobs import inspected_geometry

    settings = replace(
        Settings(), sentences=asked.max_sentences, seed=asked.seed, occurrences=asked.occurrences,
        marks=not asked.no_marks,
    ).check()  # fmt: skip
    found, before = inspected_geometry.measured(
        workspace(), asking.subject(asked), asked.dataset, settings, again=asked.again
    )
    frame, said = charts.frame(found), charts.statement(found)
    chart = charts.chart(frame, adjusted=asked.adjusted == "yes") if asked.picture else None
    written = asking.write(asked, list(frame.columns), list(frame.itertuples(index=False, name=None)), chart)
    corpus = asked.dataset or "the shipped sentences"
    value = {**found.to_json(), "corpus": corpus, "kept": before, "statement": list(said)}
    told = [*said, counted(found, corpus) + (" Kept from before; --again measures anew." if before else "")]
    return Answer(value, "\n\n".join(filter(None, [_table(found), "\n".join([*told, *found.notes]), written])))


def counted(found: Geometry, corpus: str) -> str:
    """What was measured, in a sentence."""
    of = found.counts
    return (
        f"{of['sentences']:,} sentences of {corpus}, seed {found.settings.seed}: {of['words']:,} words; baseline from "
        f"{of['sampled']:,} occurrences, self-similarity of {of['self_words']:,} words ({of['self_occurrences']:,} "
        f"occurrences), variance of {of['variance_words']:,} words ({of['variance_occurrences']:,} occurrences)."
    )


def _table(found: Geometry) -> str:
    rows = [
        [one.layer, *(f"{getattr(one, name):.3f}" for name in COLUMNS if name != "layer")] for one in found.layers
    ]  # fmt: skip
    return table(tuple(COLUMNS.values()), rows)
