"""Artifacts: whole or absent, checked before use, and no path from what anybody types."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from registry import artifacts
from registry.artifacts import ArtifactStore, place
from registry.errors import CorruptArtifact, Refused, RegistryProblem
from registry.names import new_id
from registry.records import Artifact

FILES = {
    "model.safetensors": b"\x00\x01" * 5000,
    "config.json": b'{"id2label": {"0": "no"}}',
    "body/tokenizer.json": b"{}",
}


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def publish(store: ArtifactStore, files: dict[str, bytes] = FILES, id: str | None = None) -> Artifact:
    with store.staging() as folder:
        return store.publish(fill(folder, files), "model", id or new_id())


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    """A store in a local folder."""
    return ArtifactStore(str(tmp_path / "artifacts"))


@pytest.fixture(params=["local", "memory"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ArtifactStore]:
    """A local folder, and a store behind fsspec that has no folders and no renames."""
    url = str(tmp_path / "artifacts") if request.param == "local" else f"memory://{new_id()}/artifacts"
    yield ArtifactStore(url, tmp_path / "cache")
    if request.param == "memory":
        import fsspec

        fsspec.filesystem("memory").store.clear()


def test_files_come_back_byte_for_byte(any_store: ArtifactStore) -> None:
    artifact = publish(any_store)
    folder = any_store.local(artifact)
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES
    assert artifact.size == sum(map(len, FILES.values()))
    sums = {name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in FILES.items()}
    assert {name: (size, digest) for name, size, digest in artifact.files} == sums
    manifest = (folder / "manifest.json").read_bytes()
    assert artifact.digest == hashlib.sha256(manifest).hexdigest()
    assert json.loads(manifest)["schema"] == 1
    assert any_store.stored() == (artifact.key,)


def test_another_process_finds_the_same_files(any_store: ArtifactStore, tmp_path: Path) -> None:
    artifact = publish(any_store)
    other = ArtifactStore(any_store.url, tmp_path / "other cache")
    assert (other.local(artifact) / "config.json").read_bytes() == FILES["config.json"]


def test_publishing_the_same_again_is_the_same_and_other_files_are_refused(any_store: ArtifactStore) -> None:
    artifact = publish(any_store, id="a" * 32)
    assert publish(any_store, id="a" * 32) == artifact
    with pytest.raises(Refused, match="what is published never changes"):
        publish(any_store, FILES | {"config.json": b"{}"}, id="a" * 32)
    assert any_store.local(artifact).joinpath("config.json").read_bytes() == FILES["config.json"]


def test_delete_takes_the_files_away_for_good(any_store: ArtifactStore) -> None:
    one, two = publish(any_store), publish(any_store)
    any_store.delete(one)
    any_store.delete(one.key)
    assert any_store.stored() == (two.key,)
    with pytest.raises(CorruptArtifact, match="missing from the artifact store"):
        any_store.local(one)
    any_store.local(two)
    assert not (any_store.root / place(one.key)).exists()


def test_a_folder_from_elsewhere_is_copied_and_stays(store: ArtifactStore, tmp_path: Path) -> None:
    source = fill(tmp_path / "elsewhere", FILES)
    artifact = store.publish(source, "dataset", new_id())
    assert (source / "config.json").read_bytes() == FILES["config.json"] and store.local(artifact) != source


def test_files_become_readable_for_the_group(store: ArtifactStore) -> None:
    with store.staging() as folder:
        fill(folder, FILES)
        (folder / "model.safetensors").chmod(0o600)
        (folder / "body").chmod(0o700)
        where = store.local(store.publish(folder, "model", new_id()))
    for path in [where, *where.rglob("*")]:
        wanted = 0o550 if path.is_dir() else 0o440
        assert stat.S_IMODE(path.stat().st_mode) & wanted == wanted, path


def test_staging_is_gone_afterwards_also_after_an_error(store: ArtifactStore) -> None:
    with pytest.raises(ZeroDivisionError), store.staging() as folder:
        fill(folder, FILES)
        raise ZeroDivisionError
    assert not folder.exists() and store.stored() == ()


@pytest.mark.parametrize("kind", ["link to a file", "link to a folder", "pipe", "nothing"])
def test_only_plain_files_are_published(store: ArtifactStore, tmp_path: Path, kind: str) -> None:
    (tmp_path / "secret").mkdir()
    with store.staging() as folder:
        if kind != "nothing":
            fill(folder, FILES)
        if kind == "link to a file":
            (folder / "x").symlink_to("/etc/passwd")
        elif kind == "link to a folder":
            (folder / "x").symlink_to(tmp_path / "secret")
        elif kind == "pipe":
            os.mkfifo(folder / "x")
        with pytest.raises(Refused, match="plain files|no files"):
            store.publish(folder, "model", new_id())
    assert store.stored() == ()


# Corruption: one changed byte, cut short, missing, swapped, extra


def flip(folder: Path) -> None:
    content = bytearray((folder / "model.safetensors").read_bytes())
    content[4321] ^= 1
    (folder / "model.safetensors").write_bytes(content)


def cut(folder: Path) -> None:
    os.truncate(folder / "model.safetensors", 9_999)


def swap(folder: Path) -> None:
    """The same size, other labels."""
    (folder / "config.json").write_bytes(FILES["config.json"].replace(b"no", b"ye"))


def forge(folder: Path) -> None:
    """Files and list of files that agree with each other, but are not what was recorded."""
    swap(folder)
    listed = json.loads((folder / "manifest.json").read_bytes())
    for file in listed["files"]:
        file[2] = hashlib.sha256((folder / file[0]).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(listed))


def escape(folder: Path) -> None:
    """A list of files that reaches outside."""
    listed = json.loads((folder / "manifest.json").read_bytes())
    listed["files"][0][0] = "../../../x"
    (folder / "manifest.json").write_text(json.dumps(listed))


def replace_by_link(folder: Path) -> None:
    (folder / "config.json").rename(folder.parent / "config.json")
    (folder / "config.json").symlink_to(folder.parent / "config.json")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a flipped byte": (flip, "model.safetensors of model/.* has changed since it was stored"),
    "cut short": (cut, "model.safetensors of model/.* has 9999 bytes; 10000 were stored"),
    "a missing file": (lambda folder: (folder / "config.json").unlink(), "config.json of model/.* is missing"),
    "a swapped config": (swap, "config.json of model/.* has changed"),
    "a forged manifest": (forge, "manifest.json of model/.* is not the one that was recorded"),
    "a hostile manifest": (escape, "would not lie inside"),
    "an extra file": (lambda folder: (folder / "modeling.py").touch(), "never recorded: modeling.py"),
    "a missing manifest": (lambda folder: (folder / "manifest.json").unlink(), "manifest.json.* is missing"),
    "a broken manifest": (lambda folder: (folder / "manifest.json").write_text("{"), "manifest.json.* damaged"),
    "a link": (replace_by_link, "a link"),
    "all missing": (shutil.rmtree, "missing from the artifact store"),
}


@pytest.mark.parametrize("when", ["before the first load", "after a load"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_before_the_files_are_used(store: ArtifactStore, damage: str, when: str) -> None:
    artifact, other = publish(store), publish(store)
    if when == "after a load":
        store.local(artifact)
    do, sentence = DAMAGES[damage]
    do(store.root / place(artifact.key))
    for _ in range(2):
        with pytest.raises(CorruptArtifact, match=sentence):
            store.local(artifact)
    assert (store.local(other) / "config.json").read_bytes() == FILES["config.json"], "others are not affected"


def test_a_record_that_does_not_fit_the_files_is_found(store: ArtifactStore) -> None:
    artifact, other = publish(store), publish(store, {"config.json": b"other"})
    with pytest.raises(CorruptArtifact, match="not the one that was recorded"):
        store.local(replace(artifact, digest=other.digest))


def test_files_are_hashed_once_a_process(store: ArtifactStore, monkeypatch: pytest.MonkeyPatch) -> None:
    artifact = publish(store)
    checked: list[str] = []
    real = artifacts.verify
    monkeypatch.setattr(artifacts, "verify", lambda folder, given: (checked.append(given.key), real(folder, given)))
    for _ in range(3):
        store.local(artifact)
    assert checked == [artifact.key]
    assert store.local(artifact, verify=False).is_dir()


def test_a_damaged_copy_in_the_cache_is_fetched_again(tmp_path: Path) -> None:
    store = ArtifactStore(f"memory://{new_id()}", tmp_path / "cache")
    artifact = publish(store)
    flip(store.root / place(artifact.key))
    assert (store.local(artifact) / "model.safetensors").read_bytes() == FILES["model.safetensors"]


def test_a_damaged_object_in_a_remote_store_is_found(tmp_path: Path) -> None:
    import fsspec

    name = new_id()
    artifact = publish(ArtifactStore(f"memory://{name}", tmp_path / "one"))
    fsspec.filesystem("memory").pipe(f"/{name}/{place(artifact.key)}/config.json", b"{}")
    with pytest.raises(CorruptArtifact, match="config.json of model/.* has 2 bytes"):
        ArtifactStore(f"memory://{name}", tmp_path / "two").local(artifact)
    assert not (tmp_path / "two" / place(artifact.key)).exists()


def test_a_remote_artifact_without_manifest_does_not_exist(tmp_path: Path) -> None:
    import fsspec

    name = new_id()
    store = ArtifactStore(f"memory://{name}", tmp_path / "one")
    artifact = publish(store)
    fsspec.filesystem("memory").rm(f"/{name}/{place(artifact.key)}/manifest.json")
    assert store.stored() == ()
    with pytest.raises(CorruptArtifact, match="manifest.json of .* is missing"):
        ArtifactStore(f"memory://{name}", tmp_path / "two").local(artifact)


def test_a_store_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="AMONTILLADO_ARTIFACT_URL starts with nosuch://"):
        ArtifactStore("nosuch://bucket/x", tmp_path)
    with pytest.raises(RegistryProblem, match="cache"):
        ArtifactStore("memory://x")


# A crash at any moment


class PowerCut(BaseException):
    pass


def test_a_crash_at_any_sync_or_rename_leaves_a_whole_artifact_or_none(
    store: ArtifactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def dying(real: Callable[..., object], at: int) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise PowerCut
            return real(*arguments)

        return call

    outcomes = set()
    for at in range(1, 40):
        calls, id = 0, new_id()
        with monkeypatch.context() as patched, store.staging() as folder:
            fill(folder, FILES)
            patched.setattr(os, "fsync", dying(os.fsync, at))
            patched.setattr(Path, "rename", dying(Path.rename, at))
            patched.setattr(Path, "replace", dying(Path.replace, at))
            try:
                store.publish(folder, "model", id)
                survived = True
            except PowerCut:
                survived = False
        present = f"model/{id}" in store.stored()
        if present:
            store.local(publish(store, id=id))  # the same files again: whole, and the same manifest
        assert present or not survived
        outcomes.add((survived, present))
    assert outcomes == {(False, False), (False, True), (True, True)}, "cut before the rename, after it, and not at all"


def test_the_sweep_removes_only_what_nobody_touches(store: ArtifactStore) -> None:
    artifact = publish(store)
    old, young = store.root / ".staging" / "old", store.root / ".staging" / "young"
    for folder in (old, young):
        fill(folder, FILES)
        long_ago = time.time() - 2 * artifacts.DAY
        for path in [*folder.rglob("*"), folder]:
            os.utime(path, (long_ago, long_ago))
    os.utime(young / "body" / "tokenizer.json")  # still being written
    assert store.sweep() == 1
    assert not old.exists() and young.exists()
    store.local(artifact)


# 200 hostile keys

PARTS = [
    "", ".", "..", "../..", "..%2f..", "%2e%2e/", "....//", "/etc/passwd", "//etc", "\\\\host\\share", "..\\..",
    "C:\\x", "C:", "a\0b", "\0", "CON", "nul.txt", "AUX", "a:b", "a" * 300, "\u202egnp", "ｅ", "é", "💥", "a b", "a\n",
    "\n", "~", "~root", "$HOME", "${HOME}", "`id`", "$(id)", "*", "?", "[a]", "{a,b}", "a;b", "a|b", "a&b", "-rf", "--",
    "'", '"', "<x>", "file://x", "http://x", "s3://b/k", ".staging", "manifest.json", "model/../..", "A" * 32,
    "g" * 32 + "1", "a" * 33, "0" * 31, "０" * 32, "a" * 32 + "\n", " " + "a" * 32, "a" * 32 + "/..", "a" * 32 + "\0",
    "0x" + "a" * 30, "-" + "1" * 31, "١" * 32, "\t", "\r\n", "%00", "%0a", "..;/", "..\u2215..", "\uff0e\uff0e",
    "\u00a0", "\ufeff", "\ud800",
]  # fmt: skip
ID = "a" * 32
HOSTILE = [f"model/{part}" for part in PARTS] + [f"{part}/{ID}" for part in PARTS] + PARTS
HOSTILE += [f"Model/{ID}", f"model//{ID}", f"/model/{ID}", f"model/{ID}/", f"model/x/{ID}", f"model\\{ID}", ID]


def test_no_hostile_key_leads_anywhere(any_store: ArtifactStore, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    wrong = Artifact("", "d" * 64, 1, (("x", 1, "e" * 64),))
    assert len(set(HOSTILE)) >= 200
    for key in HOSTILE:
        for use in (any_store.delete, lambda key: any_store.local(replace(wrong, key=key)), place):
            with pytest.raises(RegistryProblem, match="not the key of an artifact"):
                use(key)
        kind, _, id = key.partition("/")
        with any_store.staging() as folder, pytest.raises(RegistryProblem):
            any_store.publish(fill(folder, FILES), kind, id)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["../x", "/x", "a/../b", "a//b", "", ".", "a\\b", "C:x", "a\0", "./x", "x/"])
def test_no_recorded_file_name_leaves_its_folder(name: str) -> None:
    from registry.manifest import from_json

    with pytest.raises(CorruptArtifact, match="would not lie inside"):
        from_json({"key": "model/" + "a" * 32, "digest": "d", "size": 1, "files": [[name, 1, "e"]]})
