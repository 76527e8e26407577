"""The table of kinds, and kinds that the environment adds."""

from __future__ import annotations

import pytest

from core.errors import UserProblem
from core.jobs.kinds import kinds


def test_training_takes_the_training_slot_and_the_rest_is_light() -> None:
    assert {name: kind.slot for name, kind in kinds().items()} == {
        "fine_tune": "training",
        "pretrain": "training",
        "predict": "light",
        "evaluate": "light",
        "bias": "light",
        "mitigate": "training",
    }
    assert all(callable(kind.load()) for kind in kinds().values())


def test_the_environment_may_add_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMONTILLADO_EXTRA_KINDS", "nap=time:sleep:light, march=json:dumps:training")
    assert kinds()["nap"].load().__name__ == "sleep"
    assert kinds()["march"].slot == "training"


@pytest.mark.parametrize("text", ["nap", "nap=time:light", "nap=time:sleep:heavy", "=time:sleep:light"])
def test_a_kind_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("AMONTILLADO_EXTRA_KINDS", text)
    with pytest.raises(UserProblem, match="name=module:function"):
        kinds()
