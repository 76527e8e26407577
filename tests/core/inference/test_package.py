"""Out as a zip and in again; what could run, climb or burst is refused with a sentence and leaves nothing."""

from __future__ import annotations

import json
import pickle
import shutil
import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core.encoding.base_models import bundled
from core.errors import UserProblem
from core.inference import folder as model_folder
from core.inference.member_rules import Limits
from core.inference.package import export_zip, import_archive
from tests.core.encoding.tiny_models import tiny_body, tiny_classifier
from tests.core.inference.conftest import LABELS, TEXTS


def test_out_and_in_again(classifier, tmp_path: Path) -> None:
    saved = model_folder.save(classifier, tmp_path / "saved", golden_texts=TEXTS, card="# card")
    archive = export_zip(tmp_path / "saved", tmp_path / "food.zip")
    facts = import_archive(archive, tmp_path / "in")
    assert facts["labels"] == list(LABELS) and facts["method"] == classifier.scorer.kind
    assert facts["golden_rows"] == 20 and facts["max_difference"] <= 1e-6
    loaded = model_folder.load(tmp_path / "in")
    wanted = saved.predict(TEXTS, precision="float32").probabilities
    assert np.abs(loaded.predict(TEXTS, precision="float32").probabilities - wanted).max() <= 1e-6
    assert (tmp_path / "in" / "README.md").read_text() == "# card"


def test_the_zip_unpacked_loads_with_plain_transformers(sequence_classifier, tmp_path: Path) -> None:
    from transformers import pipeline

    model_folder.save(sequence_classifier, tmp_path / "saved", golden_texts=TEXTS)
    with zipfile.ZipFile(export_zip(tmp_path / "saved", tmp_path / "food.zip")) as archive:
        archive.extractall(tmp_path / "out")
    answer = pipeline("text-classification", str(tmp_path / "out" / "food"))("the pizza was good")
    assert answer[0]["label"] in LABELS


def test_equal_folders_give_equal_bytes(tfidf_classifier, tmp_path: Path) -> None:
    model_folder.save(tfidf_classifier, tmp_path / "m", golden_texts=TEXTS)
    first, second = (
        export_zip(tmp_path / "m", tmp_path / "1" / "m.zip"),
        export_zip(tmp_path / "m", tmp_path / "2" / "m.zip"),
    )
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("kind", ["bert", "distilbert", "roberta", "electra"])
def test_a_classifier_of_plain_transformers_comes_in_and_can_be_verified_later(tmp_path: Path, kind: str) -> None:
    tiny_classifier(tmp_path / "plain", ("no", "yes"), kind)
    wanted = model_folder.load(tmp_path / "plain").predict(TEXTS).probabilities
    facts = import_archive(tmp_path / "plain", tmp_path / "in")
    assert (facts["labels"], facts["method"], facts["model_type"]) == (["no", "yes"], "sequence", kind)
    assert np.abs(model_folder.load(tmp_path / "in").predict(TEXTS).probabilities - wanted).max() <= 1e-6
    data = bytearray((tmp_path / "in" / "model.safetensors").read_bytes())
    data[-5] ^= 1
    (tmp_path / "in" / "model.safetensors").write_bytes(data)
    with pytest.raises(UserProblem, match="not as it was"):
        model_folder.load(tmp_path / "in")


@pytest.mark.parametrize("kind", ["bert", "distilbert", "roberta", "electra"])
def test_a_body_comes_in_as_pretrained(tmp_path: Path, kind: str) -> None:
    facts = import_archive(tiny_body(tmp_path / "body", kind), tmp_path / "in")
    assert "labels" not in facts and facts["hidden_size"] == 32 and facts["layers"] == 2


def test_the_bundled_model_comes_in_with_what_it_does_not_need_left_out(tmp_path: Path) -> None:
    facts = import_archive(bundled(), tmp_path / "in")
    assert facts["parameters"] == 22_713_728
    assert "1_Pooling/config.json" in facts["not_taken"] and "data_config.json" in facts["not_taken"]
    assert (tmp_path / "in" / "model.safetensors").is_file()


class Canary:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (self.path,))


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    tiny_classifier(tmp_path / "plain", ("no", "yes"))
    return tmp_path / "plain"


def refused(source: Path, tmp_path: Path, sentence: str, limits: Limits | None = None) -> None:
    """Refused with that sentence; nothing is left behind, no canary was touched."""
    with pytest.raises(UserProblem, match=sentence):
        import_archive(source, tmp_path / "in", *([limits] if limits else []))
    assert list((tmp_path / "in").iterdir()) == []
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize(
    "name", ["pytorch_model.bin", "training_args.bin", "x.pt", "x.pth", "sub/x.pkl", "x.joblib", "x.ckpt", "X.PICKLE"]
)
def test_pickles_are_refused_unread(plain: Path, tmp_path: Path, name: str) -> None:
    path = plain / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(pickle.dumps(Canary(tmp_path / "canary")))
    refused(plain, tmp_path, "can run code")
    refused(zipped(plain, tmp_path), tmp_path, "can run code")


