"""The mean over many contexts: which sentences, how many, what is lost."""

from __future__ import annotations

import numpy as np
import pytest

from core.bias.audited import Audited
from core.bias.vectors.kinds import VectorConfig, vectors
from core.encoding.cache import VectorCache
from core.errors import UserProblem
from core.inspection.word_vectors import Occurrence, word_vectors


def test_a_words_vector_is_the_mean_over_the_texts_that_hold_it(bert: Audited) -> None:
    texts = ["The rose is red.", "Roses are red.", "He rose; a rose fell.", "Nothing here."]
    found = vectors(bert, ["rose", "tulip"], VectorConfig(vectors="contexts"), contexts=texts)
    spots = [Occurrence(texts[0], 4, 8), Occurrence(texts[2], 3, 7), Occurrence(texts[2], 11, 15)]
    wanted = word_vectors(bert.subject, spots).layers[:, -1].mean(axis=0)
    assert found.words == ("rose",) and found.rows[0] == pytest.approx(wanted, abs=1e-4)
    assert found.lost == {"tulip": "it stands in none of the texts"}
    assert any("rose 3" in note for note in found.notes)


def test_without_texts_neutral_sentences_are_used(bert: Audited) -> None:
    found = vectors(bert, ["Emily", "honest"], VectorConfig(vectors="contexts"))
    assert found.words == ("Emily", "honest") and "neutral sentences" in found.said and not found.notes
    assert vectors(bert, ["Emily"], VectorConfig(vectors="contexts", occurrences=1)).rows[0] != pytest.approx(
        found.rows[0]
    )


def test_at_most_so_many_sentences_drawn_by_seed(bert: Audited) -> None:
    texts = [f"Number {n} is a rose." for n in range(30)]
    same = [vectors(bert, ["rose"], VectorConfig(vectors="contexts", occurrences=3, seed=seed), contexts=texts)
            for seed in (1, 1, 2)]  # fmt: skip
    assert "3 to 3, 3 in all, of 30 found" in same[0].notes[0]
    assert np.array_equal(same[0].rows, same[1].rows) and not np.array_equal(same[0].rows, same[2].rows)


def test_the_second_time_comes_from_the_cache(bert: Audited, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = VectorCache(tmp_path_factory.mktemp("cache") / "vectors.sqlite")
    kept = Audited(bert.folder, bert.kind, bert.spec, cache)
    first = vectors(kept, ["rose"], VectorConfig(vectors="contexts"))
    del kept.subject.body  # a second reading would have to load it again
    again = vectors(kept, ["rose"], VectorConfig(vectors="contexts"))
    assert np.array_equal(first.rows, again.rows)


def test_texts_without_any_of_the_words_are_refused(bert: Audited) -> None:
    with pytest.raises(UserProblem, match="None of the words"):
        vectors(bert, ["rose"], VectorConfig(vectors="contexts"), contexts=["Nothing here."])
