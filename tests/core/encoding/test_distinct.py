"""Distinct texts and the way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.encoding.distinct import distinct

TEXTS = st.lists(st.sampled_from(["", "a", "b", "ab"]), max_size=20)


@given(TEXTS)
def test_texts_come_back_by_their_places(texts: list[str]) -> None:
    firsts, seconds, inverse = distinct(texts, None)
    assert [firsts[place] for place in inverse] == texts
    assert len(set(firsts)) == len(firsts) and seconds is None


@given(st.lists(st.tuples(st.sampled_from(["", "a", "ab"]), st.sampled_from(["", "b", "ab"])), min_size=1))
def test_pairs_differ_when_either_text_does(rows: list[tuple[str, str]]) -> None:
    firsts, seconds, inverse = distinct([a for a, _ in rows], [b for _, b in rows])
    assert seconds is not None
    assert [(firsts[place], seconds[place]) for place in inverse] == rows
    assert len(firsts) == len(set(rows))
