"""The stream: every document once an epoch, the same again from every place, shards that share nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.data.corpus import store
from core.data.corpus.store import Corpus
from core.pretraining.objectives import OBJECTIVES
from core.pretraining.stream import ExampleStream
from tests.core.pretraining.made_corpus import made, tokenizer


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """About twenty row groups in three parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "GROUP_BYTES", 2_000)
        patch.setattr(store, "PART_BYTES", 16_000)
        found = made(tmp_path_factory.mktemp("corpus"), 160)
    assert len(found.groups("train")) > 15 and len({group.part for group in found.groups("train")}) > 1
    return found


def stream(corpus: Corpus, objective: str = "mlm_nsp", **changes: Any) -> ExampleStream:
    return ExampleStream(corpus, tokenizer(), OBJECTIVES[objective], **{"max_length": 32, "seed": 3, **changes})


def content(batch: Any) -> str:
    arrays = (batch.input_ids, batch.token_type_ids, batch.labels, batch.attention_mask, batch.pair_labels)
    return json.dumps([None if each is None else each.tolist() for each in arrays])


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_place_of_an_epoch_goes_on_with_the_same_rest(corpus: Corpus, objective: str) -> None:
    whole = [(content(batch), place) for batch, place in stream(corpus, objective).batches(1, 256)]
    assert len(whole) > 20
    for number, (_, place) in enumerate(whole):
        told = json.loads(json.dumps(place.to_json()))
        rest = [content(batch) for batch, _ in stream(corpus, objective).batches(1, 256, told)]
        assert rest == [each for each, _ in whole[number + 1 :]]
