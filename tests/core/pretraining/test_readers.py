"""Several readers: together they read every example once, always in the same order, and from any place."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from core.data.corpus import store
from core.data.corpus.store import Corpus
from core.pretraining.masking import IGNORED
from core.pretraining.objectives import OBJECTIVES
from core.pretraining.place import Place
from core.pretraining.readers import Readers, Turns
from core.pretraining.stream import ExampleStream
from tests.core.pretraining.made_corpus import made, tokenizer

TOKENS = 256


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "GROUP_BYTES", 2_000)
        return made(tmp_path_factory.mktemp("corpus"), 100)


def stream(corpus: Corpus, shard: int = 0, shards: int = 1) -> ExampleStream:
    return ExampleStream(corpus, tokenizer(), OBJECTIVES["mlm"], max_length=32, seed=3, shard=shard, shards=shards)


def readers(corpus: Corpus, count: int) -> Readers:
    return Readers([stream(corpus, shard, count) for shard in range(count)])


def originals(batch: Any) -> list[tuple[int, ...]]:
    whole = np.where(batch.labels == IGNORED, batch.input_ids, batch.labels)
    return [tuple(int(piece) for piece in row if piece) for row in whole]


def name(batch: Any) -> str:
    return hashlib.sha256(batch.input_ids.tobytes() + batch.labels.tobytes()).hexdigest()


def test_readers_share_the_text_in_turn_and_go_on_from_any_place(corpus: Corpus) -> None:
    alone = Counter(row for batch, _ in stream(corpus).batches(0, TOKENS) for row in originals(batch))
    found = list(readers(corpus, 3).batches(0, TOKENS))
    assert Counter(row for batch, _ in found for row in originals(batch)) == alone
    shards = [[name(batch) for batch, _ in stream(corpus, shard, 3).batches(0, TOKENS)] for shard in range(3)]
    in_turn = [part[place] for place in range(max(map(len, shards))) for part in shards if place < len(part)]
    assert [name(batch) for batch, _ in found] == in_turn and len({len(part) for part in shards}) > 1
    for stopped in (1, len(found) - 2):  # the last: behind the end of the shortest shard
        kept = json.loads(json.dumps(asdict(found[stopped][1])))
        assert [name(batch) for batch, _ in readers(corpus, 3).batches(0, TOKENS, kept)] == in_turn[stopped + 1 :]


def test_a_place_of_other_readers_is_not_gone_on_from() -> None:
    assert Turns.of(None, 2) == Turns((None, None), 0)
    kept = {"places": [None, asdict(Place(0, 1, 2, 32, 256))], "turn": 1}
    assert Turns.of(kept, 2) == Turns((None, Place(0, 1, 2, 32, 256)), 1)
    with pytest.raises(ValueError, match="2 readers"):
        Turns.of(kept, 3)
