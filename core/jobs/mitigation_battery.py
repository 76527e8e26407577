"""What is measured before and after a mitigation when nothing is chosen: what it works on, and what it does not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.bias import lexicon
from core.bias.audited import STATIC
from core.bias.counterfactual import templates
from core.bias.inputs import Inputs
from core.bias.measure import Measure
from core.bias.measures import MEASURES
from core.bias.vectors.kinds import TITLES
from core.bias.word_sets import WordTest
from core.jobs.auditing import Asked
from registry.records import ModelVersion

NAMES = "with names"  # tests whose words of gender are people's names: no pair holds them


def measures(version: ModelVersion, inputs: Inputs, dataset: str | None) -> list[Asked]:
    """Measures for this kind of model, as far as there are any."""
    if version.kind == "fine_tuned":
        return list(_of_classifiers(inputs, dataset))
    kinds = ("static",) if version.kind == STATIC else ("input_embedding", "layer")
    return [Asked("weat", given, {"vectors": kind}) for kind in kinds for given in tests()]


def offered(version: ModelVersion, inputs: Inputs, dataset: str | None) -> dict[str, Asked]:
    """What may be chosen, by what people read: what is taken by default, then other measures on the same lists."""
    found = measures(version, inputs, dataset)
    if version.kind != "fine_tuned":
        others = [one.name for one in MEASURES.values() if _on_words(one) and one.name != "weat"]
        found += [Asked(name, given, {}) for name in others for given in tests()]
    return {label(one): one for one in found}


def label(one: Asked) -> str:
    """`WEAT · WEAT 6 · input embedding`."""
    kind = str(one.settings.get("vectors", ""))
    parts = (MEASURES[one.measure].title, one.inputs.name, "" if kind == "static" else TITLES.get(kind, ""))
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _on_words(one: Measure) -> bool:
    """Whether it compares two sets by two others in vectors of words alone."""
    both = all(sets is None or 2 in sets for sets in (one.targets, one.attributes))
    return one.family == "words" and one.needs == "word_vectors" and both and not one.columns


def tests() -> list[Inputs]:
    """WEAT 6 to 8, and 7 and 8 with names for gender: of men and women, against work, science and arts."""
    six, seven, eight = (lexicon.test(f"WEAT {number}") for number in (6, 7, 8))
    named = [replace(test, name=f"{test.name} {NAMES}", attributes=six.targets, source=test.source)
             for test in (seven, eight)]  # fmt: skip
    return [_inputs(test) for test in (six, seven, eight, *named)]


def tuned(test: WordTest | None, inputs: Inputs) -> bool:
    """Whether the method was given words that the measure measures by."""
    if test is None or inputs.words is None:
        return False
    return bool({word.casefold() for word in test.words} & {word.casefold() for word in inputs.words.words})


def _inputs(test: WordTest) -> Inputs:
    return Inputs(test.name, test, None, test.source)


def _of_classifiers(given: Inputs, dataset: str | None) -> Iterator[Asked]:
    """Pairs by the method's own words and by words that it was not given, on ready sentences and on test rows; then
    groups compared by the same words. Test rows often mention a group too rarely to say anything."""
    gender, names = lexicon.test("Gender words"), lexicon.test("Names of men and women")
    own = given.words if given.words is not None and len(given.words.targets) > 1 else gender
    tests = [replace(test, attributes=()) for test in (own, gender if own.name == names.name else names)]
    for test in tests:
        if test.name in templates.OF_LISTS:
            yield Asked("counterfactual", templates.inputs(test), {})
        if dataset is not None:
            yield Asked("counterfactual", _inputs(test), {}, dataset, "test")
    if dataset is not None:
        yield from (Asked("subgroups", _inputs(test), {}, dataset, "test") for test in tests)
