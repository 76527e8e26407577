"""What every bias measure keeps, whoever adds it: a whole declaration, and the properties that it declares.

Measures of words are taken of a table of random vectors.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields

import numpy as np
import pytest

from core.bias import found, told
from core.bias.audited import Audited
from core.bias.charts import charts_of
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Measure
from core.bias.measures import MEASURES
from core.errors import UserProblem
from core.training.contract import Config
from tests.core.bias.measuring import measured, words

NAMES = list(MEASURES)
OF_VECTORS = [name for name, one in MEASURES.items() if one.needs == "word_vectors" and one.takes_words]
WIDE = 12
Made = Callable[[Mapping[str, Sequence[float]]], Audited]


def numbered(letter: str, size: int) -> list[str]:
    return [f"{letter}{number}" for number in range(size)]


def sets_for(measure: Measure, size: int = 8) -> Inputs:
    """Word sets that the measure takes: the least number of targets and attributes above one, where it may choose."""
    counts = [
        sorted(given)[-1] if given else 2 if given is None else 0 for given in (measure.targets, measure.attributes)
    ]
    targets = {f"Group {n}": numbered("xyz"[n], size) for n in range(counts[0])}
    attributes = {f"Side {n}": numbered("abc"[n], size) for n in range(counts[1])}
    return words(targets, attributes)


def vectors(inputs: Inputs, seed: int = 3) -> dict[str, list[float]]:
    """Random vectors; attributes lie apart, so that measures that learn sides can learn them."""
    assert inputs.words is not None
    rng, rows = np.random.default_rng(seed), {}
    for number, one in enumerate(inputs.words.sets):
        shift = np.zeros(WIDE)
        shift[number] = 3.0 if one in inputs.words.attributes else 0.5
        rows |= {word: (rng.normal(size=WIDE) + shift).tolist() for word in one.words}
    return rows


def figures(one: Found) -> list[Figure]:
    return [one.headline, *one.figures]


@pytest.mark.parametrize("name", NAMES)
def test_a_declaration_is_whole(name: str) -> None:
    one = MEASURES[name]
    assert name == one.name and name.isidentifier() and name == name.lower() and len(name) <= 50
    assert one.title and one.summary.endswith(".") and one.says.endswith(".") and one.source
    assert one.upward and one.downward and issubclass(one.config, Config)
    assert one.criticisms and all(each.sentence.endswith(".") and each.source for each in one.criticisms)
    assert one.takes_words or one.columns or one.needs in ("classifier", "tokenizer")
    assert one.neutral is None or math.isfinite(one.neutral)
    for each in fields(one.config):
        assert each.metadata["title"] and each.metadata["help"], f"{each.name} says nothing in a form"
    assert one.config.from_json(one.config().to_json()) == one.config()
    assert json.dumps(one.config().to_json())


@pytest.mark.parametrize("name", NAMES)
def test_directions_are_sentences_with_every_place_filled(name: str) -> None:
    one = MEASURES[name]
    given = {"words": {"targets": {"Men": [], "Women": []}, "attributes": {"Career": [], "Family": []}}}
    for value in (-1e9, 1e9):
        for inputs in (given, {"words": None}):
            assert "{" not in told.direction(one, value, inputs)


@pytest.mark.parametrize("name", OF_VECTORS)
def test_a_result_is_whole_and_survives_the_disk(
    name: str, table: Made, tmp_path_factory: pytest.TempPathFactory
) -> None:
    given = sets_for(MEASURES[name])
    one = measured(name, table(vectors(given)), given)
    assert one.headline.value is not None and one.sample and one.tables and not one.lost
    for figure in figures(one):
        assert figure.title and (figure.value is not None or figure.note)
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high and figure.interval, f"{figure.name} has an interval of no kind"
        if figure.chance is not None:
            assert 0 < figure.chance.smallest <= figure.chance.p <= 1
            assert 0 < figure.chance.low <= figure.chance.p <= figure.chance.high <= 1
    low, high = MEASURES[name].low, MEASURES[name].high
    assert (low is None or low <= one.headline.value) and (high is None or one.headline.value <= high)
    folder = tmp_path_factory.mktemp("found")
    found.write(one, folder)
    assert found.read(folder).to_json() == one.to_json()
    json.dumps(one.to_json(), allow_nan=False)
    for drawn in charts_of(name, found.read(folder), given.to_json()):
        assert drawn.title and drawn.alt and drawn.chart.to_dict(validate=True)


@pytest.mark.parametrize("name", OF_VECTORS)
def test_the_same_seed_finds_the_same(name: str, table: Made) -> None:
    given = sets_for(MEASURES[name])
    rows = vectors(given)
    assert measured(name, table(rows), given, seed=7).to_json() == measured(name, table(rows), given, seed=7).to_json()


@pytest.mark.parametrize("name", [name for name in OF_VECTORS if MEASURES[name].swap != "none"])
def test_swapping_the_targets_does_what_is_declared(name: str, table: Made) -> None:
    measure = MEASURES[name]
    given = sets_for(measure)
    assert given.words is not None and measure.neutral is not None
    rows, said = vectors(given), given.words.to_json()
    turned = words(dict(reversed(said["targets"].items())), said["attributes"])
    before, after = (measured(name, table(rows), each).headline.value for each in (given, turned))
    assert before is not None and after is not None
    sign = -1 if measure.swap == "negates" else 1
    assert after - measure.neutral == pytest.approx(sign * (before - measure.neutral), abs=1e-9)


@pytest.mark.parametrize("name", OF_VECTORS)
def test_the_order_of_words_is_irrelevant(name: str, table: Made) -> None:
    if MEASURES[name].metadata.get("aligned"):
        pytest.skip("its words are pairs by position")
    given = sets_for(MEASURES[name])
    assert given.words is not None
    rows, said = vectors(given), given.words.to_json()
    turned = words(*({key: each[::-1] for key, each in said[side].items()} for side in ("targets", "attributes")))
    before, after = (measured(name, table(rows), each).headline.value for each in (given, turned))
    assert after == pytest.approx(before, rel=0.02 if MEASURES[name].metadata.get("drawn") else 1e-9)


@pytest.mark.parametrize("name", OF_VECTORS)
def test_lost_words_are_named_by_set(name: str, table: Made) -> None:
    given = sets_for(MEASURES[name])
    rows = vectors(given)
    del rows["x3"]
    one = measured(name, table(rows), given)
    assert "x3" in one.lost.get("Group 0", ())
    assert one.headline.value is not None or one.headline.note


def broken(case: str, given: Inputs) -> tuple[Inputs, dict[str, list[float]]]:
    """Inputs and vectors that somebody gets wrong."""
    assert given.words is not None
    said, rows = given.words.to_json(), vectors(given)
    first = next(iter(said["targets"]))
    if case == "all words lost":
        for word in said["targets"][first]:
            del rows[word]
    elif case == "doubled words":
        said["targets"][first] = [*said["targets"][first], said["targets"][first][0]]
    elif case == "one word":
        said["targets"][first] = said["targets"][first][:1]
    elif case == "unequal":
        said["targets"][first] = said["targets"][first][:5]
    elif case == "identical vectors":
        rows = dict.fromkeys(rows, [1.0] * WIDE)
    elif case == "zero vectors":
        rows[said["targets"][first][0]] = [0.0] * WIDE
    elif case == "target among the attributes" and said["attributes"]:
        side = next(iter(said["attributes"]))
        said["attributes"][side] = [*said["attributes"][side][:-1], said["targets"][first][0]]
    elif case == "empty set":
        said["targets"][first] = []
    elif case == "other scripts":
        rename = {word: f"слово-{word}-词" for word in said["targets"][first]}
        rows = {rename.get(word, word): row for word, row in rows.items()}
        said["targets"][first] = list(rename.values())
    return words(said["targets"], said["attributes"]), rows


CASES = (
    "all words lost", "doubled words", "one word", "unequal", "identical vectors", "zero vectors",
    "target among the attributes", "empty set", "other scripts",
)  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", OF_VECTORS)
def test_misuse_is_a_sentence_and_never_nan(name: str, case: str, table: Made) -> None:
    given, rows = broken(case, sets_for(MEASURES[name]))
    try:
        one = measured(name, table(rows), given)
    except UserProblem as problem:
        assert str(problem) and case not in ("doubled words", "other scripts", "unequal", "target among the attributes")
        return
    for figure in figures(one):
        assert figure.value is None or math.isfinite(figure.value)
        assert figure.value is not None or figure.note
    told_of = [*one.warnings, *one.lost, *(figure.note for figure in figures(one))]
    if case in ("doubled words", "one word", "unequal", "identical vectors", "zero vectors"):
        assert any(told_of), f"{case} passed without a word"
