"""Examples and tokens a second from a corpus to pre-training batches, on one core, beside what training takes.

    pytest tests/benchmarks/test_pretraining_stream.py -m benchmark -s

Text is English books where they lie beside the checkout, else made up. Figures are printed, not asserted.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.data.corpus.store import Corpus, CorpusWriter, Document
from core.encoding.base_models import bundled
from core.encoding.tokenizing import load_tokenizer
from core.pretraining.masking import Masking
from core.pretraining.objectives import OBJECTIVES
from core.pretraining.stream import ExampleStream

BOOKS = Path(__file__).resolve().parents[3] / "shared" / "data" / "raw_text" / "gutenberg"
PASSAGE = 200  # lines


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    with CorpusWriter(folder) as writer:
        for number, sentences in enumerate(passages()):
            writer.add("train", Document(number, f"{number}", sentences))
        return writer.finish({})


def passages() -> Iterator[tuple[str, ...]]:
    for book in sorted(BOOKS.rglob("*.txt"))[:12]:
        lines = [line for line in book.read_text(encoding="latin-1").split(". ") if line.strip()]
        yield from (tuple(" ".join(line.split()) for line in lines[at : at + PASSAGE])
                    for at in range(0, len(lines), PASSAGE))  # fmt: skip
    if not BOOKS.is_dir():
        rng, words = np.random.default_rng(0), np.array(["cask", "of", "wine", "in", "a", "damp", "vault"])
        for _ in range(400):
            yield tuple(" ".join(rng.choice(words, rng.integers(4, 40))) for _ in range(PASSAGE))


@pytest.mark.benchmark
@pytest.mark.parametrize("max_length", [32, 128, 512])
def test_tokens_a_second(corpus: Corpus, max_length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "TOKENIZERS_PARALLELISM", "false")
    tokenizer, groups = load_tokenizer(bundled()), len(corpus.groups("train"))
    for name, objective in OBJECTIVES.items():
        for whole_words in (False, True):
            stream = ExampleStream(
                corpus, tokenizer, objective, max_length=max_length, masking=Masking(whole_words=whole_words)
            )
            begun, worked = time.perf_counter(), time.process_time()
            examples = tokens = padded = batches = 0
            for batch, _ in stream.batches(0, 4096):
                examples, tokens = examples + len(batch.labels), tokens + batch.tokens
                padded, batches = padded + batch.input_ids.size, batches + 1
            took, worked = time.perf_counter() - begun, time.process_time() - worked
            print(
                f"{name:8} length {max_length:3} {'words ' if whole_words else 'pieces'} {groups} groups: "
                f"{tokens / worked:9,.0f} tokens/CPU-s {tokens / took:9,.0f} tokens/s {examples / took:7,.0f} "
                f"examples/s, padding {1 - tokens / padded:.2%}, {tokens / batches:,.0f} tokens a batch of 4096"
            )
    print(f"peak memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
