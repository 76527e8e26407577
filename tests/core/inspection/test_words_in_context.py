from __future__ import annotations

from pathlib import Path

import pytest

from core.encoding.cache import VectorCache
from core.inspection.occurrences import Placed
from core.inspection.word_vectors import Occurrence
from core.inspection.words_in_context import in_context
from tests.core.inspection.tiny_subject import subject

COLD = Placed(1, Occurrence("a cold soup", 2, 6))


def test_chosen_words_come_in_order_once_and_a_second_visit_computes_nothing(tmp_path: Path) -> None:
    found, cache = subject(tmp_path / "model"), VectorCache(tmp_path / "vectors")
    placed = [COLD, Placed(2, Occurrence("cold and cold", 9, 13)), COLD]
    first = in_context(found, placed, cache=cache)
    assert first.labels == ("1. cold", "2. cold (2)") and first.states.shape == (2, 3, 32)
    assert (first.computed, in_context(found, placed, cache=cache).computed) == (2, 0)
    assert first.problems == first.notes == ()


def test_what_has_no_vector_is_told_and_left_out(tmp_path: Path) -> None:
    long = "cold " * 100
    found = in_context(subject(tmp_path), [COLD, Placed(2, Occurrence(long, 495, 499))])
    assert found.labels == ("1. cold",) and len(found.states) == len(found.static) == len(found.placed) == 1
    (problem,) = found.problems
    assert problem.startswith("2. cold (100): ") and "beyond the 64 pieces" in problem


def test_unknown_split_and_repeated_are_told(tmp_path: Path) -> None:
    placed = [
        COLD, Placed(2, Occurrence("a 😀 soup", 2, 3)), Placed(3, Occurrence("the zy", 4, 6)),
        Placed(4, Occurrence("a cold soup", 2, 6)),
    ]  # fmt: skip
    notes = " ".join(in_context(subject(tmp_path), placed, pooling="last").notes)
    assert "Read as [UNK]" in notes and "2. 😀" in notes
    assert "its last piece: 3. zy = z ##y" in notes
    assert "Sentences 1, 4 are the same text" in notes


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", "[MASK]", "x" * 101, "银行", "ไทย", "😀"])
def test_odd_words_have_vectors_or_a_reason(tmp_path: Path, word: str) -> None:
    found = in_context(subject(tmp_path), [Placed(1, Occurrence(word, 0, len(word)))])
    assert len(found.labels) + len(found.problems) == 1


def test_nothing_chosen_is_nothing_found(tmp_path: Path) -> None:
    found = in_context(subject(tmp_path), [])
    assert found.labels == () and found.states.shape == (0, 3, 32)
