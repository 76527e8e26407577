from __future__ import annotations

from pathlib import Path

import pytest
import torch
import transformers

from core.encoding.base_models import bundled
from core.errors import UserProblem
from core.inspection.fill_mask.head import HEADS, check, has_head, load_masked
from tests.core.encoding.tiny_models import tiny_body, tiny_classifier
from tests.core.inspection.fill_mask.masked_models import NAMES, random_masked, untrained_masked


@pytest.mark.parametrize("kind", NAMES)
def test_logits_are_those_of_transformers_own_class(kind: str, tmp_path: Path) -> None:
    folder = random_masked(tmp_path, kind)
    model = load_masked(folder)
    whole = getattr(transformers, HEADS[kind].model).from_pretrained(str(folder)).eval()
    ids = torch.tensor([[2, 7, 4, 9, 3]])
    with torch.inference_mode():
        found = model.cls.predictions(model.bert(input_ids=ids).last_hidden_state)
        assert torch.allclose(found, whole(input_ids=ids).logits, atol=1e-5)
    assert not any(parameter.requires_grad for parameter in model.parameters())


@pytest.mark.parametrize("kind", NAMES)
def test_a_body_alone_is_refused_with_the_reason(kind: str, tmp_path: Path) -> None:
    folder = tiny_body(tmp_path, kind)
    assert not has_head(folder)
    with pytest.raises(UserProblem, match="no masked-word head"):
        load_masked(folder)


@pytest.mark.parametrize("kind", NAMES)
def test_a_head_that_was_never_trained_is_refused(kind: str, tmp_path: Path) -> None:
    folder = untrained_masked(tmp_path, kind)
    assert has_head(folder)
    with pytest.raises(UserProblem, match="random"):
        load_masked(folder)


def test_a_classifier_and_the_bundled_model_have_none(tmp_path: Path) -> None:
    tiny_classifier(tmp_path, ["a", "b"])
    for folder in (tmp_path, bundled()):
        with pytest.raises(UserProblem, match="Pre-train"):
            check(folder)


def test_a_discriminator_is_told_apart_from_its_generator(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="discriminator"):
        check(tiny_body(tmp_path, "electra"))
