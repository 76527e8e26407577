from __future__ import annotations

from pathlib import Path

import pytest

from core.encoding.base_models import bundled
from core.encoding.cache import VectorCache
from core.errors import UserProblem
from core.inspection.anisotropy import measure
from core.inspection.homonym_examples import EXAMPLES, occurrences
from core.inspection.neighbours import nearest, searched
from core.inspection.similarity import cosines
from core.inspection.subject import Subject
from core.inspection.word_vectors import Occurrence, word_vectors
from tests.core.inspection.tiny_subject import subject

TEXTS = ("the pizza was good", "a cold soup", "the soup is very bad", "love and soup", "soup and soup")


def test_nearest_by_cosine_without_itself_and_without_what_has_no_vector(tmp_path: Path) -> None:
    found = subject(tmp_path / "model")
    background, cache = measure(found, TEXTS), VectorCache(tmp_path / "vectors")
    query, far = Occurrence("a cold soup", 7, 11), Occurrence("cold " * 100, 495, 499)
    there = searched(found, TEXTS, "soup")
    assert (there.total, there.texts) == (5, 5)
    answer = nearest(found, query, [*there.occurrences, far], background, 2, count=3, cache=cache)
    others = [one for one in there.occurrences if one != query]
    vectors = word_vectors(found, [query, *others]).layers[:, 2]
    near = cosines(vectors[:1], vectors[1:])[0]
    assert [each.cosine for each in answer.found] == pytest.approx(sorted(near, reverse=True)[:3], abs=1e-6)
    assert answer.found[0].occurrence == others[int(near.argmax())]
    assert answer.found[0].minus_baseline == pytest.approx(near.max() - background.baseline(2))
    assert (answer.compared, answer.left_out) == (4, 2)
    assert nearest(found, query, there.occurrences, background, 2, cache=cache).computed == 0


def test_any_word_takes_every_word_of_the_texts(tmp_path: Path) -> None:
    there = searched(subject(tmp_path), [*TEXTS, TEXTS[0]], None)
    assert there.total == 18 and {"pizza", "soup", "and"} <= {one.word for one in there.occurrences}


def test_a_query_without_a_vector_is_told_and_no_candidates_are_no_answer(tmp_path: Path) -> None:
    found = subject(tmp_path)
    background = measure(found, TEXTS)
    with pytest.raises(UserProblem, match="no piece"):
        nearest(found, Occurrence("a  b", 1, 3), [Occurrence("a cold soup", 2, 6)], background, 2)
    assert nearest(found, Occurrence("a cold soup", 2, 6), [], background, 2).found == ()


def test_the_bundled_model_finds_the_same_sense_first() -> None:
    found = Subject(bundled())
    background = measure(
        found, [text for senses in EXAMPLES.values() for texts in senses.values() for text in texts[:1]]
    )
    rows = occurrences("bank")
    answer = nearest(found, rows[0][0], [one for one, _ in rows], background, 6, count=3)
    senses = dict(rows)
    assert [senses[each.occurrence] for each in answer.found] == ["money"] * 3
