"""What the proofs say of a short pre-training on one novel, and how a fresh masked-word head had best start.

    python -m pytest tests/core/pretraining/proof/test_figures.py -m benchmark -s

prints figures for docs/pretraining_proof.md. Moby-Dick, documents of 40 sentences, 30 to learn from, 6 held out;
general text: the validation part of WikiText-2. Both lie in `shared/data` beside the checkout; else this is skipped.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.data.corpus.store import Corpus, CorpusWriter, Document
from core.encoding.base_models import bundled
from core.encoding.batching import token_batches
from core.encoding.tokenizing import load_tokenizer, tokenize
from core.pretraining import heads
from core.pretraining.config import PretrainConfig
from core.pretraining.proof.fill_words import choose_cases, compare_filled_words, fill_words
from core.pretraining.proof.forgetting import forgetting
from core.pretraining.proof.homonyms import compare_homonyms, homonyms
from core.pretraining.proof.masked_words import compare_masked_words, masked_words
from core.pretraining.proof.moved_neighbours import moved_neighbours
from core.pretraining.proof.pairs import balanced_pairs, compare_pairs, pair_accuracy
from core.pretraining.proof.pieces_per_word import compare_pieces_per_word, pieces_per_word
from core.pretraining.proof.pseudo_perplexity import compare_pseudo_perplexity, pseudo_perplexity
from core.pretraining.proof.queries import padded
from core.pretraining.vocabulary_counts import piece_counts
from core.progress import never, silent

pytestmark = [pytest.mark.benchmark, pytest.mark.real_data, pytest.mark.timeout(7200)]
Masked = tuple[torch.Tensor, torch.Tensor]
TRAIN_DOCUMENTS, HELD_DOCUMENTS = 30, 6
SMALL = {"num_train_epochs": 1, "max_length": 64, "tokens_a_batch": 1024, "head_steps": 20}


def sentences(text: str) -> list[str]:
    found = (" ".join(each.split()) for each in re.split(r"(?<=[.!?])\s+", text))
    return [each for each in found if 20 < len(each) < 400]


@pytest.fixture(scope="module")
def corpus(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    book = shared_data / "raw_text" / "gutenberg" / "moby-dick-or-the-whale-pg2701.txt"
    lines = sentences(book.read_text(encoding="latin-1")[20_000:])
    with CorpusWriter(tmp_path_factory.mktemp("corpus")) as writer:
        for number, start in enumerate(range(0, len(lines), 40)):
            document = Document(number, "Moby-Dick", tuple(lines[start : start + 40]))
            if number % 10 == 9 and number < 10 * HELD_DOCUMENTS:
                writer.add("holdout", document)
            elif number < TRAIN_DOCUMENTS:
                writer.add("train", document)
        return writer.finish({})


@pytest.fixture(scope="module")
def general(shared_data: Path) -> list[str]:
    return sentences((shared_data / "raw_text" / "wikitext2" / "valid.txt").read_text(encoding="utf-8"))


def test_proofs_of_a_short_pre_training(corpus: Corpus, general: list[str], tmp_path: Path) -> None:
    """Before: the bundled model with heads trained alone. After: the same steps with the body learning as well."""
    from core.pretraining.pretrain import pretrain

    before, after = (
        pretrain(
            corpus, PretrainConfig(**SMALL, frozen_encoder=frozen, precision="float32"), base=bundled(),
            checkpoints=tmp_path / str(frozen), report=silent, should_stop=never,
        )
        for frozen in (True, False)
    )  # fmt: skip
    sides = [(each.model, each.tokenizer) for each in (before, after)]
    held = [sentence for document in corpus.documents("holdout") for sentence in document.sentences]
    pairs = balanced_pairs(corpus.documents("holdout"), n=200)
    cases = choose_cases([side[1] for side in sides], held, most=100)
    print(
        f"\nsteps {before.trained.steps} and {after.trained.steps}, fresh {after.fresh}, {len(held)} held-out sentences"
    )
    print(compare_masked_words(*(masked_words(*side, held, most=300) for side in sides)).verdict)
    scores = [pseudo_perplexity(*side, held, most_pieces=500) for side in sides]
    print([score.value for score in scores], compare_pseudo_perplexity(*scores).verdict)
    answers = [pair_accuracy(*side, pairs) for side in sides]
    print([answer.verdict for answer in answers], compare_pairs(*answers).verdict)
    filled = [fill_words(*side, cases) for side in sides]
    print([(each.median_rank, each.first) for each in filled], compare_filled_words(*filled).verdict)
    print(compare_pieces_per_word(*(pieces_per_word(side[1], held) for side in sides)).verdict)
    senses = [homonyms(*side) for side in sides]
    print([[layer.value for layer in each.layers] for each in senses], senses[0].static, senses[0].context)
    print(compare_homonyms(*senses).verdict)
    print(forgetting(*sides, general, most=200).verdict)
    moved = moved_neighbours(*sides, held, words=60, occurrences=6)
    print(moved.value, moved.steady, moved.chance, moved.n, moved.k, *moved.words[:5], sep="\n")


@pytest.fixture(scope="module")
def frozen(corpus: Corpus) -> tuple[Masked, Masked]:
    """States of the bundled body at masked pieces, of the training text and of the holdout."""
    tokenizer = load_tokenizer(bundled())
    model = heads.load_for_pretraining(bundled(), pair_head=False, seed=1).model
    return _masked_states(model, tokenizer, corpus, "train"), _masked_states(model, tokenizer, corpus, "holdout")


@pytest.mark.parametrize("start", ["random", "random, frequencies", "identity", "identity, frequencies"])
def test_starts_of_a_masked_word_head(corpus: Corpus, frozen: tuple[Masked, Masked], start: str) -> None:
    """Loss on held-out masked words while a head learns on a frozen body, 192 masked words a step, rate 1e-3."""
    tokenizer = load_tokenizer(bundled())
    model = heads.load_for_pretraining(bundled(), pair_head=False, seed=1).model
    if start.startswith("random"):
        _random(model)
    if "frequencies" in start:
        heads.start_at_frequencies(model, torch.from_numpy(piece_counts(corpus.documents("train"), tokenizer)))
    (states, targets), held = frozen
    model.bert.requires_grad_(False)
    optimizer = torch.optim.AdamW(model.cls.parameters(), lr=1e-3, weight_decay=0.01)
    rng, told = np.random.default_rng(3), []
    for step in range(301):
        if step in (0, 50, 100, 200, 300):
            with torch.no_grad():
                told.append(round(float(_loss(model, *held)), 3))
        chosen = torch.from_numpy(rng.integers(0, len(targets), 192))
        optimizer.param_groups[0]["lr"] = 1e-3 * min(1.0, (step + 1) / 30)
        optimizer.zero_grad()
        _loss(model, states[chosen], targets[chosen]).backward()
        optimizer.step()
    print(f"\n{start}: loss {told} after 0, 50, 100, 200, 300 steps; {len(held[1])} masked words held out")


def _random(model: Any) -> None:
    transform = model.cls.predictions.transform
    torch.manual_seed(1)
    torch.nn.init.normal_(transform.dense.weight, std=0.02)
    torch.nn.init.zeros_(transform.dense.bias)


def _loss(model: Any, states: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.cross_entropy(model.cls.predictions(states), targets)


def _masked_states(model: Any, tokenizer: Any, corpus: Corpus, split: Any, most: int = 2000) -> Masked:
    """States (N, H) of the frozen body at masked pieces, 15 % of the text, and the pieces (N,)."""
    texts = [sentence for document in corpus.documents(split) for sentence in document.sentences][:most]
    pieces, rng, states, targets = tokenize(tokenizer, texts, None, 64), np.random.default_rng(1), [], []
    for rows in token_batches(pieces.lengths):
        truth = [pieces.ids[row].astype(np.int64) for row in rows]
        places = [rng.permutation(np.arange(1, len(ids) - 1))[: max(1, round(0.15 * len(ids)))] for ids in truth]
        hidden = [ids.copy() for ids in truth]
        for ids, place in zip(hidden, places, strict=True):
            ids[place] = tokenizer.mask_token_id
        with torch.no_grad():
            out = model.bert(**padded(hidden)).last_hidden_state
        states += [out[row, torch.from_numpy(place)] for row, place in enumerate(places)]
        targets += [torch.from_numpy(ids[place]) for ids, place in zip(truth, places, strict=True)]
    return torch.cat(states), torch.cat(targets)
