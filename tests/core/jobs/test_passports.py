"""The passport as the registry makes it: parent, previous version, exported and imported zips."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from core.bias.found import Figure, Found
from core.errors import UserProblem
from core.jobs import models as model_jobs
from core.jobs.bias_versions import side_by_side
from core.jobs.passports import BOTH, PARENT, PREVIOUS, passport
from core.jobs.workspace import open_workspace
from registry.session import Registry
from tests.core.bias.keeping import keep, version

BERT = "all-MiniLM-L6-v2"


def found(value: float) -> Found:
    return Found(Figure("d", "Effect size d", value, 0.0, value - 0.1, value + 0.1, "95 % bootstrap", 16, "words"))


@pytest.fixture
def registry(home: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A prepared workspace; no worker is started for it."""
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    return open_workspace()


def test_parent_and_previous_version_are_compared_apart(registry: Registry) -> None:
    version(registry, BERT, "mine")
    version(registry, BERT, "mine", parent=BERT, mitigation={"title": "hard debias", "changes": []})
    for spec, value in ((BERT, 0.2), ("mine/1", 0.9), ("mine/2", 1.0)):
        keep(registry, spec, found(value))
    made = passport(registry, "mine/2")
    assert made.compared == {PARENT: f"{BERT}/1", PREVIOUS: "mine/1"}
    assert made.made == f"mine/2 was made from {BERT}/1 by hard debias."
    changes = {one.role: one for one in made.lines[0].changes}
    assert changes[PARENT].difference.value == pytest.approx(0.8) and changes[PARENT].difference.apart
    assert changes[PREVIOUS].difference.value == pytest.approx(0.1) and not changes[PREVIOUS].difference.apart


def test_a_parent_that_is_the_previous_version_is_compared_once(registry: Registry) -> None:
    version(registry, BERT, "mine")
    version(registry, BERT, "mine", parent="mine/1")
    assert passport(registry, "mine/2").compared == {BOTH: "mine/1"}
    assert passport(registry, BERT).compared == {}


def test_the_newest_result_of_an_identity_counts_and_others_are_not_compared(registry: Registry) -> None:
    version(registry, BERT, "mine", parent=BERT)
    keep(registry, BERT, found(0.2), identity="other settings")
    keep(registry, "mine", found(0.5))
    keep(registry, "mine", found(0.7))
    lines = passport(registry, "mine").lines
    assert [line.headline.value for line in lines] == [0.7] and lines[0].changes == ()


def test_a_zip_carries_the_passport_and_comes_in_again(registry: Registry, tmp_path: Path) -> None:
    plain = model_jobs.export(registry, BERT, tmp_path / "plain.zip")
    keep(registry, BERT, found(0.4))
    first = model_jobs.export(registry, BERT, tmp_path / "first.zip")
    with zipfile.ZipFile(plain) as archive:
        assert "plain/bias_passport.json" not in archive.namelist()
    with zipfile.ZipFile(first) as archive:
        said = json.loads(archive.read("first/bias_passport.json"))
        card = archive.read("first/README.md").decode()
    assert said["model"] == f"{BERT}/1" and said["lines"][0]["headline"]["value"] == 0.4
    assert f"## Bias of {BERT}/1".replace("_", "\\_") in card.replace("\\-", "-")
    again = model_jobs.import_model(registry, str(first), name="again", who="ada")
    assert "bias_passport.json" in {name for name, _, _ in again.artifact.files}
    keep(registry, "again", found(0.6))
    with zipfile.ZipFile(model_jobs.export(registry, "again", tmp_path / "second.zip")) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        assert archive.read("second/README.md").decode().count("bias passport: begin") == 1
        assert json.loads(archive.read("second/bias_passport.json"))["model"] == "again/1"


def test_two_versions_stand_side_by_side(registry: Registry) -> None:
    version(registry, BERT, "mine", parent=BERT)
    keep(registry, BERT, found(0.2))
    keep(registry, BERT, found(0.2), inputs="WEAT 7")
    keep(registry, "mine", found(0.9))
    keep(registry, "mine", found(0.1), inputs="WEAT 8")
    both = side_by_side(registry, BERT, "mine")
    assert [(pair.inputs, round(pair.difference.value or 0, 3)) for pair in both.pairs] == [("WEAT 6", 0.7)]
    assert [pair.inputs for pair in both.worse] == ["WEAT 6"]
    assert both.only_before == ("WEAT (WEAT 7)",) and both.only_after == ("WEAT (WEAT 8)",)
    assert not side_by_side(registry, "mine", BERT).worse
    with pytest.raises(UserProblem, match="same version"):
        side_by_side(registry, BERT, f"{BERT}/1")
