"""`inspect word`: a word in several sentences: cosines at a layer, above chance, beside the static vectors."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from core.commands.answer import Answer, facts, table
from core.commands.inspection import asking, occurrences_asked
from core.commands.inspection.occurrences_asked import Asked
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.inspection.occurrence_pairs import Pairs
    from core.inspection.projection import Projected
    from core.inspection.words_in_context import InContext

PAIRED = 100  # occurrences that are compared pair by pair


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "word", "A word in context: cosines of its occurrences, layer by layer.", word)
    asking.model_option(parser)
    occurrences_asked.sentence_options(parser)
    parser.add_argument("--all", action="store_true", help="all occurrences of --word in a sentence, not the first")
    parser.add_argument("--example", metavar="WORD", help="ready sentences of a homonym, such as bank")
    parser.add_argument("--dataset", metavar="NAME[/VERSION]", help="look for --word in these texts")
    parser.add_argument("--limit", type=int, default=PAIRED, metavar="N", help=f"occurrences of it (1 to {PAIRED})")
    occurrences_asked.vector_options(parser)
    asking.file_options(parser)
    parser.add_argument("--drawn", choices=("matrix", "map"), default="matrix", help="what --picture shows")


def word(asked: argparse.Namespace) -> Answer:
    """Compare the occurrences, and write the files that were asked for."""
    from core.inspection import occurrence_pairs, similarity
    from core.inspection.words_in_context import in_context

    subject = asking.subject(asked)
    layer = similarity.parse(asked.layer, subject.layers)
    chosen = _chosen(asked)
    found = in_context(subject, chosen.placed, pooling=asked.pooling, cache=asking.cache())
    if not found.labels:
        raise UserProblem("No occurrence has a vector.", " ".join(found.problems), "Choose other words.")
    background = occurrences_asked.background(asked, subject)
    compared = occurrence_pairs.pairs(found.states, found.static, background, layer, standardised=asked.standardise)
    told = similarity.named(layer, subject.layers) + (", z-scored" if asked.standardise else "")
    maps = _maps(found, subject.layers)
    rows = occurrence_pairs.rows(compared, found.labels)
    groups = dict(zip(chosen.placed, chosen.groups, strict=True))
    chart = _chart(asked, found, compared, maps, [groups[each] for each in found.placed], told)
    written = asking.write(asked, occurrence_pairs.COLUMNS, rows, chart)
    notes = [*chosen.notes, *found.problems, *found.notes]
    value = {
        "layer": layer, "standardised": asked.standardise, "pooling": asked.pooling, "baseline": compared.baseline,
        "baselines": {str(one): background.baseline(one, asked.standardise) for one in background.choices},
        "background": {"texts": background.texts, "occurrences": background.occurrences},
        "random_pairs": compared.random_pairs,
        "occurrences": [_occurrence(found, place, groups[each]) for place, each in enumerate(found.placed)],
        "cosine": compared.cosine, "static": compared.static,
        "pairs": [dict(zip(occurrence_pairs.COLUMNS, row, strict=True)) for row in rows],
        "maps": maps, "notes": notes, "texts_computed": found.computed,
    }  # fmt: skip
    head = facts({"layer": told, "baseline": f"{compared.baseline:.3f}", "notes": " ".join(notes), "files": written})
    shown = [(a, b, *(f"{x:.3f}" for x in (c, d)), f"{p:.1f}", r, f"{s:.3f}") for a, b, c, d, p, r, s in rows]
    return Answer(value, f"{head}\n\n{table(occurrence_pairs.COLUMNS, shown, 'One occurrence: nothing to compare.')}")


def _chosen(asked: argparse.Namespace) -> Asked:
    if sum(map(bool, (asked.sentence, asked.example, asked.dataset))) != 1:
        raise UserProblem("Which sentences?", "Exactly one of --sentence, --example and --dataset was wanted.")
    if asked.example:
        return _example(asked.example)
    chosen = _dataset(asked) if asked.dataset else occurrences_asked.typed(asked, asked.all)
    if not chosen.placed:
        raise UserProblem(
            "No word was found.", " ".join(chosen.notes), 'Mark it, as in "The [[bank]] of the river", or give --word.'
        )
    if len(chosen.placed) > PAIRED:
        raise UserProblem(f"There are {len(chosen.placed)} occurrences.", f"At most {PAIRED} are compared.")
    return chosen


def _example(name: str) -> Asked:
    from core.inspection.homonym_examples import EXAMPLES, occurrences
    from core.inspection.occurrences import Placed

    if name not in EXAMPLES:
        raise UserProblem(f"There is no example {name!r}.", f"There are {', '.join(EXAMPLES)}.")
    rows = occurrences(name)
    placed = tuple(Placed(number, one) for number, (one, _) in enumerate(rows, start=1))
    return Asked(placed, tuple(sense for _, sense in rows), ())


def _dataset(asked: argparse.Namespace) -> Asked:
    from core.inspection.occurrences import Placed, sample, searching
    from core.jobs import inspecting

    if not asked.word or not 1 <= asked.limit <= PAIRED:
        raise UserProblem("A dataset is searched for a word.", f"--word and a --limit of 1 to {PAIRED} were wanted.")
    find = searching(asked.word, match_case=asked.match_case)
    found = sample(inspecting.texts(workspace(), asked.dataset), find, limit=asked.limit)
    placed = tuple(Placed(number, one) for number, one in enumerate(found.occurrences, start=1))
    note = f"{len(placed):,} of {found.total:,} occurrences in {found.texts:,} texts."
    return Asked(placed, tuple(one.word.lower() for one in found.occurrences), (note,))


def _maps(found: InContext, layers: int) -> list[Projected]:
    from core.inspection import projection

    return list(projection.pca(found.states, range(layers + 1))) if len(found.labels) >= projection.FEWEST else []


def _chart(
    asked: argparse.Namespace, found: InContext, compared: Pairs, maps: list[Projected], groups: list[str], told: str
) -> Any:
    from core.inspection.charts import projection, similarity

    if not asked.picture:
        return None
    if asked.drawn == "matrix":
        return similarity.both(similarity.frame(compared, found.labels), told)
    if not maps or not asked.layer.isdigit():
        raise UserProblem("No map can be drawn.", "At least 3 occurrences and a --layer by number were wanted.")
    shown = maps[int(asked.layer)]
    sentences = [projection.excerpt(o.text, o.start, o.end) for o in (each.occurrence for each in found.placed)]
    half = projection.reach([each.points for each in maps])
    return projection.scatter(projection.frame(shown.points, found.labels, groups, sentences), told, half)


def _occurrence(found: InContext, place: int, group: str) -> dict[str, Any]:
    each = found.placed[place]
    return {
        "label": found.labels[place], "sentence": each.sentence, "text": each.occurrence.text,
        "start": each.occurrence.start, "end": each.occurrence.end, "pieces": found.pieces[place], "group": group,
    }  # fmt: skip
