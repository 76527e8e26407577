"""Near-duplicates: shingles and similarities by hand, groups among texts that are almost the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.data.corpus import near_duplicates
from core.data.corpus.near_duplicates import Signatures, Similar, groups
from core.data.corpus.shingles import jaccard, shingles

WORDS = [f"word{number}" for number in range(104)]  # 100 shingles of five


def changed(place: int) -> str:
    return " ".join([*WORDS[:place], "other", *WORDS[place + 1 :]])


def found(folder: Path, texts: list[str], skip: list[int] | None = None, step: int = 10_000) -> list[Similar]:
    with Signatures(folder) as signatures:
        for text in texts:
            words = text.split()
            for start in range(0, len(words), step):
                signatures.add((" ".join(words[start : start + step]),))
            signatures.end()
    mask = np.zeros(len(texts), dtype=bool)
    mask[skip or []] = True
    return groups(folder, signatures.counts, mask)


def test_shingles_are_runs_of_five_words_without_case_and_punctuation() -> None:
    assert len(shingles(["One two three.", "Four five six!"])) == 2
    assert np.array_equal(shingles(["A b, c d e"]), shingles(["a B c", "(D) e."]))
    assert len(shingles(["only three words"])) == 1 and len(shingles(["..."])) == 0


def test_the_similarity_by_hand() -> None:
    whole = shingles([" ".join(WORDS)])
    assert len(whole) == 100
    assert jaccard(whole, shingles([changed(50)])) == pytest.approx(95 / 105)  # five shingles hold the changed word
    assert jaccard(whole, shingles([changed(0)])) == pytest.approx(99 / 101)
    assert jaccard(whole, whole) == 1.0 and jaccard(whole[:0], whole[:0]) == 0.0


def test_groups_with_their_similarity(tmp_path: Path) -> None:
    texts = ["quite another text with some words of its own", " ".join(WORDS), changed(50), "short", changed(0)]
    [group] = found(tmp_path, texts)
    assert group.documents == (1, 2, 4) and not group.estimated
    assert group.similarity == pytest.approx(95 / 105)


def test_passages_of_a_document_are_one_text(tmp_path: Path) -> None:
    whole, other = " ".join(WORDS), changed(50)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert found(tmp_path / "a", [whole, other], step=3) == found(tmp_path / "b", [whole, other])


def test_less_alike_than_the_bar_is_no_group(tmp_path: Path) -> None:
    three = changed(20).split()
    three[40] = three[60] = "another"
    assert jaccard(shingles([" ".join(WORDS)]), shingles([" ".join(three)])) == pytest.approx(85 / 115)
    assert found(tmp_path, [" ".join(WORDS), " ".join(three)]) == []


def test_what_is_skipped_is_in_no_group(tmp_path: Path) -> None:
    assert found(tmp_path, [" ".join(WORDS), changed(50)], skip=[0]) == []
    assert found(tmp_path, []) == []


def test_a_text_too_long_to_keep_is_compared_by_its_signature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_duplicates, "KEPT", 50)
    [group] = found(tmp_path, [" ".join(WORDS), changed(0)])
    assert group.estimated and group.similarity == pytest.approx(99 / 101, abs=0.1)


def test_many_copies_are_one_group(tmp_path: Path) -> None:
    [group] = found(tmp_path, [changed(place) for place in range(0, 104, 1)][:80] + [" ".join(WORDS)])
    assert len(group.documents) == 81
