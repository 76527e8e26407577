from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.bias.audited import Audited
from core.bias.inputs import Inputs
from core.bias.masked.templates import SHIPPED, made, templates
from core.errors import UserProblem
from tests.core.bias.conftest import Tiny
from tests.core.bias.masked.plainly import Plainly
from tests.core.bias.measuring import measured, words
from tests.core.inspection.fill_mask.masked_models import deaf

BOTH = "[TARGET] was [ATTRIBUTE] | the [ATTRIBUTE] is a [TARGET]"
TARGETS = {"X": ["pizza", "soup"], "Y": ["waiter", "pizzas"]}  # "pizzas" is two pieces
ATTRIBUTES = {"A": ["good", "lovely"], "B": ["bad", "cold"]}  # "lovely" is three


def test_words_are_put_in_and_found_again_whichever_comes_first() -> None:
    for template in ("[TARGET] was [ATTRIBUTE]", "the [ATTRIBUTE] of [TARGET]."):
        one = made(template, "soup", "very cold")
        assert one.text[slice(*one.target)] == "soup" and one.text[slice(*one.attribute)] == "very cold"
    assert made("[TARGET] [ATTRIBUTE]", "[ATTRIBUTE]", "x").text == "[ATTRIBUTE] x"


def test_shipped_templates_have_both_places_and_put_either_first() -> None:
    assert templates(None, "", "") == SHIPPED and len(SHIPPED) >= 8
    firsts = {one.index("[TARGET]") < one.index("[ATTRIBUTE]") for one in SHIPPED}
    assert firsts == {True, False}


@pytest.mark.parametrize(
    ("table", "typed", "said"),
    [
        (None, "[TARGET] only", "both"),
        (None, "[TARGET] [TARGET] [ATTRIBUTE]", "both"),
        (pd.DataFrame({"text": ["a"]}), "", "no column 'template'"),
        (pd.DataFrame({"template": [" "]}), "", "no template"),
    ],
)
def test_templates_that_cannot_be_used_are_refused(table: Any, typed: str, said: str) -> None:
    with pytest.raises(UserProblem, match=said):
        templates(table, typed, "own")


def association(plainly: Plainly, template: str, target: str, attribute: str) -> float:
    """The published rule, word by word: every position found by hand in a sentence of single words."""
    ids: list[int] = []
    at: dict[str, list[int]] = {}
    for word in ["[CLS]", *template.split(), "[SEP]"]:
        text = {"[TARGET]": target, "[ATTRIBUTE]": attribute}.get(word, word)
        pieces = plainly.bare(text)
        at[word] = list(range(len(ids), len(ids) + len(pieces)))
        ids += pieces
    mask, total = plainly.tokenizer.mask_token_id, 0.0
    for number, place in enumerate(at["[TARGET]"]):
        shown = [mask if where in at["[TARGET]"][number:] else id for where, id in enumerate(ids)]
        prior = [mask if where in at["[ATTRIBUTE]"] else id for where, id in enumerate(shown)]
        total += plainly.log(shown, place, ids[place]) - plainly.log(prior, place, ids[place])
    return total


def test_associations_are_those_of_the_published_rule(tiny: Tiny) -> None:
    audited = tiny()
    plainly, seen = Plainly(audited.folder, audited.tokenizer), measured(
        "log_probability", audited, words(TARGETS, ATTRIBUTES), templates=BOTH
    )  # fmt: skip
    rows = seen.tables["Associations"]
    assert len(rows) == 4 * 4 * 2
    for row in rows.to_dict("records"):
        wanted = association(plainly, row["template"], row["target"], row["attribute"])
        assert row["association"] == pytest.approx(wanted, abs=2e-4)
    mean = rows.groupby(["group", "attribute"])["association"].mean()
    bias = {word: mean["X", word] - mean["Y", word] for word in ("good", "lovely", "bad", "cold")}
    assert seen.headline.value == pytest.approx((bias["good"] + bias["lovely"] - bias["bad"] - bias["cold"]) / 2)
    by_word = seen.tables["Attributes"].set_index("attribute")
    assert by_word["bias"].to_dict() == pytest.approx(bias)
    assert by_word["pieces"].to_dict() == {"good": 1, "lovely": 3, "bad": 1, "cold": 1}
    values = list(bias.values())
    size = next(figure for figure in seen.figures if figure.name == "effect_size")
    assert size.value == pytest.approx((np.mean(values[:2]) - np.mean(values[2:])) / np.std(values, ddof=1))
    assert seen.headline.chance is not None and seen.headline.chance.unit == "attribute words"
    assert seen.headline.low is not None and seen.headline.low <= seen.headline.value
    assert any("pizzas" in note and "chained" in note for note in seen.warnings)


