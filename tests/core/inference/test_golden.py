"""Which texts become golden rows, and that a changed model is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UserProblem
from core.inference import golden
from tests.core.inference.conftest import TEXTS


def test_hard_cases_of_the_validation_texts_are_among_them() -> None:
    texts = [f"text {number}" for number in range(200)] + ["x", "long " * 100, "naïve", "味道很好"]
    chosen, pairs = golden.choose(texts)
    assert len(chosen) == len(set(chosen)) == 20 and pairs is None
    assert {"x", "long " * 100, "naïve", "味道很好"} <= set(chosen)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_few_texts_are_filled_up_to_twenty(count: int) -> None:
    texts = [f"text {number}" for number in range(count)]
    chosen, pairs = golden.choose(texts, texts)
    assert len(chosen) == 20 and pairs is not None and len(pairs) == 20
    assert set(texts) <= set(chosen)


def test_replayed_they_are_the_same(classifier, tmp_path: Path) -> None:
    golden.write(classifier, tmp_path, TEXTS)
    report = golden.replay(classifier, tmp_path)
    assert (report.rows, report.passed, report.precision, report.tolerance) == (20, True, "float32", 1e-4)
    assert report.max_difference <= 1e-6


def test_another_temperature_is_found_and_told(classifier, tmp_path: Path) -> None:
    golden.write(classifier, tmp_path, TEXTS, TEXTS[::-1])
    with pytest.raises(UserProblem, match="20 golden rows in float32"):
        golden.check(replace(classifier, temperature=1.69), tmp_path)


def test_a_hair_above_the_tolerance_fails(tfidf_classifier, tmp_path: Path) -> None:
    golden.write(tfidf_classifier, tmp_path, TEXTS)
    tfidf_classifier.scorer.bias[0] += 1e-3
    assert not golden.replay(tfidf_classifier, tmp_path).passed


def test_no_golden_rows_pass_with_zero_rows(tfidf_classifier, tmp_path: Path) -> None:
    assert golden.replay(tfidf_classifier, tmp_path) == golden.GoldenReport(0, 0.0)


@pytest.mark.parametrize("content", ["{", '{"text": "a"}', '{"text": "a", "probabilities": ["x"]}', "[1]"])
def test_a_damaged_file_is_a_problem(tfidf_classifier, tmp_path: Path, content: str) -> None:
    (tmp_path / golden.FILE).write_text(content)
    with pytest.raises(UserProblem, match="damaged"):
        golden.replay(tfidf_classifier, tmp_path)


def test_rows_for_other_labels_are_a_problem(tfidf_classifier, tmp_path: Path) -> None:
    (tmp_path / golden.FILE).write_text('{"text": "a", "probabilities": [0.5, 0.5]}')
    with pytest.raises(UserProblem, match="another number of labels"):
        golden.replay(tfidf_classifier, tmp_path)
