"""A real server and a real browser for the browser tests.

The server is `streamlit run dashboard/app.py` on a free loopback port with a home folder of its own, and is stopped by
its process id. The browser is the machine's own Chromium, driven by Playwright; where there is none, tests are skipped.
A page that asks any other machine for anything fails its test.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.data.samples import SAMPLES
from core.jobs import submit
from core.jobs.lock import holder
from core.jobs.workspace import open_workspace
from registry import models, runs
from registry.home import Home
from registry.records import ModelVersion
from registry.session import Registry

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS = 30_000


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address, home folder, process id and log file."""

    url: str
    home: Path
    pid: int
    log: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def serving(home: Path, **environment: str) -> Iterator[Server]:
    """Run the dashboard with `home` as its home folder until the block ends; usable again for a restart."""
    port, log = free_port(), home.parent / f"{home.name}-server.log"
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)]
    settings = {
        **os.environ,
        "AMONTILLADO_HOME": str(home),
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",
        **environment,
    }
    for name in ("AMONTILLADO_DATABASE_URL", "AMONTILLADO_ARTIFACT_URL"):
        settings.pop(name, None)
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=out, stderr=out)
    try:
        yield Server(wait_until_healthy(f"http://127.0.0.1:{port}", process, log), home, process.pid, log)
    finally:
        stop(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> str:
    """Return `url` once the server answers; fail with its log when it ends or stays silent."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return url
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the dashboard did not start: {log.read_text(errors='replace')[-2000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server by its own process id."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One dashboard for all browser tests that leave nothing behind which others would trip over."""
    home = tmp_path_factory.mktemp("browser") / "home"
    with serving(home) as running:
        yield running
    end_worker(home)


def end_worker(home: Path) -> None:
    """Tell the worker that the dashboard started to leave; it outlives the server on purpose."""
    worker = holder(home) if home.is_dir() else None
    if worker:
        os.kill(worker, signal.SIGTERM)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    playwright.expect.set_options(timeout=WAIT_MS)
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A fresh tab with its own cookies; fails the test when the page asked another machine for anything."""
    yield from tab(browser)


def tab(browser: Browser, **settings: object) -> Iterator[Page]:
    """A tab with `settings` of Playwright's new_context, watched for foreign requests."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, **settings)
    context.set_default_timeout(WAIT_MS)
    opened, foreign = context.new_page(), []
    opened.on("request", lambda request: None if is_ours(request.url) else foreign.append(request.url))
    yield opened
    context.close()
    assert not foreign, f"the page asked other machines: {foreign}"


def is_ours(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "http://localhost:", "ws://127.0.0.1:", "data:", "blob:"))


@pytest.fixture(scope="module")
def registry(server: Server) -> Iterator[Registry]:
    """The server's own registry."""
    opened = open_workspace(Home.at(server.home))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def trained(registry: Registry) -> Callable[..., ModelVersion]:
    """Have the server's own worker train on the sample dataset: `trained("name", method=..., base=...)`."""

    def train(name: str, *, method: str, base: str | None = None) -> ModelVersion:
        run = submit.fine_tune(
            registry, dataset=SAMPLES[0].name, method=method, base=base, name=name, parameters={}, who="ada"
        )
        end = time.monotonic() + 400
        while not run.over and time.monotonic() < end:
            time.sleep(0.5)
            with registry.read() as session:
                run = runs.get(session, run.id)
        assert run.status == "finished", run.error
        with registry.read() as session:
            return models.get(session, f"{name}/1")

    return train
