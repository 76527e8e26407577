from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
import transformers

from core.encoding.averaging import append_averaging_layer, averages
from core.encoding.base_models import bundled, parameters
from core.encoding.loading import load_body, load_sequence_classifier
from core.encoding.tokenizing import load_tokenizer
from core.errors import UserProblem
from core.inspection.fill_mask.head import has_head
from core.pretraining.heads import (
    PRESETS,
    from_scratch,
    has_trained_pair_head,
    load_for_pretraining,
    start_at_frequencies,
)
from core.pretraining.saving import save_child
from tests.core.encoding.tiny_models import tiny_body, tiny_classifier


def tied(model: Any) -> bool:
    decoder = model.cls.predictions.decoder
    return decoder.weight is model.bert.embeddings.word_embeddings.weight and decoder.bias is model.cls.predictions.bias


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_body(tmp_path_factory.mktemp("heads") / "bert")


@pytest.mark.parametrize("pair_head", [True, False])
def test_a_body_gets_fresh_heads_that_are_named_and_tied(base: Path, pair_head: bool) -> None:
    loaded = load_for_pretraining(base, pair_head=pair_head, seed=1)
    assert loaded.fresh == (("masked-word head", "pair head") if pair_head else ("masked-word head",))
    assert type(loaded.model).__name__ == ("BertForPreTraining" if pair_head else "BertForMaskedLM")
    assert tied(loaded.model)
    assert loaded.model.config._attn_implementation == "sdpa"
    assert not has_head(base)


def test_a_fresh_transform_hands_vectors_on(base: Path) -> None:
    model = load_for_pretraining(base, pair_head=False, seed=1).model
    vectors = torch.randn(5, 32, generator=torch.Generator().manual_seed(0))
    vectors = torch.nn.functional.layer_norm(vectors, (32,))
    out = model.cls.predictions.transform(vectors)
    assert torch.allclose(out, vectors, atol=0.1)


def test_frequencies_become_the_bias(base: Path) -> None:
    model = load_for_pretraining(base, pair_head=False, seed=1).model
    counts = torch.zeros(model.config.vocab_size, dtype=torch.int64)
    counts[7] = 9
    start_at_frequencies(model, counts)
    bias = model.cls.predictions.decoder.bias
    assert torch.isclose(bias[7] - bias[6], torch.log(torch.tensor(10.0)))
    assert abs(float(bias.detach().mean())) < 1e-6


def test_a_seed_makes_the_same_heads_and_leaves_torch_alone(base: Path) -> None:
    before = torch.get_rng_state()
    a = load_for_pretraining(base, pair_head=True, seed=3).model.cls.seq_relationship.weight
    b = load_for_pretraining(base, pair_head=True, seed=3).model.cls.seq_relationship.weight
    c = load_for_pretraining(base, pair_head=True, seed=4).model.cls.seq_relationship.weight
    assert torch.equal(a, b) and not torch.equal(a, c)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("pair_head", [True, False])
def test_a_child_is_loaded_as_it_was_saved(base: Path, tmp_path: Path, pair_head: bool) -> None:
    model = load_for_pretraining(base, pair_head=pair_head, seed=1).model
    save_child(model, load_tokenizer(base), tmp_path, base)
    again = load_for_pretraining(tmp_path, pair_head=pair_head, seed=2)
    assert again.fresh == () and tied(again.model)
    assert has_head(tmp_path) and has_trained_pair_head(tmp_path) == pair_head
    for name, value in model.state_dict().items():
        assert torch.equal(value, again.model.state_dict()[name]), name
    assert torch.equal(
        load_body(tmp_path, pooler=True).pooler.dense.weight, load_body(base, pooler=True).pooler.dense.weight
    )
    assert load_sequence_classifier(tmp_path, ["a", "b"]).config.num_labels == 2
    assert load_tokenizer(tmp_path)("the pizza")["input_ids"] == load_tokenizer(base)("the pizza")["input_ids"]


def test_a_child_of_masked_words_alone_lacks_only_the_pair_head(base: Path, tmp_path: Path) -> None:
    save_child(load_for_pretraining(base, pair_head=False, seed=1).model, load_tokenizer(base), tmp_path, base)
    assert load_for_pretraining(tmp_path, pair_head=True, seed=1).fresh == ("pair head",)


def test_a_layer_that_averages_is_taken_off(tmp_path: Path) -> None:
    model = tiny_classifier(tmp_path / "plain", ["a", "b"])
    last = model.bert.encoder.layer[-1].output.dense.weight.clone()
    append_averaging_layer(model)
    model.save_pretrained(str(tmp_path / "plain"))
    loaded = load_for_pretraining(tmp_path / "plain", pair_head=False, seed=1).model
    assert len(loaded.bert.encoder.layer) == loaded.config.num_hidden_layers == 2
    assert torch.equal(loaded.bert.encoder.layer[-1].output.dense.weight, last)
    save_child(loaded, load_tokenizer(tmp_path / "plain"), tmp_path / "child", tmp_path / "plain")
    assert load_body(tmp_path / "child").config.num_hidden_layers == 2
    assert averages(tmp_path / "child") and not averages(tmp_path / "plain")


def test_only_plain_bert(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="only plain BERT"):
        load_for_pretraining(tiny_body(tmp_path, "distilbert"), pair_head=False, seed=1)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("pair_head", [True, False])
def test_a_preset_counts_its_parameters(preset: str, pair_head: bool) -> None:
    loaded = from_scratch(preset, 1000, seed=1, pair_head=pair_head)
    counted = sum(parameter.numel() for parameter in loaded.model.parameters())
    assert counted == PRESETS[preset].parameters(1000, pair_head=pair_head)
    assert loaded.fresh[0] == "encoder" and tied(loaded.model)


def test_from_scratch_is_seeded_and_named(tmp_path: Path, base: Path) -> None:
    a, b = (from_scratch("tiny", 91, seed=5).model for _ in range(2))
    assert torch.equal(a.bert.embeddings.word_embeddings.weight, b.bert.embeddings.word_embeddings.weight)
    save_child(a, load_tokenizer(base), tmp_path)
    assert load_body(tmp_path, pooler=True).config.hidden_size == 128
    with pytest.raises(UserProblem, match="tiny, mini, small"):
        from_scratch("huge", 91, seed=5)


def test_the_bundled_model(tmp_path: Path) -> None:
    loaded = load_for_pretraining(bundled(), pair_head=True, seed=1)
    assert loaded.fresh == ("masked-word head", "pair head")
    save_child(loaded.model, load_tokenizer(bundled()), tmp_path, bundled())
    assert averages(tmp_path) and (tmp_path / "modules.json").is_file()
    ids = load_tokenizer(tmp_path)("Sherry from Montilla", return_tensors="pt")
    with torch.inference_mode():
        before, after = (load_body(folder)(**ids).last_hidden_state for folder in (bundled(), tmp_path))
    assert torch.equal(before, after)
    assert parameters(tmp_path) == parameters(bundled()) - 512 + 384 * 384 + 3 * 384 + 30522 + 2 * 384 + 2
    assert transformers.AutoModelForMaskedLM.from_pretrained(str(tmp_path)) is not None
