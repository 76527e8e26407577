from __future__ import annotations

from pathlib import Path

import pytest

from core.encoding.base_models import bundled
from core.encoding.tokenizing import load_tokenizer
from core.errors import Stopped, UserProblem
from core.inspection.pieces_per_word import fertility, sampled
from core.pretraining.proof.pieces_per_word import pieces_per_word
from core.progress import Progress
from tests.core.encoding.tiny_models import tiny_body

TEXTS = ["the cat", "Cat soup", "漢 cab", "  "]  # words: the c-a-t | c-a-t soup | [UNK] c-a-b


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> object:
    return load_tokenizer(tiny_body(tmp_path_factory.mktemp("pieces")))


def test_counts_worked_by_hand(tiny: object) -> None:
    found = fertility(tiny, TEXTS)
    assert (found.words, found.pieces, found.texts) == (6, 12, 4)
    assert found.value.value == pytest.approx(12 / 6)
    assert found.split.value == pytest.approx(3 / 6) and found.unknown.value == pytest.approx(1 / 6)
    assert found.distribution == ((1, 3), (3, 3))
    assert found.per_100_characters.value == pytest.approx(100 * 12 / 17)
    assert [(each.text, each.pieces, each.count) for each in found.most_split] == [
        ("cat", ("c", "##a", "##t"), 2), ("cab", ("c", "##a", "##b"), 1),
    ]  # fmt: skip
    assert found.longer == 0


def test_the_whole_of_a_long_text_counts_also_what_the_model_does_not_see(tiny: object) -> None:
    found = fertility(tiny, ["cat " * 40, "the"])
    assert (found.words, found.pieces, found.cut, found.longer) == (41, 121, 1, 0.5)
    assert found.distribution == ((1, 1), (3, 40))  # the word on the edge counts once


def test_it_agrees_with_the_measure_of_the_proof_on_short_sentences() -> None:
    tokenizer = load_tokenizer(bundled())
    texts = ["Embeddings of tokenizers, unquestionably.", "The bank was closed 😀.", "He re-entered; she didn't."]
    ours, proof = fertility(tokenizer, texts), pieces_per_word(tokenizer, texts)
    assert ours.value.value == pytest.approx(proof.value.value)
    assert ours.words == proof.words and ours.split.value == pytest.approx(proof.split.value)
    assert ours.unknown.value == pytest.approx(proof.unknown.value)


def test_other_tokenizers_are_measured_too(tmp_path: Path) -> None:
    roberta = load_tokenizer(tiny_body(tmp_path, "roberta"))
    found = fertility(roberta, ["the cat", "é"])
    assert found.pieces == 7 + 2 and found.words == 3  # bytes: é is two


def test_a_sample_tells_of_how_many() -> None:
    told: list[Progress] = []
    chosen, found = sampled((f"text {n}" for n in range(12_000)), most=100, seed=1, report=told.append)
    assert len(chosen) == 100 and found == 12_000 and [each.step for each in told] == [5_000, 10_000]
    assert chosen == sampled((f"text {n}" for n in range(12_000)), most=100, seed=1)[0]
    assert sampled(["", "a", " "], most=5) == (["a"], 1)


def test_nothing_to_measure_is_told(tiny: object) -> None:
    with pytest.raises(UserProblem, match="no sentences"):
        sampled(["", "  "])
    with pytest.raises(UserProblem, match="no word"):
        fertility(tiny, ["\u00ad"])


def test_it_stops_when_asked(tiny: object) -> None:
    with pytest.raises(Stopped):
        fertility(tiny, TEXTS, should_stop=lambda: "discard")
