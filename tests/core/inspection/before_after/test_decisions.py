"""Decisions and reasons of two classifiers of the same labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserProblem
from core.inference import folder
from core.inference.classifier import Classifier
from core.inspection.before_after.decisions import decisions
from core.inspection.before_after.reasons import reasons
from core.inspection.charts import before_after as charts
from core.inspection.picture import picture
from tests.core.encoding.tiny_models import tiny_classifier

TEXTS = ("the soup was cold", "love pizza", "<script>alert(1)</script>", "very bad soup and a good waiter")


@pytest.fixture(scope="module")
def classifiers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Classifier]:
    place: Path = tmp_path_factory.mktemp("classifiers")
    made = {}
    for name, labels, seed in (("a", ("bad", "good"), 0), ("b", ("bad", "good"), 3), ("other", ("x", "y"), 0)):
        tiny_classifier(place / name, labels, seed=seed)
        made[name] = folder.load(place / name)
    return made


def test_decisions_are_those_of_the_classifiers_themselves(classifiers: dict[str, Classifier]) -> None:
    found = decisions(classifiers["a"], classifiers["b"], TEXTS)
    first, second = (classifiers[name].predict(list(TEXTS)) for name in "ab")
    assert [each.before for each in found] == list(first.labels())
    assert [each.after for each in found] == list(second.labels())
    assert [each.after_score for each in found] == pytest.approx(second.scores().tolist())
    assert [each.changed for each in found] == [a != b for a, b in zip(first.labels(), second.labels(), strict=True)]
    assert not any(each.changed for each in decisions(classifiers["a"], classifiers["a"], TEXTS))


def test_other_labels_are_told(classifiers: dict[str, Classifier]) -> None:
    with pytest.raises(UserProblem, match="different labels"):
        decisions(classifiers["a"], classifiers["other"], TEXTS)
    with pytest.raises(UserProblem, match="different labels"):
        reasons(classifiers["a"], classifiers["other"], TEXTS[0])


def test_reasons_stand_side_by_side_for_the_label_of_the_later_one(classifiers: dict[str, Classifier]) -> None:
    found = reasons(classifiers["a"], classifiers["b"], TEXTS[3])
    assert found.label == classifiers["b"].predict([TEXTS[3]]).labels()[0] == found.before.label
    rows = found.rows()
    assert [row["word"] for row in rows] == TEXTS[3].split()
    assert [row["after"] for row in rows] == pytest.approx(found.after.scores.tolist())
    assert [row["before"] for row in rows] == pytest.approx(found.before.scores.tolist())
    assert b"waiter" in picture(charts.reasons(rows, found.label), "svg")
    same = reasons(classifiers["a"], classifiers["a"], TEXTS[3]).rows()
    assert all(row["before"] == row["after"] for row in same)
