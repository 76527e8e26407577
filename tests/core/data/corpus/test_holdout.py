"""What is held out: the share by hand, the sides of near-duplicates, the seed."""

from __future__ import annotations

import numpy as np
import pytest

from core.data.corpus.holdout import Holdout, draw, named, of_files
from core.errors import UserProblem


def drawn(sentences: list[int], linked: list[list[int]] | None = None, **more: object) -> Holdout:
    settings: dict[str, object] = {"share": 0.1, "by": "auto", "seed": 42, **more}
    count = np.array(sentences)
    return draw(count, np.ones(len(count), dtype=bool), linked or [], **settings)  # type: ignore[arg-type]


def held(found: Holdout) -> int:
    return sum(end - start for ranges in found.ranges.values() for start, end in ranges)


def test_from_twenty_documents_on_whole_ones_are_held_out() -> None:
    found = drawn([7] * 20)
    assert found.by == "documents" and len(found.ranges) == 2  # a tenth of twenty
    assert set(found.ranges.values()) == {((0, 7),)}
    assert drawn([7] * 19).by == "passages"


def test_few_long_documents_give_passages_in_their_order() -> None:
    found = drawn([300, 200])
    assert found.by == "passages" and held(found) == 50  # a tenth of 500, in passages of five
    for number, ranges in found.ranges.items():
        flat = [place for pair in ranges for place in pair]
        assert flat == sorted(set(flat)) and flat[-1] <= (300, 200)[number]


def test_a_group_of_near_duplicates_is_drawn_as_one_or_not_at_all() -> None:
    for seed in range(30):
        found = drawn([3] * 30, [[0, 1], [2, 3, 4]], by="documents", seed=seed, share=0.2)
        assert len(found.ranges) == 6
        for group in ({0, 1}, {2, 3, 4}):
            assert len(group & set(found.ranges)) in (0, len(group))


def test_passages_never_come_from_documents_with_a_near_duplicate() -> None:
    assert all(set(drawn([100, 100, 100], [[0, 2]], seed=seed).ranges) == {1} for seed in range(10))
    assert drawn([100, 100], [[0, 1]]).ranges == {}


def test_the_seed_reproduces_and_matters() -> None:
    assert drawn([5] * 100) == drawn([5] * 100)
    assert drawn([5] * 100) != drawn([5] * 100, seed=1)


def test_nothing_is_held_out_of_nothing_or_on_request() -> None:
    assert drawn([5] * 30, share=0.0) == Holdout("none", {})
    assert drawn([]) == Holdout("none", {})
    assert drawn([9], by="documents").ranges == {}  # the only document is never held out whole
    assert drawn([3]).ranges == {}


def test_files_are_found_by_name_or_by_its_last_part() -> None:
    sources = ["books/a.txt", "books/b.txt", "a.txt", "old/b.txt"]
    assert named(["a.txt", "old/b.txt"], sources) == [2, 3]  # the whole name comes first
    assert named(["c.txt"], ["books/c.txt"]) == [0]


@pytest.mark.parametrize(("wanted", "told"), [("c.txt", "No file"), ("b.txt", "2 files")])
def test_a_file_that_is_not_one_is_a_problem(wanted: str, told: str) -> None:
    with pytest.raises(UserProblem, match=told):
        named([wanted], ["books/b.txt", "old/b.txt"])


def test_files_are_held_out_with_their_near_duplicates_and_without_what_was_dropped() -> None:
    chosen, kept = np.array([True, True, False, False, False]), np.array([True, False, True, True, True])
    found = of_files(np.array([3, 3, 4, 5, 6]), kept, [[0, 3]], chosen)
    assert found == Holdout("files", {0: ((0, 3),), 3: ((0, 5),)})
