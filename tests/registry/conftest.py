"""Registries to test with, on SQLite and, where a server can be started, on PostgreSQL.

PostgreSQL: AMONTILLADO_TEST_POSTGRES_URL names a server where databases may be created; without it a server of our own
is started when `initdb` is found, reachable only through a socket in a temporary folder, and ended by its own id.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, make_url, text

from registry import datasets, models, runs
from registry.home import Home
from registry.names import new_id
from registry.records import Artifact, DatasetVersion, ModelVersion, Run
from registry.session import Registry, normalised

ROOT = Path(__file__).resolve().parent.parent.parent
ARTIFACT = Artifact("model/" + "a" * 32, "d" * 64, 3, (("weights", 3, "e" * 64),))


def tool(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def account() -> str | None:
    """PostgreSQL refuses to run as root: another account for it, or None when we are not root."""
    return "nobody" if os.geteuid() == 0 else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server where databases may be created."""
    given = os.environ.get("AMONTILLADO_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    initdb, server = tool("initdb"), tool("postgres")
    if not initdb or not server:
        pytest.skip("no PostgreSQL: AMONTILLADO_TEST_POSTGRES_URL is not set and initdb is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    user = account()
    if user:
        shutil.chown(folder, user)
    subprocess.run(
        [initdb, "-D", folder / "data", "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"],
        user=user, check=True, capture_output=True, cwd="/",
    )  # fmt: skip
    settings = {
        "fsync": "off",
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "shared_buffers": "32MB",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        command = [server, "-D", folder / "data", *options]
        process = subprocess.Popen(command, user=user, stdout=log, stderr=log, cwd="/")
    url = f"postgresql://tester@/postgres?host={folder}"
    try:
        wait_for(url, folder / "log")
        yield url
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(url: str, log: Path) -> None:
    for _ in range(300):
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text())


def create_database(server: str, template: str = "template1") -> str:
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return normalised(server).set(database=name).render_as_string(hide_password=False)


def drop_database(server: str, url: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with empty tables, to be copied."""
    home = Home.at(tmp_path_factory.mktemp("template"))
    Registry.open(home).close()
    return home.root / "registry.db"


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL database with empty tables, to be copied."""
    url = create_database(postgres)
    Registry.open(Home.at(tmp_path_factory.mktemp("template"), url)).close()
    yield url
    drop_database(postgres, url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A new database without tables of each kind; "" is the embedded one."""
    if request.param == "sqlite":
        yield ""
        return
    server = request.getfixturevalue("postgres")
    url = create_database(server)
    yield url
    drop_database(server, url)


@pytest.fixture
def postgres_registry(postgres: str, migrated_postgres: str, tmp_path: Path) -> Iterator[Registry]:
    """An empty registry on PostgreSQL."""
    url = create_database(postgres, str(make_url(migrated_postgres).database))
    with closing(Registry.open(Home.at(tmp_path / "hosted", url))) as opened:
        yield opened
    drop_database(postgres, url)


@pytest.fixture
def embedded(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Registry]:
    """An empty registry on SQLite."""
    home = Home.at(tmp_path / "home").prepare()
    shutil.copy(migrated_sqlite, home.root / "registry.db")
    with closing(Registry.open(home)) as opened:
        yield opened


@pytest.fixture(params=["embedded", "postgres_registry"], ids=["sqlite", "postgresql"])
def registry(request: pytest.FixtureRequest) -> Registry:
    """An empty registry on each kind of database."""
    opened: Registry = request.getfixturevalue(request.param)
    return opened


class Making:
    """Adds records with plausible values; every argument may be overridden."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def dataset(self, **given: Any) -> DatasetVersion:
        values: dict[str, Any] = {
            "name": "trec", "description": "questions", "content_hash": new_id(), "problem_type": "single_label",
            "labels": ("ABBR", "DESC"), "rows": {"train": 10, "test": 5}, "mapping": {"text": "text", "label": "label"},
            "repairs": (), "report": {}, "source": "train.csv", "artifact": ARTIFACT, "who": "ann",
        }  # fmt: skip
        with self.registry.begin() as session:
            return datasets.add(session, **(values | given))

    def model(self, **given: Any) -> ModelVersion:
        values: dict[str, Any] = {
            "name": "questions", "kind": "fine_tuned", "method": "linear_probe", "labels": ("ABBR", "DESC"),
            "problem_type": "single_label", "parent": None, "dataset_version": None, "run": None,
            "parameters": {"learning_rate": 1e-4}, "facts": {"layers": 6}, "digest": new_id(), "artifact": ARTIFACT,
            "notes": "", "who": "ann",
        }  # fmt: skip
        with self.registry.begin() as session:
            return models.add(session, **(values | given))

    def run(self, **given: Any) -> Run:
        values: dict[str, Any] = {"kind": "fine_tune", "title": "Fine-tune", "config": {"seed": 42}, "who": "ann"}
        with self.registry.begin() as session:
            return runs.submit(session, **(values | given))

    def claimed(self, *, ttl: float = 60.0, **given: Any) -> Run:
        """A run that is running."""
        submitted = self.run(**given)
        with self.registry.begin() as session:
            run = runs.claim(session, worker="worker", ttl=ttl)
        assert run is not None and run.id == submitted.id
        return run


@pytest.fixture
def make() -> type[Making]:
    """`make(registry)` adds records to that registry."""
    return Making


@pytest.fixture
def making(registry: Registry) -> Making:
    """Adds records to `registry`."""
    return Making(registry)


@pytest.fixture
def race() -> Callable[..., list[list[Any]]]:
    """Runs a verb of tests/registry/racer.py in several processes at once and returns what each of them returned."""

    def start(home: Home, verb: str, processes: int, *rest: int) -> list[list[Any]]:
        environment = os.environ | {
            "AMONTILLADO_HOME": str(home.root),
            "AMONTILLADO_DATABASE_URL": home.database_url,
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, str(Path(__file__).parent / "racer.py"), verb, str(processes), *map(str, rest)]
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        answers: list[list[Any]] = json.loads(ended.stdout)
        return answers

    return start


@pytest.fixture
def pass_time() -> Callable[[Registry], None]:
    """Moves every time in the run table an hour into the past, as if the database's clock had gone on by an hour."""

    def an_hour(registry: Registry) -> None:
        engine: Engine = registry._writing
        hour = {
            "sqlite": "strftime('%Y-%m-%d %H:%M:%f', {0}, '-1 hour')",
            "postgresql": "{0} - interval '1 hour'",
        }[registry.dialect]
        earlier = ", ".join(f"{name} = {hour.format(name)}" for name in ("lease_until", "heartbeat_at", "not_before"))
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE run SET {earlier}"))

    return an_hour
