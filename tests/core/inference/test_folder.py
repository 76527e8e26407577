"""Saved, loaded, verified; a flipped byte anywhere is found; plain transformers folders too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.errors import UserProblem
from core.inference import folder as model_folder
from core.inference.classifier import Classifier
from tests.core.encoding.tiny_models import tiny_body, tiny_classifier
from tests.core.inference.conftest import LABELS, TEXTS


def save(classifier: Classifier, folder: Path, **more) -> Classifier:
    return model_folder.save(classifier, folder, golden_texts=TEXTS, card="# A card\n", **more)


def test_round_trip(classifier, tmp_path: Path) -> None:
    saved = save(classifier, tmp_path / "m", training={"seed": 1}, metrics={"accuracy": 0.5})
    loaded = model_folder.load(tmp_path / "m")
    wanted = classifier.predict(TEXTS, precision="float32").probabilities
    for found in (saved, loaded):
        assert np.abs(found.predict(TEXTS, precision="float32").probabilities - wanted).max() <= 1e-6
    assert (loaded.labels, loaded.temperature, loaded.problem_type) == (LABELS, 1.7, "single_label")
    assert json.loads((tmp_path / "m" / "training.json").read_text()) == {"seed": 1}
    assert (tmp_path / "m" / "README.md").read_text() == "# A card\n"


def test_every_file_can_be_read_by_others(classifier, tmp_path: Path) -> None:
    save(classifier, tmp_path / "m")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "m").iterdir()} == {0o644}


def test_the_agreement_of_bfloat16_is_measured_and_stored(probe_classifier, tmp_path: Path) -> None:
    saved = save(probe_classifier, tmp_path / "m")
    measured = json.loads((tmp_path / "m" / "calibration.json").read_text())["bfloat16"]
    exact = probe_classifier.predict(TEXTS, precision="float32").decisions()
    rounded = probe_classifier.predict(TEXTS, precision="bfloat16").decisions()
    assert measured["agreement"] == pytest.approx((exact == rounded).all(axis=1).mean())
    assert measured["rows"] == len(TEXTS)
    assert saved.facts["bfloat16"] == measured


@pytest.mark.parametrize("kind", ["sequence", "probe", "tfidf"])
def test_a_flipped_bit_in_any_sealed_file_is_found(kind: str, request, tmp_path: Path) -> None:
    folder = tmp_path / "m"
    save(request.getfixturevalue(f"{kind}_classifier"), folder)
    sealed = json.loads((folder / "classifier.json").read_text())["files"]
    assert {"calibration.json", "golden.jsonl"} < set(sealed)
    for name in sealed:
        path, whole = folder / name, (folder / name).read_bytes()
        damaged = bytearray(whole)
        damaged[len(damaged) * 2 // 3] ^= 1
        path.write_bytes(damaged)
        with pytest.raises(UserProblem, match="not as it was"):
            model_folder.load(folder)
        path.write_bytes(whole)
    model_folder.load(folder)


def test_other_weights_are_found_by_the_golden_rows_even_under_a_new_seal(sequence_classifier, tmp_path: Path) -> None:
    save(sequence_classifier, tmp_path / "m")
    other = tiny_classifier(tmp_path / "other", LABELS, seed=1)
    other.save_pretrained(tmp_path / "m")
    loaded = model_folder.load(tmp_path / "m", verify=False)
    model_folder.seal(loaded, tmp_path / "m")
    with pytest.raises(UserProblem, match="other probabilities than when it was saved"):
        model_folder.load(tmp_path / "m")


@pytest.mark.parametrize("name", ["model.safetensors", "calibration.json", "head.safetensors"])
def test_a_missing_file_is_named(probe_classifier, tmp_path: Path, name: str) -> None:
    save(probe_classifier, tmp_path / "m")
    (tmp_path / "m" / name).unlink()
    with pytest.raises(UserProblem, match=name):
        model_folder.load(tmp_path / "m")


def test_several_labels_thresholds_and_pairs(scorer, tmp_path: Path) -> None:
    classifier = Classifier(scorer, LABELS, "multi_label", 0.8, (0.4, 0.5, 0.6), 0.55)
    save(classifier, tmp_path / "m", golden_pairs=TEXTS[::-1])
    loaded = model_folder.load(tmp_path / "m")
    assert (loaded.problem_type, loaded.thresholds, loaded.review_below) == ("multi_label", (0.4, 0.5, 0.6), 0.55)
    first, second = (
        classifier.predict(TEXTS, TEXTS, precision="float32"),
        loaded.predict(TEXTS, TEXTS, precision="float32"),
    )
    assert first.labels() == second.labels()


@pytest.mark.parametrize("kind", ["bert", "distilbert", "roberta"])
def test_a_classifier_of_plain_transformers_loads(tmp_path: Path, kind: str) -> None:
    tiny_classifier(tmp_path, ("no", "yes"), kind)
    classifier = model_folder.load(tmp_path)
    assert (classifier.labels, classifier.temperature) == (("no", "yes"), 1.0)
    assert classifier.predict(["the pizza"]).probabilities.sum() == pytest.approx(1)


def test_a_body_without_a_head_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="no classification head"):
        model_folder.load(tiny_body(tmp_path))


def test_a_later_format_is_a_problem(tfidf_classifier, tmp_path: Path) -> None:
    save(tfidf_classifier, tmp_path / "m")
    path = tmp_path / "m" / "classifier.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
    with pytest.raises(UserProblem, match="format 2"):
        model_folder.load(tmp_path / "m")


def run_script(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The folder's script in a process that cannot import anything of ours."""
    return subprocess.run(
        [sys.executable, "-I", "predict.py", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("kind", "problem"), [("probe", "multi_label"), ("sequence", "single_label")])
def test_the_script_in_the_folder_needs_only_transformers(kind: str, problem: str, request, tmp_path: Path) -> None:
    made = request.getfixturevalue(f"{kind}_classifier")
    classifier = Classifier(made.scorer, LABELS, problem, temperature=1.7)
    save(classifier, tmp_path / "m")
    replayed = run_script(tmp_path / "m", "--golden")
    assert replayed.returncode == 0, replayed.stderr
    assert json.loads(replayed.stdout)["max_difference"] <= 1e-4


def test_the_script_answers_for_any_text(probe_classifier, tmp_path: Path) -> None:
    save(probe_classifier, tmp_path / "m")
    text = "a very good 味道"
    answer = json.loads(run_script(tmp_path / "m", text).stdout)["probabilities"]
    wanted = probe_classifier.predict([text], precision="float32").probabilities[0]
    assert list(answer) == list(LABELS) and list(answer.values()) == pytest.approx(wanted.tolist(), abs=1e-5)


def test_the_script_finds_a_changed_temperature(probe_classifier, tmp_path: Path) -> None:
    save(probe_classifier, tmp_path / "m")
    path = tmp_path / "m" / "calibration.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "temperature": 1.0}))
    assert run_script(tmp_path / "m", "--golden").returncode == 1
