"""Scores by hand, against scikit-learn, and where something is missing."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn import metrics as sk

from core.errors import UserProblem
from core.evaluation.scores import evaluate


def _softmax(logits: np.ndarray) -> np.ndarray:
    grown = np.exp(logits - logits.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def _random_case(seed: int) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    rng = np.random.default_rng(seed)
    classes, rows = int(rng.integers(2, 9)), int(rng.integers(5, 200))
    targets = rng.integers(0, classes if seed % 3 else max(1, classes - 2), rows)  # every third lacks two classes
    logits = rng.normal(size=(rows, classes)) + 1.5 * np.eye(classes)[targets]
    return _softmax(logits), targets, tuple(f"c{i}" for i in range(classes))


def test_hand_worked_two_classes() -> None:
    """4 rows: truth a a b b, predicted a b b b. Accuracy 3/4; F1 a = 2/3, b = 4/5, macro 11/15."""
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.1, 0.9]])
    found = evaluate(probabilities, np.array([0, 0, 1, 1]), ("a", "b"), "single_label", seed=1)
    assert found.metrics["accuracy"].value == pytest.approx(0.75)
    assert found.metrics["f1_macro"].value == pytest.approx(11 / 15)
    assert found.metrics["precision_macro"].value == pytest.approx((1 + 2 / 3) / 2)
    assert found.metrics["recall_macro"].value == pytest.approx((0.5 + 1) / 2)
    assert found.metrics["brier_score"].value == pytest.approx((0.1**2 + 0.6**2 + 0.2**2 + 0.1**2) / 4)
    assert found.metrics["roc_auc_ovr"].value == pytest.approx(1.0)
    assert found.confusion.tolist() == [[1, 1], [0, 2]]
    assert found.most_wrong == (1,)
    assert found.majority == {"label": "a", "accuracy": 0.5, "f1_macro": pytest.approx(1 / 3)}


@pytest.mark.parametrize("seed", range(12))
def test_single_label_equals_scikit_learn(seed: int) -> None:
    probabilities, targets, labels = _random_case(seed)
    found = evaluate(probabilities, targets, labels, "single_label")
    predicted, every = probabilities.argmax(axis=1), list(range(len(labels)))
    expected = {
        "accuracy": sk.accuracy_score(targets, predicted),
        "f1_macro": sk.f1_score(targets, predicted, average="macro", zero_division=0),
        "f1_micro": sk.f1_score(targets, predicted, average="micro", zero_division=0),
        "f1_weighted": sk.f1_score(targets, predicted, average="weighted", zero_division=0),
        "precision_macro": sk.precision_score(targets, predicted, average="macro", zero_division=0),
        "recall_macro": sk.recall_score(targets, predicted, average="macro", zero_division=0),
        "log_loss": sk.log_loss(targets, probabilities, labels=every),
        "brier_score": sk.brier_score_loss(targets, probabilities, labels=every),
    }
    for name, value in expected.items():
        assert found.metrics[name].value == pytest.approx(value, abs=1e-12), name
    if set(targets) == set(every):
        auc = (
            sk.roc_auc_score(targets, probabilities[:, 1])
            if len(labels) == 2
            else sk.roc_auc_score(targets, probabilities, multi_class="ovr", average="macro")
        )
        assert found.metrics["roc_auc_ovr"].value == pytest.approx(auc)
    assert np.array_equal(found.confusion, sk.confusion_matrix(targets, predicted, labels=every))


@pytest.mark.parametrize("seed", range(6))
def test_multi_label_equals_scikit_learn(seed: int) -> None:
    rng = np.random.default_rng(seed)
    targets = (rng.random((60, 4)) < 0.3).astype(np.float32)
    probabilities = np.clip(0.5 * targets + rng.random((60, 4)) * 0.6, 0, 1)
    found = evaluate(probabilities, targets, ("a", "b", "c", "d"), "multi_label", thresholds=[0.5, 0.4, 0.6, 0.5])
    predicted = probabilities >= np.array([0.5, 0.4, 0.6, 0.5])
    for average in ("macro", "micro", "weighted"):
        expected = sk.f1_score(targets, predicted, average=average, zero_division=0)
        assert found.metrics[f"f1_{average}"].value == pytest.approx(expected)
    assert found.metrics["accuracy"].value == pytest.approx(sk.accuracy_score(targets, predicted))
    assert found.metrics["roc_auc_ovr"].value == pytest.approx(sk.roc_auc_score(targets, probabilities))
    assert np.array_equal(found.confusion, sk.multilabel_confusion_matrix(targets, predicted))
    assert [score.f1 for score in found.per_class] == pytest.approx(
        list(sk.f1_score(targets, predicted, average=None, zero_division=0))
    )


def test_class_without_rows_is_none_with_a_reason_and_never_nan() -> None:
    probabilities = np.array([[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.3, 0.6, 0.1]])
    found = evaluate(probabilities, np.array([0, 1, 0]), ("a", "b", "never"), "single_label")
    absent = found.per_class[2]
    assert (absent.precision, absent.recall, absent.f1, absent.support) == (None, None, None, 0)
    assert "no row of this class" in absent.reason
    assert "never" in found.metrics["roc_auc_ovr"].reason
    assert "NaN" not in json.dumps(found.to_json())


def test_predicted_class_without_rows_has_precision_and_f1_of_zero() -> None:
    probabilities = np.array([[0.2, 0.8], [0.9, 0.1]])
    found = evaluate(probabilities, np.array([0, 0]), ("a", "b"), "single_label")
    assert (found.per_class[1].precision, found.per_class[1].recall, found.per_class[1].f1) == (0.0, None, 0.0)


def test_one_class_only_has_no_ranking_but_everything_else() -> None:
    found = evaluate(np.array([[1.0], [1.0]]), np.array([0, 0]), ("only",), "single_label")
    assert found.metrics["roc_auc_ovr"].value is None
    assert found.metrics["roc_auc_ovr"].reason
    assert found.metrics["f1_macro"].value == 1.0
    json.dumps(found.to_json(), allow_nan=False)


def test_all_right_still_has_doubt() -> None:
    """20 of 20 right: the exact lower bound is 0.025 ** (1 / 20) = 0.8316, not 1."""
    probabilities = np.tile([[0.9, 0.1]], (20, 1))
    metrics = evaluate(probabilities, np.zeros(20, int), ("a", "b"), "single_label").metrics
    accuracy, headline = metrics["accuracy"], metrics["f1_macro"]
    assert accuracy.low == pytest.approx(0.025 ** (1 / 20))
    assert accuracy.high == 1.0
    assert "exact" in accuracy.reason.lower()
    assert headline.low == accuracy.low and headline.high == 1.0 and "accuracy's" in headline.reason


def test_most_confidently_wrong_come_first_by_row_id() -> None:
    probabilities = np.array([[0.6, 0.4], [0.99, 0.01], [0.1, 0.9], [0.7, 0.3]])
    ids = np.array([40, 30, 20, 10])
    found = evaluate(probabilities, np.array([1, 1, 1, 1]), ("a", "b"), "single_label", row_ids=ids)
    assert found.most_wrong == (30, 10, 40)


def test_majority_comes_from_training_rows() -> None:
    probabilities = np.array([[0.6, 0.4], [0.4, 0.6], [0.4, 0.6]])
    found = evaluate(
        probabilities, np.array([0, 1, 1]), ("a", "b"), "single_label", train_targets=np.array([0, 0, 0, 1])
    )
    assert found.majority["label"] == "a"
    assert found.majority["accuracy"] == pytest.approx(1 / 3)


def test_same_seed_same_interval_and_value_inside() -> None:
    probabilities, targets, labels = _random_case(5)
    first, again, other = (evaluate(probabilities, targets, labels, "single_label", seed=s) for s in (1, 1, 2))
    assert first.metrics == again.metrics
    assert first.metrics != other.metrics
    headline = first.metrics["f1_macro"]
    assert headline.low is not None and headline.high is not None and headline.value is not None
    assert headline.low <= headline.value <= headline.high


def test_probabilities_that_are_not_numbers_are_refused_in_a_sentence() -> None:
    with pytest.raises(UserProblem, match="not numbers"):
        evaluate(np.array([[np.nan, 0.5]]), np.array([0]), ("a", "b"), "single_label")
    with pytest.raises(UserProblem, match="no rows"):
        evaluate(np.zeros((0, 2)), np.zeros(0, int), ("a", "b"), "single_label")
