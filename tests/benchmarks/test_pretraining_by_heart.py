"""From scratch on one tale: it can be learned by heart, and the run says so.

OMP_WAIT_POLICY=PASSIVE python -m pytest tests/benchmarks/test_pretraining_by_heart.py -m benchmark -s
"""

from __future__ import annotations

from pathlib import Path

import pytest

from core.data.corpus.check import check
from core.data.corpus.extract import extract
from core.data.corpus.options import CorpusOptions
from core.data.corpus.store import open_corpus
from core.pretraining.config import PretrainConfig
from core.pretraining.overfitting import overfitting
from core.pretraining.pretrain import pretrain
from core.progress import never, silent

pytestmark = [pytest.mark.benchmark, pytest.mark.real_data, pytest.mark.timeout(3600)]
ASKED = {
    "preset": "mini", "vocabulary_size": 1500, "static_masks": True, "num_train_epochs": 60, "learning_rate": 1e-3,
    "tokens_a_batch": 1024,
}  # fmt: skip


def test_the_tale_is_learned_by_heart_and_told(shared_data: Path, tmp_path: Path) -> None:
    tale = shared_data / "raw_text" / "poe" / "cask-of-amontillado-pg1063.txt"
    options = CorpusOptions(strip_gutenberg=True, documents="file")
    check(extract([(tale, tale.name)], tmp_path / "raw", options), options, out=tmp_path / "corpus")
    found = pretrain(
        open_corpus(tmp_path / "corpus"), PretrainConfig.from_json(ASKED), base=None, checkpoints=tmp_path / "run",
        report=silent, should_stop=never,
    )  # fmt: skip
    told = overfitting(found.trained.history)
    assert told is not None
    print(f"\n{found.trained.steps} steps: {told.sentence}", flush=True)
    assert told.training < 1.0 < told.first and told.last > told.first and told.told
