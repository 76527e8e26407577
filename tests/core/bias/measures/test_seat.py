"""SEAT: sentences, effect size by sentence and by word, p by both units."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.bias import lexicon
from core.bias.audited import Audited
from core.bias.inputs import Inputs
from core.bias.sentences.of_words import of_words
from core.bias.word_sets import WordTest
from core.encoding.encoder import Encoder
from tests.core.bias.measuring import measured, words

SMALL = words(
    {"Flowers": ["rose", "lily", "tulip", "daisy"], "Insects": ["wasp", "moth", "flea", "gnat"]},
    {"Pleasant": ["peace", "honest"], "Unpleasant": ["filth", "ugly"]},
)


def test_each_word_stands_in_the_sentences_of_its_kind() -> None:
    assert SMALL.words is not None
    made = of_words(SMALL.words, ("auto", "auto"), "", None)
    of = {word: [t for t, w in zip(made.texts, made.words, strict=True) if w == word] for word in made.words}
    assert len(of["rose"]) == 14 and "A rose is a thing." in of["rose"] and "Lilies are things." in of["lily"]
    assert of["honest"] == ["This is honest.", "That is honest.", "They are honest."]
    assert of["peace"] == ["This is peace.", "That is peace.", "There is peace.", "It is peace."]


def test_own_templates_and_own_sentences_take_the_place_of_ours(bert: Audited) -> None:
    table = pd.DataFrame({"word": ["rose", "rose"], "sentence": ["A rose.", "Roses."]})
    assert SMALL.words is not None
    made = of_words(SMALL.words, ("auto", "auto"), "Look, a X!|X again.", table)
    assert made.texts[:4] == ("A rose.", "Roses.", "Look, a lily!", "Lily again.")
    found = measured("seat", bert, SMALL, templates="Look, a X!|X again.")
    assert found.figures[0].n == 16 and found.headline.n == 8


def test_d_and_both_p_are_those_of_the_written_out_sums(bert: Audited) -> None:
    found = measured("seat", bert, SMALL, pooling="cls")
    table, means = found.tables["sentences"], found.tables["words"]["mean s"].to_numpy()
    assert found.headline.value == pytest.approx((means[:4].mean() - means[4:].mean()) / means.std(ddof=1))
    s = table["s"].to_numpy()
    assert found.figures[0].value == pytest.approx((s[:56].mean() - s[56:].mean()) / s.std(ddof=1))
    sums = [means[list(chosen)].sum() for chosen in combinations(range(8), 4)]
    assert found.headline.chance is not None and found.figures[0].chance is not None
    assert found.headline.chance.p == pytest.approx(np.mean([one >= means[:4].sum() - 1e-12 for one in sums]))
    assert found.headline.chance.unit == "words" and found.figures[0].chance.unit == "sentences"


def test_swapped_targets_negate_d_and_an_aside_table_changes_nothing(bert: Audited) -> None:
    assert SMALL.words is not None
    there = measured("seat", bert, SMALL)
    turned = WordTest("turned", SMALL.words.targets[::-1], SMALL.words.attributes)
    back = measured("seat", bert, Inputs("turned", turned, pd.DataFrame({"text": ["aside"]})))
    assert there.headline.value is not None and back.headline.value == pytest.approx(-there.headline.value)


@pytest.mark.parametrize(("name", "by_sentence", "by_word"), [("WEAT 8", 1e-3, 0.0980), ("WEAT 10", 1e-3, 0.0327)])
def test_shuffling_sentences_overstates_the_evidence(
    bert: Audited, name: str, by_sentence: float, by_word: float
) -> None:
    found = measured("seat", bert, Inputs(name, lexicon.test(name)), draws=10_000)
    assert found.headline.chance is not None and found.figures[0].chance is not None
    assert found.figures[0].chance.p < by_sentence
    assert found.headline.chance.p == pytest.approx(by_word, abs=0.004)
    assert found.figures[1].value is not None and found.figures[1].value > 10


@pytest.mark.real_data
@pytest.mark.parametrize("number", [6, 7, 8])
def test_the_published_sentences_give_the_d_of_a_plain_implementation(
    bert: Audited, shared_data: Path, number: int
) -> None:
    sets = json.loads((shared_data / "bias" / "seat" / f"sent-weat{number}.jsonl").read_text(encoding="utf-8"))
    lists = {key: sets[key]["examples"] for key in ("targ1", "targ2", "attr1", "attr2")}
    given = words({key: lists[key] for key in ("targ1", "targ2")}, {key: lists[key] for key in ("attr1", "attr2")})
    table = pd.DataFrame([(text, text) for some in lists.values() for text in some], columns=["word", "sentence"])
    found = measured("seat", bert, Inputs("published", given.words, table), draws=1_000)
    assert found.figures[0].value == pytest.approx(_plain(bert, lists), abs=1e-6)
    assert found.figures[0].n == len(lists["targ1"]) + len(lists["targ2"])


def _plain(bert: Audited, lists: dict[str, list[str]]) -> float:
    """d with loops and cosines written out."""
    encoder = Encoder(bert.folder, "mean", bert.subject.layers)
    vectors = {key: encoder.encode(texts, precision="float32").vectors for key, texts in lists.items()}

    def cosine(one: np.ndarray, other: np.ndarray) -> float:
        return float(one @ other / np.sqrt((one @ one) * (other @ other)))

    def s(one: np.ndarray) -> float:
        return float(
            np.mean([cosine(one, a) for a in vectors["attr1"]]) - np.mean([cosine(one, b) for b in vectors["attr2"]])
        )

    x, y = [s(one) for one in vectors["targ1"]], [s(one) for one in vectors["targ2"]]
    return float((np.mean(x) - np.mean(y)) / np.std(x + y, ddof=1))
