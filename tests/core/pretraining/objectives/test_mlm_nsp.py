"""Pairs as the reference builds them: next or random, unused sentences put back, one document apart from itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pretraining.objective import SequencePair
from core.pretraining.objectives.mlm_nsp import IS_NEXT, RANDOM, build

SENTENCES = st.lists(st.lists(st.integers(10, 99), min_size=1, max_size=9), min_size=1, max_size=7)


class Told:
    """A generator that gives what it is told: `floats` for random(), `whole` for integers(), nothing is cut."""

    def __init__(self, floats: list[float], whole: list[int]) -> None:
        self.floats, self.whole = iter(floats), iter(whole)

    def random(self) -> float:
        return next(self.floats)

    def integers(self, low: int, high: int | None = None) -> int:
        drawn = next(self.whole)
        assert (0 if high is None else low) <= drawn < (low if high is None else high)
        return drawn

    def binomial(self, n: int, p: float) -> int:
        return n // 2


def pairs(documents: Any, rng: Any, max_length: int = 11, short: float = 0.0, **more: Any) -> list[SequencePair]:
    return list(build(documents, rng, max_length, short, **more))


def lists(pair: SequencePair) -> tuple[list[int], list[int], int | None]:
    return list(pair.a), list(pair.b), pair.label


ONE = [[1, 2, 3], [4, 5, 6], [7, 8], [9]]  # the first three reach the target of 8
OTHER = [[20, 21], [22], [23, 24, 25, 26]]


def test_by_hand_the_next_sentences() -> None:
    rng = Told([0.5, 0.6], [1, 0, 1])  # chunk 1: A is one sentence, is next; chunk 2 has one sentence: random
    found = pairs([ONE, []], rng)[:1]
    assert lists(found[0]) == ([1, 2, 3], [4, 5, 6, 7, 8], IS_NEXT)


def test_by_hand_a_random_b_and_what_it_left_unused() -> None:
    # Room is 8. A is sentences 1 and 2; below one half: random. B begins with the other document's second sentence and
    # wants 8 - 6 = 2 pieces: [22] is too short, so [23 .. 26] too; 6 + 5 pieces are cut to 4 + 4.
    # Sentences 3 and 4 are put back: 3 pieces are the last chunk; not below one half: is next.
    # The other document has 7 pieces: A is its first two sentences, B the fourth of the first document.
    # Its last sentence was put back and is alone, so B is random: 4 pieces are wanted, 6 come, 4 are kept.
    rng = Told([0.49, 0.5, 0.0], [2, 0, 1, 1, 2, 0, 3, 0, 0])
    found = pairs([ONE, OTHER], rng)
    assert [lists(pair) for pair in found] == [
        ([2, 3, 4, 5], [22, 23, 24, 25], RANDOM),
        ([7, 8], [9], IS_NEXT),
        ([20, 21, 22], [9], RANDOM),
        ([23, 24, 25, 26], [2, 3, 4, 5], RANDOM),
    ]
    assert [pair.document for pair in found] == [0, 0, 1, 1] and not any(pair.same_document for pair in found)


def reference(documents: list[Any], max_seq_length: int, rng: random.Random) -> Iterator[tuple[int, int, bool, int]]:
    """create_instances_from_document of google-research/bert, none short: |A|, |B|, is random, sentences of A."""
    room = max_seq_length - 3
    for index, document in enumerate(documents):
        chunk, length, i = [], 0, 0
        while i < len(document):
            chunk.append(document[i])
            length += len(document[i])
            if i == len(document) - 1 or length >= room:
                a_end = rng.randint(1, len(chunk) - 1) if len(chunk) >= 2 else 1
                a = [piece for sentence in chunk[:a_end] for piece in sentence]
                b: list[int] = []
                is_random = len(chunk) == 1 or rng.random() < 0.5
                if is_random:
                    other = rng.choice([each for place, each in enumerate(documents) if place != index])
                    for sentence in other[rng.randint(0, len(other) - 1) :]:
                        b.extend(sentence)
                        if len(b) >= room - len(a):
                            break
                    i -= len(chunk) - a_end
                else:
                    b = [piece for sentence in chunk[a_end:] for piece in sentence]
                while len(a) + len(b) > room:
                    (a if len(a) > len(b) else b).pop()
                yield len(a), len(b), is_random, a_end
                chunk, length = [], 0
            i += 1


def test_shares_and_lengths_are_those_of_the_reference() -> None:
    drawn = np.random.default_rng(1)
    documents = [
        [[place] * int(drawn.integers(1, 14)) for _ in range(int(drawn.integers(1, 12)))] for place in range(1500)
    ]
    theirs = np.array([each[:3] for each in reference(documents, 35, random.Random(0))], dtype=float)
    found = pairs(documents, np.random.default_rng(2), 35)
    ours = np.array([(len(pair.a), len(pair.b), pair.label == RANDOM) for pair in found], dtype=float)
    assert abs(len(ours) / len(theirs) - 1) < 0.03
    noise = 4 * theirs.std(axis=0) / len(theirs) ** 0.5 * 2**0.5
    assert (np.abs(ours.mean(axis=0) - theirs.mean(axis=0)) < noise).all()
    assert all(len(set(pair.b)) == 1 and (pair.a[0] == pair.b[0]) == (pair.label == IS_NEXT) for pair in found)


def test_the_only_document_gives_a_b_that_does_not_touch_a() -> None:
    document = [[place] * 3 for place in range(200)]
    found = pairs([document], np.random.default_rng(0), 27)
    for pair in found:
        a, b = sorted(set(pair.a)), sorted(set(pair.b))
        assert pair.same_document == (pair.label == RANDOM)
        if pair.label == IS_NEXT:
            assert b[0] == a[-1] + 1
        else:
            assert b[0] > a[-1] + 1 or b[-1] < a[0] - 1
    assert 0.4 < np.mean([pair.label == RANDOM for pair in found]) < 0.75


def test_passages_of_one_document_are_not_another_document() -> None:
    passages = [[[place * 100 + n] * 3 for n in range(30)] for place in range(3)]
    found = pairs(passages, np.random.default_rng(0), 27, numbers=[7, 7, 8])
    randoms = [pair for pair in found if pair.label == RANDOM]
    assert all((pair.b[0] >= 200) != (pair.document == 2) for pair in randoms)
    assert not any(pair.same_document for pair in randoms)


@pytest.mark.parametrize("sentences", [[[5]], [[5, 6]], [[5] * 50]])
def test_the_only_sentence_of_the_only_document_has_no_pair(sentences: Any) -> None:
    assert pairs([sentences], np.random.default_rng(0)) == []


@given(
    st.lists(SENTENCES, min_size=2, max_size=5),
    st.integers(5, 40),
    st.sampled_from([0.0, 0.1, 1.0]),
    st.integers(0, 99),
)
def test_pairs_fit_and_every_document_gives_one(documents: Any, max_length: int, short: float, seed: int) -> None:
    found = pairs(documents, np.random.default_rng(seed), max_length, short)
    assert all(len(pair.a) >= 1 and len(pair.b) >= 1 for pair in found)
    assert all(len(pair.a) + len(pair.b) <= max_length - 3 for pair in found)
    assert {pair.document for pair in found} == set(range(len(documents)))
