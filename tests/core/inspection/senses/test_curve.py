"""The sense curve of the bundled model on the ready examples, and what is left out of one."""

from __future__ import annotations

import pytest

from core.errors import UserProblem
from core.inspection.homonym_examples import EXAMPLES
from core.inspection.senses import writing
from core.inspection.senses.curve import SenseCurve, comparable, sense_curve
from core.inspection.senses.nearest import RULES
from core.inspection.senses.scores import scored
from core.inspection.senses.statement import layers, listed, statement
from core.inspection.similarity import unit
from core.inspection.subject import Subject


@pytest.fixture(scope="module")
def every(minilm: Subject) -> SenseCurve:
    return sense_curve(minilm, writing.examples(list(EXAMPLES)).rows)


def test_static_rows_tie_and_are_never_right(every: SenseCurve) -> None:
    for rule in RULES:
        static = every.score("static", rule)
        assert (static.tied, static.accuracy.value) == (static.n, 0.0)


def test_the_last_layer_beats_position_the_other_words_and_chance(every: SenseCurve) -> None:
    last = every.score("layer 6", "1-NN").accuracy.value
    assert last >= 0.88
    assert last > every.score("context", "1-NN").accuracy.value + 0.1
    assert last > every.score("layer 0", "1-NN").accuracy.value + 0.3


def test_the_best_layer_is_stated_with_its_interval_and_its_rivals(every: SenseCurve) -> None:
    best, told = every.best["1-NN"], statement(every, "1-NN")
    assert f"{best.score.name} with {best.score.accuracy.value:.3f} right" in told[0]
    assert f"{best.score.accuracy.low:.3f} to {best.score.accuracy.high:.3f}" in told[0]
    named = {each.name for each in best.controls if not each.apart}
    assert "context" not in named and ("sentence" in named) == any("the sentence vector" in line for line in told[2:])


def test_few_sentences_cannot_tell_context_from_the_layer(minilm: Subject) -> None:
    curve = sense_curve(minilm, writing.examples(["bank"]).rows)
    told = " ".join(statement(curve))
    assert "cannot be told apart from the other words alone (context-only)" in told
    assert any("five neighbours cannot all be of it" in note for note in curve.notes)


def test_it_says_the_same_as_the_proof_of_pretraining(minilm: Subject, every: SenseCurve) -> None:
    """The nearest-centroid curve of the eight words that core/pretraining/proof/homonyms.py measures."""
    from core.pretraining.proof.homonym_sentences import SENTENCES
    from core.pretraining.proof.homonyms import homonyms

    rows = [row for row in every.rows if row.sense in SENTENCES.get(row.word, {})]
    known = homonyms(minilm.body, minilm.tokenizer)
    vectors = sense_curve(minilm, rows).vectors.layers
    assert len(rows) == known.n
    for layer in range(1, 7):  # at layer 0 a tie counts half there
        found = scored("layer", rows, unit(vectors[:, layer]))[0]  # its centroids are means of unit vectors
        assert found.accuracy.value == pytest.approx(known.layers[layer].value, abs=1e-9)


def test_what_cannot_be_compared_is_left_out_and_told() -> None:
    typed = "a: the [[bank]]\na: a [[bank]]\nb: my [[bank]]\nb: his [[bank]]\nc: one [[bank]]\nno sense [[bank]]"
    rows = writing.typed(typed).rows
    kept, notes = comparable(rows, [""] * 6)
    assert kept.tolist() == [0, 1, 2, 3]
    assert any("'c' of 'bank' has one sentence" in note for note in notes)
    assert any("1 sentences have no sense" in note for note in notes)


def test_one_sense_is_too_few() -> None:
    rows = writing.typed("a: the [[bank]]\na: a [[bank]]\nb: one [[bank]]").rows
    with pytest.raises(UserProblem, match="No word has two senses"):
        comparable(rows, [""] * 3)


def test_strange_sentences_do_no_harm(minilm: Subject) -> None:
    strange = [
        "<script>alert(1)</script> [[bank]]",
        "[MASK] [[bank]] 🦇",
        "河 [[岸]] ไทย",
        f"{'x' * 101} [[bank]]",
        "[[bank]]",
    ]
    typed = "\n".join(f"{'ab'[n % 2]}: {text}" for n, text in enumerate(strange))
    curve = sense_curve(minilm, writing.typed(typed).rows)
    assert len(curve.rows) == 5 and curve.score("layer 6").n == 5


def test_names_are_listed_in_words() -> None:
    assert (listed(["a"]), listed(["a", "b", "c"])) == ("a", "a, b and c")
    assert (layers(["layer 2"]), layers(["layer 2", "layer 10"])) == ("layer 2", "layers 2 and 10")
