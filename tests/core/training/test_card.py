"""The model card: readable front matter, honest numbers, harmless text."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import yaml

from core.evaluation.scores import Evaluation, evaluate
from core.training.calibration import calibrate
from core.training.card import CardFacts, card, escaped

HOSTILE = 'x"\n---\n# <script>alert(1)</script> [a](javascript:b) ![i](http://t) `c` |d| :material/e: $f$ www.g.h'


def _evaluation(labels: tuple[str, ...]) -> Evaluation:
    probabilities = np.tile([[0.7, 0.3], [0.2, 0.8]], (20, 1))
    targets = np.tile([0, 1, 1, 1], 10)
    return evaluate(probabilities, targets, labels, "single_label")


def _facts(name: str = "food", labels: tuple[str, ...] = ("bad", "good")) -> CardFacts:
    logits = np.tile([[0.7, -0.3], [-0.2, 0.8]], (30, 1))
    return CardFacts(
        name=name,
        method="full",
        method_title="Fine-tune every layer",
        base="all-MiniLM-L6-v2",
        dataset="food reviews",
        labels=labels,
        problem_type="single_label",
        rows={"train": 1200, "validation": 60, "test": 40},
        parameters={"learning_rate": 1e-4, "seed": 42},
        chosen={"epoch": 3.0, "precision": "bfloat16"},
        calibration=calibrate(logits, np.tile([0, 1, 1], 20), "single_label").to_json(),
        evaluations={"test": _evaluation(labels)},
        notes=("Stopped early.",),
    )


def _front_matter(text: str) -> dict[str, object]:
    found = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(found, dict)
    return found


def test_front_matter_is_what_the_hub_reads() -> None:
    front = _front_matter(card(_facts()))
    assert front["library_name"] == "transformers"
    assert front["pipeline_tag"] == "text-classification"
    assert front["base_model"] == "all-MiniLM-L6-v2"
    assert front["datasets"] == ["food reviews"]
    index = front["model-index"]
    assert isinstance(index, list)
    metrics = index[0]["results"][0]["metrics"]
    assert {metric["type"]: metric["value"] for metric in metrics} == {
        "accuracy": 0.75,
        "f1": pytest.approx(0.7333, abs=1e-4),
    }
    assert index[0]["results"][0]["dataset"]["split"] == "test"


def test_the_hub_library_accepts_it() -> None:
    from huggingface_hub import ModelCardData

    front = _front_matter(card(_facts(HOSTILE)))
    data = ModelCardData(**front, ignore_metadata_errors=False)  # type: ignore[arg-type]
    assert data.pipeline_tag == "text-classification"


def test_every_number_says_its_rows_and_interval() -> None:
    text = card(_facts())
    assert "On 40 test rows (95 % percentile bootstrap over rows):" in text
    found = _evaluation(("bad", "good")).metrics["f1_macro"]
    assert f"| macro-F1 | {found.value:.3f} | {found.low:.3f} | {found.high:.3f} |" in text
    assert "always answering good" in text
    assert "(1,200 train, 60 validation, 40 test rows)" in text
    assert "learning\\_rate | 0.0001" in text


def test_hostile_text_stays_text() -> None:
    text = card(_facts(HOSTILE, (HOSTILE, "good")))
    front = _front_matter(text)
    assert str(front["model-index"][0]["name"]).startswith('x" --- # <script>')  # type: ignore[index]
    body = text.split("---\n", 2)[2]
    for danger in ("<script", r"\]\(", r"!\[", ":material", r"\$f", r"www\.g", "`c", "https?:"):
        assert not re.search(rf"(?<!\\){danger}", body), danger
    tables = [line for line in body.splitlines() if line.startswith("| x")]
    assert len(tables) == 1
    assert tables[0].replace("\\|", "").count("|") == 6


def test_escape_by_hand() -> None:
    assert escaped("a_b <c>\n# d") == "a\\_b &lt;c&gt; \\# d"
    assert len(escaped("y" * 500)) == 200


def test_without_held_out_rows_nothing_is_claimed() -> None:
    text = card(replace(_facts(), evaluations={}, calibration={}))
    assert "Not scored" in text
    assert "model-index" not in text


def test_names_in_any_script_survive() -> None:
    front = _front_matter(card(_facts("模型 😀 \ud800 é")))
    assert front["model-index"][0]["name"] == "模型 😀   é"  # type: ignore[index]
    json.dumps(front)
