"""The home folder and the settings that move it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from registry.home import Home, default_root
from registry.session import Registry


def test_defaults_lie_in_the_home(home: Path) -> None:
    found = Home.from_environment()
    assert found.root == home and found.artifact_url == str(home / "artifacts")
    assert found.database_url.startswith("sqlite:///") and found.database_url.endswith("registry.db")


def test_settings_win(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMONTILLADO_DATABASE_URL", "postgresql://u@h/d")
    monkeypatch.setenv("AMONTILLADO_ARTIFACT_URL", "s3://bucket/x")
    found = Home.from_environment()
    assert (found.database_url, found.artifact_url) == ("postgresql://u@h/d", "s3://bucket/x")


def test_without_settings_the_platform_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AMONTILLADO_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert default_root() == tmp_path / "amontillado" == Home.from_environment().root
    monkeypatch.setattr("sys.platform", "darwin")
    assert default_root().parts[-2:] == ("Application Support", "Amontillado")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert default_root() == tmp_path / "Amontillado"


def test_folders_are_made_once_and_closed_to_strangers(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "new" / "home").prepare().prepare()
    for folder in (home.uploads, home.checkpoints, home.cache, home.logs, home.scratch):
        assert folder.is_dir() and folder.parent == home.root
    assert not stat.S_IMODE(home.root.stat().st_mode) & 0o007


@pytest.mark.parametrize("name", ["with blank", "50%41", "a?b=c#d", "ünïcode", "semi;colon&and"])
def test_a_home_may_have_any_name(tmp_path: Path, name: str) -> None:
    Registry.open(Home.at(tmp_path / name)).close()
    assert (tmp_path / name / "registry.db").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]
