"""The stream: every document once an epoch, the same again from every place, shards that share nothing."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.data.corpus import store
from core.data.corpus.store import Corpus, documents_of
from core.encoding.base_models import bundled
from core.encoding.tokenizing import load_tokenizer
from core.errors import UserProblem
from core.pretraining.masking import IGNORED, MASKED, Masking
from core.pretraining.objectives import OBJECTIVES
from core.pretraining.stream import ExampleStream, Place
from tests.core.pretraining.made_corpus import made, tokenizer, written


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """About twenty row groups in three parts."""
    found = small_groups(tmp_path_factory.mktemp("corpus"), 160)
    assert len(found.groups("train")) > 15 and len({group.part for group in found.groups("train")}) > 1
    return found


def small_groups(folder: Path, documents: int, group_bytes: int = 2_000) -> Corpus:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "GROUP_BYTES", group_bytes)
        patch.setattr(store, "PART_BYTES", 8 * group_bytes)
        return made(folder, documents)


def stream(corpus: Corpus, objective: str = "mlm_nsp", **changes: Any) -> ExampleStream:
    return ExampleStream(corpus, tokenizer(), OBJECTIVES[objective], **{"max_length": 32, "seed": 3, **changes})


def content(batch: Any) -> str:
    arrays = (batch.input_ids, batch.token_type_ids, batch.labels, batch.attention_mask, batch.pair_labels)
    return json.dumps([None if each is None else each.tolist() for each in arrays])


def digest(found: ExampleStream, epoch: int = 0, tokens: int = 256, start: Any = None) -> str:
    told = "".join(content(batch) for batch, _ in found.batches(epoch, tokens, start))
    return hashlib.sha256(told.encode()).hexdigest()


def originals(batch: Any) -> list[tuple[int, ...]]:
    """Every example of a batch without padding, as it was before it was masked."""
    whole = np.where(batch.labels == IGNORED, batch.input_ids, batch.labels)
    return [tuple(int(piece) for piece in row if piece) for row in whole]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_place_of_an_epoch_goes_on_with_the_same_rest(corpus: Corpus, objective: str) -> None:
    found = stream(corpus, objective)
    whole = [(content(batch), place) for batch, place in found.batches(1, 256)]
    assert len(whole) > 20
    for number, (_, place) in enumerate(whole):
        told = json.loads(json.dumps(place.to_json()))
        rest = [content(batch) for batch, _ in stream(corpus, objective).batches(1, 256, told)]
        assert rest == [each for each, _ in whole[number + 1 :]]


def test_another_process_gives_the_same_batches(corpus: Corpus) -> None:
    """Nothing is kept but a place, so a killed reader is followed by one that knows only that."""
    place = [each for _, each in stream(corpus).batches(2, 256)][7]
    code = (
        "import sys, json; from pathlib import Path; from core.data.corpus.store import open_corpus\n"
        "from tests.core.pretraining import test_stream as t\n"
        "print(t.digest(t.stream(open_corpus(Path(sys.argv[1]))), 2, 256, json.loads(sys.argv[2])))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(corpus.folder), json.dumps(place.to_json())],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "7"},
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert told.stdout.split()[-1] == digest(stream(corpus), 2, 256, place)


def test_a_place_of_another_length_or_batch_is_refused(corpus: Corpus) -> None:
    place = next(iter(stream(corpus).batches(0, 256)))[1]
    assert place.max_length == 32
    for other, tokens in ((stream(corpus, max_length=16), 256), (stream(corpus), 128)):
        with pytest.raises(ValueError, match="another"):
            next(other.batches(0, tokens, place))


def test_an_epoch_holds_every_sentence_once_and_epochs_differ(corpus: Corpus) -> None:
    found = stream(corpus, "mlm")
    epochs = [[row for batch, _ in found.batches(epoch, 256) for row in originals(batch)] for epoch in range(2)]
    assert Counter(epochs[0]) == Counter(epochs[1]) and epochs[0] != epochs[1]
    pieces = [
        sum(map(len, tokenizer()(list(document.sentences), add_special_tokens=False)["input_ids"]))
        for document in corpus.documents("train")
    ]
    assert sum(len(row) - 2 for row in epochs[0]) == sum(pieces)
    assert digest(found, 0) != digest(found, 1) and digest(found, 0) != digest(stream(corpus, "mlm", seed=4), 0)


def test_dynamic_masks_differ_by_epoch_and_static_ones_do_not(corpus: Corpus) -> None:
    for objective in OBJECTIVES:
        static = stream(corpus, objective, masking=Masking(static=True))
        rows = [sorted(row for batch, _ in static.batches(epoch, 256) for row in whole(batch)) for epoch in range(2)]
        assert rows[0] == rows[1] and digest(static, 0) != digest(static, 1)
    dynamic = stream(corpus, "mlm")
    rows = [sorted(row for batch, _ in dynamic.batches(epoch, 256) for row in whole(batch)) for epoch in range(2)]
    assert rows[0] != rows[1]


def whole(batch: Any) -> list[Any]:
    """Everything about every example, without padding."""
    lengths = (batch.input_ids != 0).sum(axis=1)
    pairs = batch.pair_labels if batch.pair_labels is not None else np.zeros(len(lengths))
    return [
        (batch.input_ids[row, :length].tolist(), batch.token_type_ids[row, :length].tolist(),
         batch.labels[row, :length].tolist(), int(pairs[row]))
        for row, length in enumerate(lengths)
    ]  # fmt: skip


@pytest.mark.parametrize("shards", [2, 3, 50])
def test_shards_share_nothing_and_miss_nothing(corpus: Corpus, shards: int) -> None:
    for epoch in range(2):
        groups = [
            group
            for shard in range(shards)
            for buffer in stream(corpus, shard=shard, shards=shards).buffers(epoch)
            for group in buffer
        ]
        assert sorted(groups) == list(range(len(corpus.groups("train"))))
    alone = Counter(row for batch, _ in stream(corpus, "mlm").batches(0, 256) for row in originals(batch))
    together = Counter(
        row
        for shard in range(shards)
        for batch, _ in stream(corpus, "mlm", shard=shard, shards=shards).batches(0, 256)
        for row in originals(batch)
    )
    assert together == alone


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_what_holds_for_every_batch(corpus: Corpus, objective: str) -> None:
    special = [tokenizer().cls_token_id, tokenizer().sep_token_id]
    for batch, _ in stream(corpus, objective).batches(0, 256):
        real = np.ones(batch.input_ids.shape) if batch.attention_mask is None else batch.attention_mask
        assert batch.input_ids.size <= 256 and batch.input_ids.shape[1] <= 32
        assert batch.tokens == real.sum() and (batch.attention_mask is None) == bool(real.all())
        assert (batch.input_ids[real == 0] == 0).all() and (batch.labels[real == 0] == IGNORED).all()
        assert ((batch.labels != IGNORED).sum(axis=1) >= 1).all()
        assert not np.isin(batch.labels, special).any() and (batch.input_ids[:, 0] == special[0]).all()
        pairs = bool(OBJECTIVES[objective].pair_labels)
        assert (batch.pair_labels is not None) == pairs and batch.token_type_ids.any() == pairs
        assert ((batch.input_ids == special[1]).sum(axis=1) == 1 + pairs).all()
        for array in (batch.input_ids, batch.labels, batch.token_type_ids, batch.pair_labels, batch.attention_mask):
            assert array is None or (array.dtype == np.int64 and array.flags.writeable)


def test_a_split_without_text_gives_nothing(corpus: Corpus) -> None:
    held = stream(corpus, split="holdout")
    assert list(held.batches(0, 256)) == [] and held.tokens_an_epoch() == 0 and held.count().exact


def test_a_text_that_spells_special_pieces_stays_text(tmp_path: Path) -> None:
    found = written(tmp_path, [["cask [SEP] [MASK] wine ."]])
    example = next(stream(found, "mlm").examples(0))
    pieces = tokenizer().convert_ids_to_tokens(example.original.tolist())
    assert pieces == ["[CLS]", "cask", "[", "sep", "]", "[", "mask", "]", "wine", ".", "[SEP]"]


def test_wrong_lengths_are_told(corpus: Corpus) -> None:
    with pytest.raises(UserProblem, match="at least 5"):
        stream(corpus, max_length=4)
    with pytest.raises(ValueError, match="shard"):
        stream(corpus, shard=2, shards=2)


@pytest.mark.parametrize("length", [5, 6])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_shortest_sequences_work(corpus: Corpus, objective: str, length: int) -> None:
    batch, place = next(iter(stream(corpus, objective, max_length=length).batches(0, 64)))
    assert batch.input_ids.shape[1] <= length and isinstance(place, Place)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    peaks = []
    for documents in (800, 4_000):
        found = small_groups(tmp_path / str(documents), documents, 20_000)
        groups, reader = len(found.groups("train")), stream(found)
        next(reader.batches(0, 512))  # what is imported and loaded once
        tracemalloc.start()
        for _ in reader.batches(0, 512):
            pass
        peaks.append((groups, tracemalloc.get_traced_memory()[1]))
        tracemalloc.stop()
    (few, small), (many, large) = peaks
    assert many > 4 * few and few >= 8 and large < 1.2 * small


@pytest.mark.real_data
def test_the_cask_of_amontillado(shared_data: Path, tmp_path: Path) -> None:
    """One document: every random B is from the tale itself, and is said to be; no word of it is lost to masks."""
    tale = shared_data / "raw_text" / "poe" / "cask-of-amontillado-pg1063.txt"
    if not tale.is_file():
        pytest.skip("Poe's tale does not lie beside this checkout")
    text = tale.read_text(encoding="utf-8").split("***")[2]
    sentences = [each.strip() + "." for each in " ".join(text.split()).split(".") if each.strip()]
    found, base = written(tmp_path, [sentences]), load_tokenizer(bundled())
    reader = ExampleStream(found, base, OBJECTIVES["mlm_nsp"], max_length=128)
    count = reader.count()
    examples = list(reader.examples(0))
    assert count.exact and count.examples == len(examples) and count.tokens == reader.tokens_an_epoch()
    assert count.same_document == sum(each.pair_label == 1 for each in examples) > 0 and count.notices
    rows = [row for batch, _ in reader.batches(0, 1024) for row in originals(batch)]
    assert sorted(rows) == sorted(tuple(each.original.tolist()) for each in examples)
    assert all(each.same_document == (each.pair_label == 1) for each in examples)
    alone = ExampleStream(found, base, OBJECTIVES["mlm"], max_length=128)
    pieces = [int(piece) for each in alone.examples(0) for piece in each.original[1:-1]]
    wanted = base(sentences, add_special_tokens=False)["input_ids"]
    assert pieces == [piece for sentence in wanted for piece in sentence]
    assert 0.7 < np.mean([fate == MASKED for each in alone.examples(0) for fate in each.fates if fate]) < 0.9


@pytest.mark.real_data
def test_documents_of_a_real_corpus_are_apart(shared_data: Path, tmp_path: Path) -> None:
    books = sorted((shared_data / "raw_text" / "gutenberg").rglob("*.txt"))[:3]
    if len(books) < 2:
        pytest.skip("the books do not lie beside this checkout")
    lines = [[line for line in book.read_text(encoding="latin-1").splitlines() if line.strip()] for book in books]
    found, base = written(tmp_path, [each[:3000] for each in lines]), load_tokenizer(bundled())
    reader = ExampleStream(found, base, OBJECTIVES["mlm_nsp"], max_length=64)
    count = reader.count()
    assert count.same_document == 0 and count.without == 0 and not count.notices
    share = np.mean([each.pair_label for each in reader.examples(0)])
    assert 0.45 < share < 0.7
    assert sum(len(documents_of(group)) for group in found.groups("train")) == len(books)
