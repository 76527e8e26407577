"""The encoder: right vectors, each distinct text once, from the cache what was computed before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.encoding.cache import VectorCache
from core.encoding.encoder import Encoder
from core.encoding.tokenizing import load_tokenizer
from core.errors import Stopped
from core.progress import Progress

TEXTS = ["i love pizza", "the soup was cold", "very good", "", "i love pizza", "not " * 90]


def by_hand(folder: Path, text: str, max_length: int) -> np.ndarray:
    from transformers import AutoModel

    inputs = load_tokenizer(folder)(text, return_tensors="pt", truncation=True, max_length=max_length)
    with torch.no_grad():
        return AutoModel.from_pretrained(folder).eval()(**inputs).last_hidden_state[0].mean(0).numpy()


def test_vectors_are_those_of_transformers_one_by_one(tiny: Path) -> None:
    encoded = Encoder(tiny, max_length=32).encode(TEXTS, precision="float32")
    wanted = np.stack([by_hand(tiny, text, 32) for text in TEXTS])
    assert np.abs(encoded.vectors - wanted).max() <= 1e-5
    assert encoded.vectors.dtype == np.float32
    assert encoded.truncated.tolist() == [False, False, False, False, False, True]
    assert encoded.tokens.tolist() == [5, 6, 4, 2, 5, 32]


def test_each_distinct_text_is_computed_once(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    from core.encoding import encoder as module

    original = module.tokenize
    monkeypatch.setattr(module, "tokenize", lambda t, texts, *rest: seen.extend(texts) or original(t, texts, *rest))
    Encoder(tiny, max_length=32).encode(TEXTS * 3, precision="float32")
    assert sorted(seen) == sorted(set(TEXTS))


def test_the_cache_gives_the_same_without_loading_weights(tiny: Path, tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "cache")
    first = Encoder(tiny, max_length=32, cache=cache).encode(TEXTS, precision="float32")
    again = Encoder(tiny, max_length=32, cache=cache)
    second = again.encode(TEXTS, precision="float32")
    assert np.array_equal(first.vectors, second.vectors)
    assert np.array_equal(first.tokens, second.tokens) and np.array_equal(first.truncated, second.truncated)
    assert "_copies" not in vars(again) and "tokenizer" not in vars(again)


@pytest.mark.parametrize(
    "other", [{"pooling": "cls"}, {"layer": 1}, {"max_length": 3}, {"precision": "bfloat16"}, {"pairs": True}]
)
def test_other_settings_are_other_vectors(tiny: Path, tmp_path: Path, other: dict) -> None:
    cache = VectorCache(tmp_path / "cache")
    precision, pairs = other.pop("precision", "float32"), other.pop("pairs", False)
    first = Encoder(tiny, max_length=32, cache=cache).encode(["i love pizza"], precision="float32")
    second = Encoder(tiny, cache=cache, **{"max_length": 32, **other}).encode(
        ["i love pizza"], ["i love pizza"] if pairs else None, precision=precision
    )
    assert not np.array_equal(first.vectors, second.vectors)


def test_a_pair_is_not_its_texts_run_together(tiny: Path, tmp_path: Path) -> None:
    encoder = Encoder(tiny, max_length=32, cache=VectorCache(tmp_path / "cache"))
    encoded = encoder.encode(["good", "good soup"], ["soup pizza", "pizza"], precision="float32")
    assert not np.allclose(encoded.vectors[0], encoded.vectors[1], atol=1e-6)


def test_progress_ends_at_the_number_of_distinct_texts(tiny: Path) -> None:
    reports: list[Progress] = []
    Encoder(tiny, max_length=32).encode(TEXTS, precision="float32", report=reports.append)
    assert [report.step for report in reports] == sorted(report.step for report in reports)
    assert (reports[-1].step, reports[-1].steps) == (5, 5)


def test_stopping_keeps_in_the_cache_what_was_computed(tiny: Path, tmp_path: Path) -> None:
    cache, answers = VectorCache(tmp_path / "cache"), iter([None, None, "discard"])
    texts = [f"{'good ' * (n % 60)} {n}" for n in range(400)]
    encoder = Encoder(tiny, cache=cache, max_length=64)
    with pytest.raises(Stopped):
        encoder.encode(texts, precision="float32", should_stop=lambda: next(answers))
    keys = [encoder._key(text, None, "float32") for text in texts]
    assert 0 < len(cache.get(keys, 32)) < len(texts)


def test_no_texts_are_no_vectors(tiny: Path) -> None:
    assert Encoder(tiny, max_length=32).encode([], precision="float32").vectors.shape == (0, 32)