def zipped(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.make_archive(str(tmp_path / "plain-zip"), "zip", folder))


def test_code_is_refused_and_our_script_is_written_anew_instead(plain: Path, tmp_path: Path) -> None:
    (plain / "modeling_evil.py").write_text("")
    refused(plain, tmp_path, "which is code")
    (plain / "modeling_evil.py").unlink()
    (plain / "predict.py").write_text(f"open({str(tmp_path / 'canary')!r}, 'w')")
    import_archive(plain, tmp_path / "in")
    assert "canary" not in (tmp_path / "in" / "predict.py").read_text()


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("config.json", {"auto_map": {"AutoModel": "modeling_evil.Evil"}}),
        ("config.json", {"nested": {"auto_map": {"AutoModel": "x--y.Z"}}}),
        ("config.json", {"quantization_config": {"quant_method": "bitsandbytes"}}),
        ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["evil.T", None]}}),
    ],
)
def test_json_that_names_code_is_refused(plain: Path, tmp_path: Path, file: str, change: dict) -> None:
    values = json.loads((plain / file).read_text())
    (plain / file).write_text(json.dumps({**values, **change}))
    refused(plain, tmp_path, "names code")


def test_unknown_keys_of_a_config_are_not_carried_on(plain: Path, tmp_path: Path) -> None:
    values = json.loads((plain / "config.json").read_text())
    (plain / "config.json").write_text(json.dumps({**values, "_attn_implementation": "evil/kernel", "surprise": 1}))
    import_archive(plain, tmp_path / "in")
    kept = json.loads((tmp_path / "in" / "config.json").read_text())
    assert "surprise" not in kept and "_attn_implementation" not in kept and kept["hidden_size"] == 32


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"model_type": "llama"}, "model_type 'llama'"), ({"hidden_size": 48}, "cannot be loaded|lack")],
)
def test_a_config_that_does_not_fit_is_refused(plain: Path, tmp_path: Path, change: dict, sentence: str) -> None:
    values = json.loads((plain / "config.json").read_text())
    (plain / "config.json").write_text(json.dumps({**values, **change}))
    refused(plain, tmp_path, sentence)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.json",
        "/etc/evil.json",
        "a/../../evil.json",
        "..\\evil.json",
        "C:\\evil.json",
        "C:evil.json",
        "a/..",
        "\\\\host\\x",
    ],
)
def test_members_that_point_outside_are_refused(plain: Path, tmp_path: Path, name: str) -> None:
    path = zipped(plain, tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"{}")
    refused(path, tmp_path, "points outside")


def test_links_are_refused(plain: Path, tmp_path: Path) -> None:
    path = zipped(plain, tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("vocab.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    refused(path, tmp_path, "link or device")
    (plain / "vocab.txt").symlink_to("/etc/passwd")
    refused(plain, tmp_path, "is a link")


def test_bombs_are_refused_by_ratio_and_by_size(plain: Path, tmp_path: Path) -> None:
    path = zipped(plain, tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("vocab.txt", b"0" * 20_000_000)
    refused(path, tmp_path, "grows more than 100 times")
    refused(plain, tmp_path, "At most 0 MB", Limits(total=1000))
    refused(plain, tmp_path, "At most 2 are taken", Limits(members=2))


def test_a_member_that_lies_about_its_size_is_refused(plain: Path, tmp_path: Path) -> None:
    path = zipped(plain, tmp_path)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("config.json").file_size
    places = [at for at in range(len(data) - 46) if data[at : at + 4] == b"PK\x01\x02"]
    for at in places:  # the central directory is what is believed
        if data[at + 46 :].startswith(b"config.json"):
            data[at + 24 : at + 28] = (size - 10).to_bytes(4, "little")
    path.write_bytes(data)
    refused(path, tmp_path, "damaged|not as long")


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04" + b"\0" * 50])
def test_what_is_no_zip_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    refused(tmp_path / "x.zip", tmp_path, "is no zip")


def test_a_cut_zip_or_one_without_a_model_is_told(plain: Path, tmp_path: Path) -> None:
    path = zipped(plain, tmp_path)
    path.write_bytes(path.read_bytes()[:-3000])
    refused(path, tmp_path, "is no zip")
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", tmp_path, "no config.json")
    refused(tmp_path / "nowhere", tmp_path, "no file or folder")


def test_a_changed_file_of_our_own_export_is_refused(probe_classifier, tmp_path: Path) -> None:
    model_folder.save(probe_classifier, tmp_path / "m", golden_texts=TEXTS)
    path = tmp_path / "m" / "calibration.json"
    path.write_text(path.read_text().replace("1.7", "1.2"))
    refused(tmp_path / "m", tmp_path, "calibration.json.* is not as it was")


def test_a_destination_in_use_is_left_alone(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "mine.txt").write_text("mine")
    with pytest.raises(ValueError, match="not empty"):
        import_archive(plain, tmp_path / "in")
    assert (tmp_path / "in" / "mine.txt").read_text() == "mine"
