"""The registry's models as subjects: pretrained ones as well, the bundled one unasked, damaged ones not."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserProblem
from core.jobs import inspecting
from core.jobs.workspace import open_workspace
from registry import models
from registry.errors import RegistryProblem
from registry.home import Home


def test_the_bundled_model_is_looked_into_unasked_and_a_damaged_one_is_told(home: Path) -> None:
    registry = open_workspace(Home.at(home))
    assert inspecting.subject(registry, None).facts["layers"] == 6
    with registry.begin() as session:
        version = models.get(session, "all-MiniLM-L6-v2")
        models.mark_corrupt(session, version.id, "a test")
    with pytest.raises(UserProblem, match="damaged"):
        inspecting.subject(registry, version.spec)
    registry.close()


def test_texts_are_the_rows_of_labelled_data_and_the_sentences_of_raw_text(home: Path) -> None:
    registry = open_workspace(Home.at(home))
    rows, sentences = list(inspecting.texts(registry, "food-reviews")), list(inspecting.texts(registry, "cellar-story"))
    assert len(rows) == 240 and "Dry cake, bitter coffee, wobbly table" in rows
    assert len(sentences) == 76 and sum("bank" in sentence for sentence in sentences) >= 4
    with pytest.raises(RegistryProblem):
        list(inspecting.texts(registry, "nothing"))
    registry.close()


def test_a_background_is_of_a_dataset_or_of_the_shipped_sentences_and_is_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = open_workspace(Home.at(home))
    subject = inspecting.subject(registry, None)
    own = inspecting.background(registry, subject, "mean", "cellar-story")
    assert own.texts == 76 and own.baseline(0) < own.baseline(5)
    monkeypatch.setattr("core.inspection.anisotropy.word_vectors", lambda *_, **__: pytest.fail("measured again"))
    assert inspecting.background(registry, subject, "mean", "cellar-story").baseline(5) == own.baseline(5)
    registry.close()
