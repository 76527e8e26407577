from pathlib import Path

from core.data.corpus.store import CorpusWriter, Document
from core.encoding.base_models import bundled
from core.pretraining.config import PRETRAIN
from core.training.estimate import estimate
from tests.core.encoding.tiny_models import tiny_body

SMALL = {"tokens_a_batch": 128, "max_length": 32, "precision": "float32", "preset": "tiny", "vocabulary_size": 200}


def corpus(folder: Path, documents: int) -> Path:
    with CorpusWriter(folder) as writer:
        for number in range(documents):
            writer.add("train", Document(number, "d", ("The cask was old.", "He went down to the river.") * 10))
        writer.finish({"content_hash": "h", "characters": documents * 430})
    return folder


def test_more_text_takes_longer_and_the_basis_says_how_many_steps(tmp_path: Path) -> None:
    base = tiny_body(tmp_path / "base")
    few, many = (estimate(PRETRAIN, corpus(tmp_path / str(n), n), SMALL, base) for n in (2, 200))
    assert few.seconds < many.seconds and few.peak_mb > 50
    assert "steps of 128 tokens" in few.basis


def test_from_scratch_is_reckoned_from_characters(tmp_path: Path) -> None:
    found = estimate(PRETRAIN, corpus(tmp_path, 4), SMALL, None)
    assert found.seconds > 0 and "steps" in found.basis


def test_the_bundled_base_can_be_measured(tmp_path: Path) -> None:
    assert estimate(PRETRAIN, corpus(tmp_path, 1), {**SMALL, "head_steps": 1}, bundled()).seconds > 0
