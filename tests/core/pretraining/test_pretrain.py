"""From a corpus to a child: learned from scratch, proved, saved, and a base for every other page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.data.corpus.store import Corpus, CorpusWriter, Document
from core.encoding.base_models import check_base, digest
from core.encoding.loading import load_body, load_sequence_classifier
from core.errors import UserProblem
from core.pretraining import heads
from core.pretraining.config import PretrainConfig
from core.pretraining.pretrain import Pretrained, fingerprint, holdout_batches, pretrain
from core.pretraining.report import prove
from core.pretraining.saving import save_child
from core.progress import Progress, never, silent
from tests.core.encoding.tiny_models import tiny_body

WORDS = ("the cask", "a vault", "old wine", "the river", "a bank", "his torch", "cold stone", "the wall")
VERBS = ("stood behind", "was near", "lay under", "fell on")


def sentences(number: int, count: int) -> tuple[str, ...]:
    """Sentences whose words follow from their place, so that they can be learned."""
    return tuple(
        f"{WORDS[(number + n) % 8].capitalize()} {VERBS[n % 4]} {WORDS[(number + n + 1) % 8]}." for n in range(count)
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    with CorpusWriter(tmp_path_factory.mktemp("corpus")) as writer:
        for number in range(12):
            split: Any = "holdout" if number % 4 == 3 else "train"
            writer.add(split, Document(number, f"{number}.txt", sentences(number, 20)))
        return writer.finish({"content_hash": "h", "characters": 6000})


def config(**changes: Any) -> PretrainConfig:
    usual = {
        "num_train_epochs": 3, "max_length": 48, "tokens_a_batch": 512, "vocabulary_size": 150, "preset": "tiny",
        "precision": "float32", "head_steps": 4, "learning_rate": 1e-3,
    }  # fmt: skip
    asked: Any = PretrainConfig.from_json({**usual, **changes})
    return asked


def trained(corpus: Corpus, folder: Path, base: Path | None, **changes: Any) -> tuple[Pretrained, list[Progress]]:
    told: list[Progress] = []
    found = pretrain(
        corpus, config(**changes), base=base, checkpoints=folder, report=told.append, should_stop=never
    )  # fmt: skip
    return found, told


@pytest.mark.parametrize("objective", ["mlm", "mlm_nsp", "mlm_sop"])
def test_from_scratch_learns_and_its_child_loads_everywhere(corpus: Corpus, tmp_path: Path, objective: str) -> None:
    found, told = trained(corpus, tmp_path / "run", None, objective=objective, num_train_epochs=30)
    losses = [point.metrics["masked_loss"] for point in told if "masked_loss" in point.metrics]
    assert sum(losses[-5:]) / 5 < sum(losses[:5]) / 5 - 0.3
    assert found.before is None and "encoder" in found.fresh
    child = tmp_path / "child"
    save_child(found.model, found.tokenizer, child, None)
    check_base(child)
    load_body(child), load_sequence_classifier(child, ("a", "b"))
    proof = prove(corpus, child, found, report=silent, should_stop=never)
    assert proof["values"]["pseudo_perplexity"]["after"]["value"]["value"] < 150
    assert ("pairs" in proof["values"]) == (objective != "mlm")
    assert proof["overfitting"] is not None and proof["sentences"]


def test_a_child_of_a_base_is_measured_against_the_base_with_a_warmed_head(corpus: Corpus, tmp_path: Path) -> None:
    base = tiny_body(tmp_path / "base")
    found, _ = trained(corpus, tmp_path / "run", base)
    assert found.fresh == ("masked-word head", "pair head") and found.before is not None
    before = dict(found.before[0].named_parameters())
    fresh = dict(heads.load_for_pretraining(base, pair_head=True, seed=42).model.named_parameters())
    assert (
        before["bert.encoder.layer.0.output.dense.weight"] == fresh["bert.encoder.layer.0.output.dense.weight"]
    ).all()
    assert (before["cls.seq_relationship.weight"] != fresh["cls.seq_relationship.weight"]).any()
    child = tmp_path / "child"
    save_child(found.model, found.tokenizer, child, base)
    proof = prove(corpus, child, found, report=silent, should_stop=never)
    paired = proof["values"]["masked_words"]["paired"]
    assert paired["difference"] == pytest.approx(paired["after"] - paired["before"])
    assert digest(child) != digest(base)


def test_the_holdout_is_masked_alike_every_time_and_never_trained_on(corpus: Corpus, tmp_path: Path) -> None:
    found, _ = trained(corpus, tmp_path / "run", None, num_train_epochs=1)
    once, again = (holdout_batches(corpus, config(), found.tokenizer) for _ in range(2))
    assert once and all((a.input_ids == b.input_ids).all() for a, b in zip(once, again, strict=True))


def test_readers_of_their_own_train_too(corpus: Corpus, tmp_path: Path) -> None:
    alone, _ = trained(corpus, tmp_path / "alone", None, num_train_epochs=1)
    found, _ = trained(corpus, tmp_path / "readers", None, num_train_epochs=1, readers=2)
    assert found.trained.steps == alone.trained.steps and found.trained.tokens > 0
    assert found.trained.best["validation_loss"] < 8


def test_a_frozen_encoder_needs_a_new_head(corpus: Corpus, tmp_path: Path) -> None:
    base = tiny_body(tmp_path / "base")
    found, _ = trained(corpus, tmp_path / "run", base, num_train_epochs=1)
    child = tmp_path / "child"
    save_child(found.model, found.tokenizer, child, base)
    with pytest.raises(UserProblem, match="trained already"):
        trained(corpus, tmp_path / "again", child, frozen_encoder=True)


def test_domain_words_become_pieces_of_the_child(corpus: Corpus, tmp_path: Path) -> None:
    base = tiny_body(tmp_path / "base")
    found, _ = trained(corpus, tmp_path / "run", base, num_train_epochs=1, domain_words=3)
    assert len(found.added) == 3 and set(found.added) <= set(found.tokenizer.get_vocab())
    assert found.model.config.vocab_size >= len(found.tokenizer)


def test_the_fingerprint_knows_parameters_base_and_text(corpus: Corpus, tmp_path: Path) -> None:
    base = tiny_body(tmp_path / "base")
    other = Corpus(corpus.folder, {**corpus.facts, "content_hash": "another"})
    names = {
        fingerprint(corpus, config(), base, "float32"), fingerprint(corpus, config(seed=7), base, "float32"),
        fingerprint(corpus, config(), None, "float32"), fingerprint(other, config(), base, "float32"),
        fingerprint(corpus, config(), base, "bfloat16"),
    }  # fmt: skip
    assert len(names) == 5
