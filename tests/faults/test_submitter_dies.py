"""F3: whoever asked for the work is killed; the worker it started goes on, and no half dataset appears."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from fault_ground import ROOT, Ground

from core.jobs import lock

SUBMIT = """
    import sys, time
    from core.jobs.engine import ensure_worker
    from registry import runs
    from registry.home import Home
    from registry.session import Registry
    registry = Registry.open(Home.from_environment())
    with registry.begin() as session:
        config = {"journal": sys.argv[1], "steps": 20, "seconds": 0.2}
        run = runs.submit(session, kind="count", title="count", config=config, who="tester")
    print(run.id, ensure_worker(registry), ensure_worker(registry), flush=True)
    time.sleep(120)
"""


@pytest.mark.usefixtures("repeat")
def test_a_killed_submitter_does_not_disturb_its_run(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMONTILLADO_WORKER_IDLE_SECONDS", "1")
    command = [sys.executable, "-c", textwrap.dedent(SUBMIT), str(ground.journal)]
    asker = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ, start_new_session=True
    )
    assert asker.stdout is not None
    run_id, started, again = asker.stdout.readline().split()
    assert (started, again) == ("True", "False")
    ground.until(lambda: ground.said("step 2"))
    os.killpg(asker.pid, signal.SIGKILL)
    asker.wait()
    ended = ground.over(ground.run(run_id), 30)
    assert (ended.status, ended.attempt) == ("finished", 1)
    ground.until(lambda: lock.holder(ground.registry.home.root) is None, 15)  # and the idle worker leaves


def test_an_upload_cut_short_lists_nothing_and_is_swept_after_an_hour(ground: Ground) -> None:
    """F3 while uploading, and F11: the process that receives an upload is killed in the middle of it."""
    code = """
        import os, time
        from core.jobs import uploads
        from registry.home import Home
        from registry.session import Registry
        class Slow:
            def read(self, size):
                print("reading", flush=True)
                time.sleep(0.2)
                return b"text,label\\n" * 1000
        uploads.stage(Registry.open(Home.from_environment()), "half.csv", Slow())
    """
    receiver = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, stdout=subprocess.PIPE, env=os.environ
    )
    assert receiver.stdout is not None
    for _ in range(3):
        receiver.stdout.readline()
    receiver.kill()
    receiver.wait()
    _only_swept_when_old(ground)


def _only_swept_when_old(ground: Ground) -> None:
    from core.jobs import uploads
    from registry import datasets

    [folder] = ground.registry.home.uploads.iterdir()
    with ground.registry.read() as session:
        assert datasets.listing(session) == ()
    assert uploads.find(ground.registry, folder.name) is None
    assert uploads.sweep(ground.registry) == 0
    _age(folder, 3700)
    assert uploads.sweep(ground.registry) == 1
    assert list(ground.registry.home.uploads.iterdir()) == []


def _age(folder: Path, seconds: float) -> None:
    then = time.time() - seconds
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (then, then))