def test_exchanging_targets_negates_and_the_prior_of_a_deaf_model_cancels(tiny: Tiny, tmp_path: Path) -> None:
    turned = dict(reversed(TARGETS.items()))
    one, other = (
        measured("log_probability", tiny(), words(each, ATTRIBUTES), templates=BOTH).headline.value
        for each in (TARGETS, turned)
    )
    assert one == pytest.approx(-other)
    model = Audited(deaf(tmp_path, {"pizza": 0.3, "soup": 0.1}), "pretrained", "deaf/1")
    seen = measured("log_probability", model, words(TARGETS, ATTRIBUTES), templates=BOTH)
    assert seen.headline.value == pytest.approx(0, abs=1e-6)
    assert np.exp(seen.tables["Associations"]["ln p, attribute shown"].iloc[0]) == pytest.approx(0.3, abs=1e-5)


def test_one_attribute_set_is_a_mean_and_one_word_has_no_interval(tiny: Tiny) -> None:
    seen = measured("log_probability", tiny(), words(TARGETS, {"A": ["good", "bad"]}), templates=BOTH)
    assert seen.headline.value == pytest.approx(seen.tables["Attributes"]["bias"].mean())
    assert seen.headline.chance is None and seen.headline.low is not None
    alone = measured("log_probability", tiny(), words(TARGETS, {"A": ["good"]}), templates=BOTH).headline
    assert alone.value is not None and alone.low is None and "One attribute word" in alone.note


def test_byte_level_words_carry_their_space(tiny: Tiny) -> None:
    audited = tiny("roberta")
    seen = measured(
        "log_probability", audited, words({"X": ["a"], "Y": ["b"]}, {"A": ["c", "d"]}),
        templates="x [TARGET] y [ATTRIBUTE]",
    )  # fmt: skip
    plainly = Plainly(audited.folder, audited.tokenizer, "roberta")
    ids = plainly.ids("x a y c")
    names = audited.tokenizer.convert_ids_to_tokens(ids)
    place, attribute, mask = [2, 3], [6, 7], audited.tokenizer.mask_token_id
    assert names == ["<s>", "x", "Ġ", "a", "Ġ", "y", "Ġ", "c", "</s>"]
    total = 0.0
    for number, at in enumerate(place[1:], start=1):  # the space is a piece of its own and not of the word
        shown = [mask if where in place[number:] else id for where, id in enumerate(ids)]
        prior = [mask if where in attribute[1:] else id for where, id in enumerate(shown)]
        total += plainly.log(shown, at, ids[at]) - plainly.log(prior, at, ids[at])
    row = seen.tables["Associations"].iloc[0]
    assert (row["target"], row["attribute"]) == ("a", "c")
    assert row["association"] == pytest.approx(total, abs=2e-4)


def test_words_that_the_tokenizer_does_not_know_are_named(tiny: Tiny) -> None:
    given = words({"X": ["pizza", "ж"], "Y": ["soup"]}, {"A": ["good", "bad", "щ"]})
    seen = measured("log_probability", tiny(), given, templates=BOTH)
    assert seen.lost == {"X": ("ж",), "A": ("щ",)} and seen.headline.n == 2
    with pytest.raises(UserProblem, match="knows no word of 'X'"):
        measured("log_probability", tiny(), words({"X": ["ж"], "Y": ["soup"]}, {"A": ["good"]}), templates=BOTH)


def test_a_model_without_a_head_is_refused(bert: Audited) -> None:
    with pytest.raises(UserProblem, match="Pre-train"):
        measured("log_probability", bert, words(TARGETS, ATTRIBUTES))


def test_templates_of_a_table_come_first(tiny: Tiny) -> None:
    given = words(TARGETS, ATTRIBUTES)
    table = pd.DataFrame({"template": ["a [TARGET] is [ATTRIBUTE]"]})
    seen = measured("log_probability", tiny(), Inputs("own", given.words, table), templates=BOTH)
    assert seen.tables["Templates"]["template"].tolist() == ["a [TARGET] is [ATTRIBUTE]"]
