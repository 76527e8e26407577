from __future__ import annotations

import re

from core.inspection.homonym_examples import EXAMPLES, occurrences
from core.pretraining.proof.homonym_sentences import SENTENCES


def test_every_sentence_holds_its_word_once_and_stands_once() -> None:
    assert len(EXAMPLES) >= 8
    every = [text for senses in EXAMPLES.values() for texts in senses.values() for text in texts]
    assert len(set(every)) == len(every)
    for word, senses in EXAMPLES.items():
        assert 2 <= len(senses) <= 3 and all(len(texts) >= 4 for texts in senses.values())
        for text in (text for texts in senses.values() for text in texts):
            assert re.findall(r"[a-z]+", text.lower()).count(word) == 1, text


def test_the_sentences_of_the_proof_are_among_them_unchanged() -> None:
    assert all(EXAMPLES[word][sense] == texts for word, by in SENTENCES.items() for sense, texts in by.items())
    assert list(EXAMPLES["spring"]) == ["season", "coil", "water"]


def test_an_occurrence_is_the_word_where_it_stands() -> None:
    found = occurrences("seal")
    assert [sense for _, sense in found] == ["animal"] * 4 + ["stamp"] * 4 + ["gasket"] * 4
    assert {one.word for one, _ in found} == {"seal"}
    assert found[0][0].start == 2
