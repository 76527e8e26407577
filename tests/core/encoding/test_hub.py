"""A model by its id, from a small local server that speaks the few words of the Hub that are needed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.encoding.hub import from_hub
from core.errors import UserProblem
from tests.core.encoding.tiny_models import tiny_body

ROOT = Path(__file__).resolve().parents[3]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
FETCH = """
import json, sys
from pathlib import Path
from core.encoding import base_models
from core.errors import UserProblem
try:
    folder = base_models.from_hub(sys.argv[1], sys.argv[2] or None, Path(sys.argv[3]))
    print(json.dumps(sorted(path.name for path in folder.iterdir())))
except UserProblem as problem:
    print(json.dumps(str(problem)))
"""


class Hub(BaseHTTPRequestHandler):
    """One model, team/tiny, at one commit, also called main."""

    folder: Path
    asked: list[str]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.asked.append(path)
        if path.startswith("/api/models/team/tiny"):
            asked = path.removeprefix("/api/models/team/tiny").strip("/").split("/")
            if asked[0] in ("revision", "tree") and asked[1] not in ("main", COMMIT):
                return self.answer(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
            return self.answer(200, json.dumps(self.tree() if asked[0] == "tree" else self.info()).encode(), {})
        if path.startswith("/team/tiny/resolve/"):
            data = (self.folder / path.split("/", 5)[5]).read_bytes()
            tag = hashlib.sha256(data).hexdigest()
            return self.answer(200, data, {"ETag": f'"{tag}"', "X-Repo-Commit": COMMIT})
        return self.answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})

    def info(self) -> dict:
        return {"id": "team/tiny", "sha": COMMIT, "siblings": [{"rfilename": name} for name in self.names()]}

    def tree(self) -> list[dict]:
        sizes = {name: (self.folder / name).stat().st_size for name in self.names()}
        return [{"type": "file", "path": name, "size": size, "oid": "0" * 40} for name, size in sizes.items()]

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    folder = tiny_body(tmp_path / "hub")
    (folder / "pytorch_model.bin").write_bytes(b"a pickle")
    (folder / "modeling_evil.py").write_text("")
    handler = type("TinyHub", (Hub,), {"folder": folder, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", handler.asked
    server.shutdown()


def fetch(endpoint: str, tmp_path: Path, name: str, revision: str = "") -> list[str] | str:
    environment = {
        **os.environ, "HF_ENDPOINT": endpoint, "HF_HUB_OFFLINE": "0", "HF_HOME": str(tmp_path / "hf"),
        "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "NO_PROXY": "*",
    }  # fmt: skip
    command = [sys.executable, "-c", FETCH, name, revision, str(tmp_path / "got")]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


@pytest.mark.parametrize("revision", ["", COMMIT])
def test_weights_json_and_tokenizer_come_and_nothing_else(hub, tmp_path: Path, revision: str) -> None:
    endpoint, asked = hub
    got = fetch(endpoint, tmp_path, "team/tiny", revision)
    assert got == ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
    assert not any(path.endswith((".bin", ".py")) for path in asked)
    for name in got:
        assert (tmp_path / "got" / name).read_bytes() == (tmp_path / "hub" / name).read_bytes()
        assert not (tmp_path / "got" / name).is_symlink()


def test_what_is_not_there_is_told(hub, tmp_path: Path) -> None:
    endpoint, _ = hub
    assert "has no model team/nobody" in fetch(endpoint, tmp_path, "team/nobody")
    assert "has no model team/tiny at v9" in fetch(endpoint, tmp_path, "team/tiny", "v9")


def test_without_a_network_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    assert "import its folder or a zip" in fetch("http://127.0.0.1:9", tmp_path, "team/tiny")
    with pytest.raises(UserProblem, match="HF_HUB_OFFLINE"):
        from_hub("team/tiny", None, tmp_path / "got")


@pytest.mark.parametrize("name", ["../etc", "/etc/passwd", "a/b/c", "team/..", "http://x/y", "", "a b"])
def test_only_ids_are_taken(name: str) -> None:
    with pytest.raises(UserProblem, match="no model id"):
        from_hub(name)
