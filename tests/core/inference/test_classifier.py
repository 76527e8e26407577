"""Temperature, decisions, scores and review by hand; when bfloat16 may be used."""

from __future__ import annotations

import numpy as np
import pytest

from core.inference.classifier import Classifier, agrees, probabilities_of
from core.inference.scorer import Logits


class Fixed:
    """Scores each text by the numbers written in it."""

    kind = "fixed"
    seen: str = ""

    def logits(self, texts, pairs=None, *, precision="float32") -> Logits:
        Fixed.seen = precision
        values = np.array([[float(part) for part in text.split()] for text in texts], np.float32)
        return Logits(values, np.full(len(texts), 7, np.int32), np.zeros(len(texts), bool))


def test_softmax_with_temperature_by_hand() -> None:
    found = probabilities_of(np.array([[np.log(3), 0.0]], np.float32), "single_label")
    assert np.allclose(found, [[0.75, 0.25]])
    cooled = probabilities_of(np.array([[2 * np.log(3), 0.0]], np.float32), "single_label", 2.0)
    assert np.allclose(cooled, [[0.75, 0.25]])


def test_huge_logits_stay_numbers() -> None:
    for problem in ("single_label", "multi_label"):
        found = probabilities_of(np.array([[1e30, -1e30, 0.0]], np.float32), problem)
        assert np.isfinite(found).all() and found[0, 0] == pytest.approx(1)


def test_one_label() -> None:
    predictions = Classifier(Fixed(), ("no", "yes"), review_below=0.7).predict(["0 2", "0.1 0"])
    assert predictions.labels() == ("yes", "no")
    assert predictions.scores().tolist() == pytest.approx([1 / (1 + np.exp(-2)), 1 / (1 + np.exp(-0.1))])
    assert predictions.needs_review().tolist() == [False, True]
    assert predictions.tokens.tolist() == [7, 7]


def test_several_labels_with_thresholds() -> None:
    classifier = Classifier(Fixed(), ("a", "b"), "multi_label", thresholds=(0.5, 0.9), review_below=0.6)
    predictions = classifier.predict(["3 3", "2 2", "-3 -3"])
    assert predictions.labels() == (("a", "b"), ("a",), ())
    sigmoid = 1 / (1 + np.exp(-np.array([3.0, 2.0, 3.0])))
    assert predictions.scores().tolist() == pytest.approx([sigmoid[0], 1 - sigmoid[1], sigmoid[2]], abs=1e-6)
    assert predictions.needs_review().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("measured", "wanted"),
    [
        ({}, False),
        ({"agreement": 1.0, "rows": 199}, False),
        ({"agreement": 0.9949, "rows": 1000}, False),
        ({"agreement": 0.995, "rows": 200}, True),
    ],
)
def test_bfloat16_is_used_only_where_it_was_measured_to_agree(measured, wanted, monkeypatch) -> None:
    assert agrees(measured) is wanted
    monkeypatch.setattr("core.encoding.precision.fastest", lambda: "bfloat16")
    classifier = Classifier(Fixed(), ("a", "b"), facts={"bfloat16": measured})
    classifier.predict(["1 2"])
    assert Fixed.seen == ("bfloat16" if wanted else "float32")
    monkeypatch.setattr("core.encoding.precision.fastest", lambda: "float32")
    classifier.predict(["1 2"])
    assert Fixed.seen == "float32"


def test_a_named_precision_is_obeyed() -> None:
    Classifier(Fixed(), ("a", "b")).predict(["1 2"], precision="bfloat16")
    assert Fixed.seen == "bfloat16"
