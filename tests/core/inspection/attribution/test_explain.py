"""One call from text to scores: labels, differences, what is seen, and texts that try to break it."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import UserProblem
from core.inspection.attribution import attribute, look
from core.inspection.attribution.explain import methods_for
from tests.core.inspection.attribution.conftest import NASTY, TEXT, tiny_probe


def test_the_likeliest_label_is_explained_and_any_other_may_be(tiny) -> None:
    prediction = tiny.predict([TEXT], precision="float32")
    found = attribute(tiny, TEXT)
    assert found.label == prediction.labels()[0]
    assert found.probability == pytest.approx(float(prediction.scores()[0]), abs=1e-5)
    other = next(name for name in tiny.labels if name != found.label)
    assert attribute(tiny, TEXT, label=other).label == other
    with pytest.raises(UserProblem, match="no label 'wonderful'"):
        attribute(tiny, TEXT, label="wonderful")


def test_the_difference_to_the_runner_up_is_the_difference_of_both_explanations(tiny) -> None:
    both = attribute(tiny, TEXT, contrast=True)
    assert both.against is not None and both.against != both.label
    one, other = (attribute(tiny, TEXT, label=name) for name in (both.label, both.against))
    assert both.scores == pytest.approx(one.scores - other.scores, abs=1e-5)
    assert both.value == pytest.approx(one.value - other.value, abs=1e-5)


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("method", ["occlusion", "integrated_gradients"])
def test_texts_that_try_to_break_it(tiny, text: str, method: str) -> None:
    found = attribute(tiny, text, method=method)
    assert len(found.units) == len(found.scores) > 0
    assert np.isfinite(found.scores).all()
    assert all(found.texts[unit.part][unit.start : unit.end] == unit.text for unit in found.units)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_text_without_words_is_told(tiny, text: str) -> None:
    with pytest.raises(UserProblem, match="has no words"):
        attribute(tiny, text)


def test_what_the_classifier_does_not_see_is_told_and_not_scored(tiny) -> None:
    found = attribute(tiny, "the pizza was good " * 500)
    assert len(found.units) == 30
    assert found.seen[0] == found.units[-1].end < len(found.texts[0])
    assert any("reads 32 pieces and no more" in note for note in found.notes)


def test_one_word_is_told(tiny) -> None:
    assert any("one word only" in note for note in attribute(tiny, "good").notes)


def test_a_typed_mask_is_the_special_piece_that_the_classifier_reads(tiny) -> None:
    assert "[MASK]" in look(tiny, "the [MASK] was good").pieces
    assert look(tiny, "the [MASK] was good").logits == pytest.approx(
        tiny.scorer.logits(["the [MASK] was good"]).values[0], abs=1e-5
    )


def test_sentences_are_the_sums_of_their_words_for_integrated_gradients(tiny) -> None:
    text = "the pizza was good. the soup was bad! and cold"
    words = attribute(tiny, text, method="integrated_gradients")
    whole = attribute(tiny, text, method="integrated_gradients", unit="sentence")
    assert [unit.text for unit in whole.units] == ["the pizza was good.", "the soup was bad!", "and cold"]
    assert whole.scores == pytest.approx([words.scores[:5].sum(), words.scores[5:10].sum(), words.scores[10:].sum()])


def test_pairs_keep_their_parts(tiny) -> None:
    found = attribute(tiny, "good pizza", "bad soup", method="integrated_gradients")
    assert [(unit.part, unit.text) for unit in found.units] == [(0, "good"), (0, "pizza"), (1, "bad"), (1, "soup")]
    assert found.value == pytest.approx(
        float(tiny.scorer.logits(["good pizza"], ["bad soup"]).values[0, tiny.labels.index(found.label)]), abs=1e-4
    )


def test_a_probe_works_and_a_method_of_another_kind_is_refused(tmp_path) -> None:
    probe = tiny_probe(tmp_path / "body", "mean", -1)
    assert attribute(probe, TEXT).method == methods_for("probe")[0] == "occlusion"
    with pytest.raises(UserProblem, match="does not work on this classifier"):
        attribute(probe, TEXT, method="contributions")
    with pytest.raises(UserProblem, match="no method 'magic'"):
        attribute(probe, TEXT, method="magic")


def test_json_holds_every_number(tiny) -> None:
    found = attribute(tiny, TEXT, method="integrated_gradients")
    values = found.to_json()
    assert [unit["score"] for unit in values["units"]] == found.scores.tolist()
    assert values["error"] == found.error and values["total"] == found.total
