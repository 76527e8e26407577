"""Settings of the engine come from the environment, and a wrong one is told in a sentence."""

from __future__ import annotations

import pytest

from core.errors import UserProblem
from core.jobs.executor import executor
from core.jobs.settings import EngineSettings
from registry.home import Home


def test_defaults_are_those_of_the_design() -> None:
    settings = EngineSettings()
    assert (settings.lease, settings.heartbeat, settings.backoff) == (60, 15, (5, 30, 120))
    assert (settings.training_slots, settings.light_slots) == (1, 1)
    assert (settings.terminate_after, settings.kill_after) == (10, 20)


def test_back_off_grows_and_then_stays() -> None:
    assert [EngineSettings().delay(attempt) for attempt in (1, 2, 3, 4, 9)] == [5, 30, 120, 120, 120]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AMONTILLADO_LEASE_SECONDS", "soon", "one number"),
        ("AMONTILLADO_LEASE_SECONDS", "-1", "0 or more"),
        ("AMONTILLADO_STOP_SECONDS", "5", "2 numbers"),
        ("AMONTILLADO_HEARTBEAT_SECONDS", "40", "twice in a lease"),
        ("AMONTILLADO_BACKOFF_SECONDS", "1,,2", "numbers"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UserProblem, match=said) as told:
        EngineSettings.from_environment()
    assert name in str(told.value)


def test_an_unknown_engine_is_refused(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMONTILLADO_ENGINE", "http://head:8265")
    with pytest.raises(UserProblem, match="only engine is 'local'"):
        executor(Home.at(tmp_path), EngineSettings.from_environment())  # type: ignore[arg-type]
