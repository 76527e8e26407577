"""Counts: exact where all is read, close where some is."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.data.corpus import store
from core.data.corpus.store import CorpusWriter, Document
from core.pretraining.counting import examples_in
from core.pretraining.objectives import OBJECTIVES
from core.pretraining.stream import ExampleStream
from tests.core.pretraining.made_corpus import made, tokenizer, written


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_small_corpus_is_counted_and_a_large_one_estimated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, objective: str
) -> None:
    monkeypatch.setattr(store, "GROUP_BYTES", 6_000)
    found = ExampleStream(made(tmp_path, 600), tokenizer(), OBJECTIVES[objective], max_length=32)
    batches = [batch for batch, _ in found.batches(0, 512)]
    exact, estimate = examples_in(found, sample=100), examples_in(found)
    assert exact.exact and exact.examples == sum(len(batch.labels) for batch in batches)
    assert exact.tokens == sum(batch.tokens for batch in batches)
    assert not estimate.exact and estimate.sampled == 8 < estimate.groups
    assert abs(estimate.tokens / exact.tokens - 1) < 0.08 and found.tokens_an_epoch() == estimate.tokens


def test_documents_without_an_example_are_told(tmp_path: Path) -> None:
    found = written(tmp_path, [["cask"], ["wine .", "bell ."], ["wall ."]])
    count = ExampleStream(found, tokenizer(), OBJECTIVES["mlm_sop"]).count()
    assert count.without == 1 and "1 documents are too short" in count.notices[0]


def test_a_document_alone_is_told(tmp_path: Path) -> None:
    found = written(tmp_path, [["cask .", "wine .", "bell .", "wall .", "bone .", "niche ."] * 20])
    count = ExampleStream(found, tokenizer(), OBJECTIVES["mlm_nsp"], max_length=16).count()
    assert count.same_document > 5 and "elsewhere in the document" in count.notices[0]


def test_passages_of_one_document_count_as_one(tmp_path: Path) -> None:
    with CorpusWriter(tmp_path) as writer:
        for _ in range(2):
            writer.add("train", Document(5, "book", ("cask .", "wine .", "bell .", "wall .") * 9))
        found = writer.finish({})
    stream = ExampleStream(found, tokenizer(), OBJECTIVES["mlm_nsp"], max_length=16)
    assert stream.count().without == 0 and stream.count().same_document > 0
    assert {each.document for each in stream.examples(0)} == {5}
