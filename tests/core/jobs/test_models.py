"""Models that come in and go out: round trip, numbered versions, and the one folder a shared server reads from."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_world import add_reviews, train_tfidf

from core.errors import UserProblem
from core.jobs import model_loading
from core.jobs.models import IMPORT_FOLDER, export, import_model, verify
from registry.session import Registry


@pytest.fixture
def exported(registry: Registry, tmp_path: Path) -> Path:
    add_reviews(registry)
    return export(registry, train_tfidf(registry, "words").spec, tmp_path / "words.zip")


def test_what_went_out_comes_back_as_the_next_version_and_predicts_the_same(registry: Registry, exported: Path) -> None:
    back = import_model(registry, str(exported), name="words", who="ada")
    assert (back.spec, back.created_by, back.kind) == ("words/2", "ada", "fine_tuned")
    assert verify(registry, back.spec, "ada").max_difference < 1e-6
    texts = ["Lovely soup", "Cold and greasy"]
    first, second = (model_loading.load(registry, spec)[1].predict(texts) for spec in ("words/1", "words/2"))
    assert (first.probabilities == second.probabilities).all()


def test_a_shared_server_reads_models_from_one_folder_only(
    registry: Registry, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = tmp_path / "import"
    allowed.mkdir()
    monkeypatch.setenv(IMPORT_FOLDER, str(allowed))
    with pytest.raises(UserProblem, match="There is no file or folder"):
        import_model(registry, str(exported), name="words", who="ada")
    with pytest.raises(UserProblem, match="There is no file or folder"):
        import_model(registry, f"{allowed}/../words.zip", name="words", who="ada")
    inside = exported.rename(allowed / "words.zip")
    assert import_model(registry, str(inside), name="words", who="ada").spec == "words/2"
