"""A long text in parts: nothing lost, no word cut, every part seen whole."""

from __future__ import annotations

import pytest

from core.inference.classifier import Classifier
from core.inspection.attribution import look
from core.inspection.attribution.windows import spans, windows
from tests.core.inspection.attribution.conftest import LABELS, NASTY, TEXT

LONG = "the pizza was very good and the waiter was not bad . " * 12


def test_a_short_text_is_one_part(tiny: Classifier) -> None:
    found = windows(tiny, TEXT)
    answer = tiny.predict([TEXT])
    assert [(one.start, one.end) for one in found] == [(0, len(TEXT))]
    assert found[0].label == answer.labels()[0] and found[0].score == float(answer.scores()[0])


def test_parts_hold_every_word_once_and_are_seen_whole(tiny: Classifier) -> None:
    places = spans(tiny, LONG)
    assert len(places) > 3 and " ".join(LONG[start:end] for start, end in places).split() == LONG.split()
    for start, end in places:
        part = look(tiny, LONG[start:end], unit="word")
        assert part.seen == (end - start,) and not any(unit.cut for unit in part.units)
    assert places[0][1] <= look(tiny, LONG).seen[0]  # the first part is what the real answer rests on


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_odd_texts_have_parts_that_cover_them(bundled: Classifier, text: str) -> None:
    places = spans(bundled, text)
    assert "".join("".join(text[start:end].split()) for start, end in places) == "".join(text.split())
    assert all(start < end for start, end in places)


def test_each_part_has_an_answer_of_its_own(tiny: Classifier) -> None:
    found = windows(tiny, LONG)
    assert {one.label for one in found} <= set(LABELS) and all(1 / 3 <= one.score <= 1 for one in found)


def test_nothing_has_no_parts(tiny: Classifier) -> None:
    assert windows(tiny, "") == [] and windows(tiny, "  ") == []
